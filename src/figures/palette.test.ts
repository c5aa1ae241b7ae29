import { describe, expect, it } from "vitest";
import { PALETTE, ROLES, type Role, replaceInk, roleOf, type Theme, themeVariables } from "./palette.ts";

/** Linear red, green and blue, 0 to 1. */
function linear(color: string): [number, number, number] {
  const channel = (at: number) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** Contrast ratio of WCAG 2, 1 to 21. */
function contrast(a: string, b: string): number {
  const [low, high] = [a, b]
    .map(linear)
    .map(([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue)
    .sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** Oklab of linear light (Ottosson 2020). */
function oklab([r, g, b]: readonly number[]): [number, number, number] {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** How linear light looks to the colour-blind (Machado, Oliveira and Fernandes 2009, severity 1). */
const SIGHT = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

function seen(color: string, matrix: readonly number[]): [number, number, number] {
  const light = linear(color);
  const row = (i: number) =>
    Math.max(0, Math.min(1, matrix[i] * light[0] + matrix[i + 1] * light[1] + matrix[i + 2] * light[2]));
  return oklab([row(0), row(3), row(6)]);
}

const THEMES: Theme[] = ["light", "dark"];

describe.each(THEMES)("the %s palette", (theme) => {
  const colors = PALETTE[theme];

  it("has marks of 3:1 and texts of 4.5:1 on its ground", () => {
    for (const role of ["blue", "orange", "green", "purple", "grey"] as const) {
      expect(contrast(colors[role], colors.surface), role).toBeGreaterThanOrEqual(3);
    }
    for (const role of ["text", "muted", "blue", "orange"] as const) {
      expect(contrast(colors[role], colors.surface), role).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("keeps its text readable on the strongest tint of a cell", () => {
    for (const role of ["blue", "orange"] as const) {
      const mixed = [1, 3, 5].map((at) => {
        const part = (color: string) => Number.parseInt(color.slice(at, at + 2), 16);
        return Math.round(0.3 * part(colors[role]) + 0.7 * part(colors.surface));
      });
      const tint = `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
      expect(contrast(colors.text, tint), role).toBeGreaterThanOrEqual(4.5);
    }
  });

  // Pairs that stand in one picture without another difference, such as a dash.
  it.each(Object.entries(SIGHT))("keeps blue, orange and grey apart with %s sight", (_, matrix) => {
    const pairs: [Role, Role][] = [
      ["blue", "orange"],
      ["blue", "grey"],
      ["orange", "purple"],
    ];
    for (const [a, b] of pairs) {
      const [p, q] = [seen(colors[a], matrix), seen(colors[b], matrix)];
      expect(Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]), `${a} and ${b}`).toBeGreaterThan(0.07);
    }
  });
});

describe("roles", () => {
  it("can be told from their light colours", () => {
    expect(new Set(ROLES.map((role) => PALETTE.light[role])).size).toBe(ROLES.length);
    for (const role of ROLES) expect(roleOf(PALETTE.light[role].toUpperCase())).toBe(role);
    expect(roleOf("#123456")).toBeUndefined();
  });

  it("are replaced as whole colours only", () => {
    const text = `fill="${PALETTE.light.blue}" x="${PALETTE.light.blue}0" y="#123456"`;
    expect(replaceInk(text, (role) => `<${role}>`)).toBe(
      `fill="<blue>" x="${PALETTE.light.blue}0" y="#123456"`,
    );
  });

  it("are all set by a theme", () => {
    for (const role of ROLES) {
      expect(themeVariables("dark")).toContain(`--figure-${role}:${PALETTE.dark[role]}`);
    }
  });
});
