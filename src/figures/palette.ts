/** What a colour is for. Specs use roles, so that one drawing serves both themes. */
export type Role =
  | "surface"
  | "text"
  | "muted"
  | "axis"
  | "grid"
  | "blue"
  | "orange"
  | "green"
  | "purple"
  | "grey";

/** Light on dark, or dark on light. */
export type Theme = "light" | "dark";

/**
 * The colours of both themes. Marks have a contrast of at least 3:1 and texts of at least 4.5:1 with the surface
 * (WCAG 2.2, 1.4.11 and 1.4.3); `axis` and `grid` are quiet on purpose and carry no data. The four hues stay apart for
 * the common kinds of colour blindness. All light colours differ from each other, because a theme is exchanged by
 * replacing them one by one.
 */
export const PALETTE: Readonly<Record<Theme, Readonly<Record<Role, string>>>> = {
  light: {
    surface: "#ffffff",
    text: "#1a1f26",
    muted: "#59636e",
    axis: "#aeb6bf",
    grid: "#e4e7eb",
    blue: "#1f6fb8",
    orange: "#c24e0a",
    green: "#0b7f6a",
    purple: "#8750b0",
    grey: "#78828d",
  },
  dark: {
    surface: "#15191f",
    text: "#edf0f4",
    muted: "#a3adb8",
    axis: "#59636f",
    grid: "#2c323a",
    blue: "#62b0f0",
    orange: "#ff9a5c",
    green: "#3ec9ac",
    purple: "#c69cec",
    grey: "#8a95a1",
  },
};

/** All roles, in the order of the palette. */
export const ROLES = Object.keys(PALETTE.light) as Role[];

/** The colours specs are written in; `render.ts` exchanges them for the other theme. */
export const INK = PALETTE.light;

const ROLE_OF = new Map(ROLES.map((role) => [PALETTE.light[role], role]));

/** The role of a light colour, `undefined` for any other text. */
export function roleOf(color: string): Role | undefined {
  return ROLE_OF.get(color.toLowerCase());
}

/**
 * Replaces every light colour in a text (an SVG, a spec as JSON) by what `replacement` gives for its role.
 *
 * @param text any text; only whole six-digit hexadecimal colours are looked at
 */
export function replaceInk(text: string, replacement: (role: Role) => string): string {
  return text.replace(/#[0-9a-f]{6}(?![0-9a-z])/gi, (color) => {
    const role = roleOf(color);
    return role === undefined ? color : replacement(role);
  });
}

/** The CSS variable of a role: `--figure-blue`. */
export function colorVariable(role: Role): string {
  return `--figure-${role}`;
}

/** Declarations that set all colours of a theme, for a CSS rule: `--figure-text:#1a1f26;...`. */
export function themeVariables(theme: Theme): string {
  return ROLES.map((role) => `${colorVariable(role)}:${PALETTE[theme][role]}`).join(";");
}

/**
 * Rules that exchange the light colours of a drawing for the variables. A page that holds drawings inline includes them
 * once and sets the variables with `themeVariables`.
 */
export const figureCss: string = ROLES.flatMap((role) =>
  ["fill", "stroke"].map((property) => {
    const drawn = `[${property}="${PALETTE.light[role]}"]`;
    return `.figure${drawn},.figure ${drawn}{${property}:var(${colorVariable(role)})}`;
  }),
).join("");
