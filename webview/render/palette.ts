import type { Role } from "../scenes/marks.js";

/** The colours and fonts of a picture. */
export interface Palette {
  readonly surface: string;
  readonly text: string;
  readonly soft: string;
  readonly quiet: string;
  readonly hatch: string;
  readonly frame: string;
  readonly roles: Readonly<Record<Role, string>>;
  /** Behind cells that belong to the step, and behind the others. */
  readonly lit: Readonly<Record<Role, string>>;
  readonly ground: Readonly<Record<Role, string>>;
  /** Behind cells that are coloured by their place in the kernel: a hue for each column, stronger from row to row. */
  readonly places: readonly (readonly string[])[];
  /** How much is seen of numbers that come later, up to 1. */
  readonly later: number;
  readonly line: number;
  readonly mono: string;
  readonly sans: string;
}

/** Hues that can be told apart with any eyes: Okabe and Ito, 2008. */
const HUES = ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7"];

/** Percent of a hue, from the first row of a kernel to the third; then they begin anew. */
const STRENGTHS = [22, 40, 60];

/** A colour with so many percent of a hue on white. */
function onWhite(hue: string, strength: number): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hue.slice(at, at + 2), 16));
  return `rgb(${parts.map((part) => Math.round(255 + ((part - 255) * strength) / 100)).join(",")})`;
}

const ROLES = ["input", "weight", "output", "gradient"] as const;

/** The palette of the page, resolved from its styles: a canvas knows no variables. */
export function pagePalette(page: HTMLElement): Palette {
  const probe = document.createElement("span");
  page.append(probe);
  const resolved = (value: string): string => {
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const style = getComputedStyle(page);
  const all = (value: (role: Role) => string): Record<Role, string> =>
    Object.fromEntries(ROLES.map((role) => [role, resolved(value(role))])) as Record<Role, string>;
  const palette: Palette = {
    surface: resolved("var(--surface)"),
    text: resolved("var(--vscode-foreground)"),
    soft: resolved("var(--soft)"),
    quiet: resolved("var(--rest)"),
    hatch: resolved("var(--hatch)"),
    frame: resolved("var(--weight)"),
    roles: all((role) => `var(--${role})`),
    lit: all((role) => `color-mix(in srgb, var(--${role}) var(--tint), var(--surface))`),
    ground: all((role) => `color-mix(in srgb, var(--${role}) 5%, var(--surface))`),
    places: STRENGTHS.map((strength) =>
      HUES.map((hue) => resolved(`color-mix(in srgb, ${hue} ${strength}%, var(--surface))`)),
    ),
    later: Number.parseFloat(style.getPropertyValue("--later")) || 1,
    line: Number.parseFloat(style.getPropertyValue("--line")) || 1.5,
    mono: style.getPropertyValue("--mono").trim() || "monospace",
    sans: style.fontFamily,
  };
  probe.remove();
  return palette;
}

/** The palette of pictures that are made without a page: dark ink on white, safe for print. */
export const paper: Palette = {
  surface: "#ffffff",
  text: "#1f2328",
  soft: "#57606a",
  quiet: "#c9ced4",
  hatch: "#b4bac1",
  frame: "#a34e00",
  roles: { input: "#0b62a8", weight: "#a34e00", output: "#00705a", gradient: "#7b3fa0" },
  lit: { input: "#cee0ee", weight: "#eddccc", output: "#cce2de", gradient: "#e5d9ec" },
  ground: { input: "#f3f7fb", weight: "#faf6f2", output: "#f2f8f7", gradient: "#f8f5fa" },
  places: STRENGTHS.map((strength) => HUES.map((hue) => onWhite(hue, strength))),
  later: 0.75,
  line: 1.5,
  mono: "monospace",
  sans: "sans-serif",
};
