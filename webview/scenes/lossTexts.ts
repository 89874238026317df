import type { LossPicture } from "../../src/protocol.js";
import { bracketed } from "./numbers.js";

/** What a loss is called. */
export const LOSSES = { squared: "Squared error", softmax: "Cross entropy", sigmoid: "Cross entropy" } as const;

/** How a loss comes about from the last layer's sums: what a softmax makes of them first, and the loss itself. */
export function lossTexts(
  { kind, shares }: LossPicture,
  sums: readonly string[],
  outputs: readonly string[],
  target: readonly string[],
): readonly [string, string] {
  if (kind === "squared") {
    const squares = outputs.map((y, at) => `(${bare(y)} − ${bracketed(bare(target[at] ?? ""))})²`);
    return ["", `½·(${squares.join(" + ")})`];
  }
  const plain = outputs.map(bare);
  if (kind === "softmax") {
    const added = plain.map((y) => `e^${bracketed(y)}`).join(" + ");
    const wanted = bracketed(plain[target.indexOf("1")] ?? "");
    return [`p = softmax(${plain.join(", ")}) ≈ (${shares.map(bare).join(", ")})`, `ln(${added}) − ${wanted}`];
  }
  // −ln σ(z), and −ln(1 − σ(z)): a sigmoid that is rounded to 1 leaves nothing to take a logarithm of.
  return ["", sums.map((z, at) => `ln(1 + e^${bracketed(target[at] === "1" ? negated(z) : bare(z))})`).join(" + ")];
}

/** How a loss changes with an output, with the numbers. */
export function startText(
  { kind, shares }: LossPicture,
  sum: string,
  output: string,
  target: string,
  at: number,
): string {
  if (kind !== "sigmoid")
    return `${bare((kind === "softmax" ? shares[at] : output) ?? "")} − ${bracketed(bare(target))}`;
  return target === "1" ? `−1/a = −(1 + e^${bracketed(negated(sum))})` : `1/(1 − a) = 1 + e^${bracketed(bare(sum))}`;
}

/** The number with the other sign. */
export const negated = (text: string): string => (bare(text).startsWith("−") ? bare(text).slice(1) : `−${bare(text)}`);

/** A number without the mark that it is rounded. */
export const bare = (text: string): string => text.replace("≈", "");
