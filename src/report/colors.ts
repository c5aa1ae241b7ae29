import { type Theme, themeVariables } from "../figures/palette.ts";

/**
 * The page's own colours beside those of the figures. Texts have a contrast of at least 4.5:1 on `paper` and `card`
 * (WCAG 2.2, 1.4.3); lines are quiet and carry no meaning alone.
 */
const PAGE: Readonly<Record<Theme, Readonly<Record<string, string>>>> = {
  light: {
    paper: "#f6f5f1",
    card: "#ffffff",
    text: "#1a1f26",
    muted: "#56606b",
    line: "#dcdad2",
    "line-strong": "#b9b6ab",
    accent: "#175f9f",
    tint: "#eceae3",
    "tint-accent": "#e3eef8",
    "tint-warning": "#fbe9dc",
    warning: "#9c3d05",
    error: "#a31621",
    positive: "31 111 184",
    negative: "201 82 12",
    shadow: "rgb(26 31 38 / 0.16)",
  },
  dark: {
    paper: "#101317",
    card: "#15191f",
    text: "#edf0f4",
    muted: "#a6b0bb",
    line: "#2b313a",
    "line-strong": "#4a535f",
    accent: "#7cbdf5",
    tint: "#1d232b",
    "tint-accent": "#16283a",
    "tint-warning": "#35230f",
    warning: "#ffab73",
    error: "#ff9a9a",
    positive: "98 176 240",
    negative: "255 154 92",
    shadow: "rgb(0 0 0 / 0.6)",
  },
};

function variables(theme: Theme): string {
  const own = Object.entries(PAGE[theme]).map(([name, color]) => `--${name}:${color}`);
  return `color-scheme:${theme};${own.join(";")};${themeVariables(theme)}`;
}

/** The colours as CSS variables: the system's theme unless the reader chose one; always light on paper. */
export const colors = `
:root{${variables("light")}}
@media (prefers-color-scheme:dark){:root:not([data-theme="light"]){${variables("dark")}}}
:root[data-theme="dark"]{${variables("dark")}}
@media print{:root,:root[data-theme="dark"],:root:not([data-theme="light"]){${variables("light")}}}
`;
