import { type Arguments, real } from "../../core/tensor/arguments.js";

/**
 * What an activation makes of a sum: its arithmetic, in which `z` is the sum as it is shown, `[z]` with brackets around
 * where it is negative, and `[−z]` likewise its opposite.
 */
type Bend = (args: Arguments, z: number) => string;

const bends: Readonly<Record<string, Bend>> = {
  ReLU: () => "max(0, z)",
  ReLU6: () => "min(6, max(0, z))",
  Hardtanh: (args) => `min(${shown(args, "max_val", 1)}, max(${shown(args, "min_val", -1)}, z))`,
  LeakyReLU: (args) => `max(0, z) + ${shown(args, "negative_slope", 0.01)}·min(0, z)`,
  ELU: (args) => `max(0, z) + ${shown(args, "alpha", 1)}·min(0, e^[z] − 1)`,
  SELU: () => "1.0507·(max(0, z) + 1.6733·min(0, e^[z] − 1))",
  GELU: ({ approximate }) => (approximate === "tanh" ? "½·[z]·(1 + tanh(0.79788·(z + 0.044715·[z]³)))" : "[z]·Φ(z)"),
  Sigmoid: () => "1/(1 + e^[−z])",
  SiLU: () => "[z]/(1 + e^[−z])",
  Softplus: (args, z) => {
    const beta = real(args, "beta", 1);
    if (z * beta > real(args, "threshold", 20)) return "z";
    return beta === 1 ? "ln(1 + e^[z])" : `ln(1 + e^(${beta}·[z]))/${beta}`;
  },
  Tanh: () => "tanh(z)",
};

/** The activations of one number whose arithmetic is written out. */
export const BENDS: readonly string[] = Object.keys(bends);

/** How an activation makes an output of a sum: `max(0, −3)`; empty for another name. */
export function bendText(name: string, args: Arguments, z: number, sum: string): string {
  const written = Object.hasOwn(bends, name) ? (bends[name]?.(args, z) ?? "") : "";
  const opposite = sum.startsWith("−") ? sum.slice(1) : `−${sum}`;
  const held = (number: string): string => (number.startsWith("−") ? `(${number})` : number);
  return written
    .replaceAll("[−z]", held(opposite))
    .replaceAll("[z]", held(sum))
    .replace(/(?<![a-z])z(?![a-z])/g, sum);
}

const shown = (args: Arguments, name: string, preset: number): string =>
  `${real(args, name, preset)}`.replace("-", "−");
