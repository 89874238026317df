import type { CardPicture, Example, Heading } from "../../protocol.js";
import { wholeText } from "./fractionText.js";
import type { Drawable } from "./layerCall.js";

/** A layer told in words: its sizes, its formula, and a few numbers before and after it. */
export function cardPicture(call: Drawable, heading: Heading, note?: string): CardPicture {
  const example = heading.problem === undefined ? exampleOf(call) : undefined;
  return { kind: "card", heading, ...(example && { example }), ...(note !== undefined && { note }) };
}

const signed = [-2, -1, 0, 1, 2, 8];

/** Activations whose values are exact on small integers. */
const exactly: Readonly<Record<string, readonly [(x: number) => number, string]>> = {
  ReLU: [(x) => Math.max(0, x), "negative numbers become 0"],
  ReLU6: [(x) => Math.min(Math.max(0, x), 6), "below 0 becomes 0, above 6 becomes 6"],
  Hardtanh: [(x) => Math.min(Math.max(-1, x), 1), "cut off at −1 and 1"],
  Identity: [(x) => x, "nothing changes"],
};

function exampleOf({ name, args }: Drawable): Example | undefined {
  const activation = exactly[name];
  if (activation && (name !== "Hardtanh" || Object.keys(args).length === 0)) {
    return rows(activation[1], signed, signed.map(activation[0]));
  }
  if (name === "Dropout" || /^Dropout1d$/.test(name)) return dropout(args.p ?? 0.5);
  return undefined;
}

function rows(rule: string, before: readonly number[], after: readonly number[]): Example {
  return {
    rule,
    rows: [
      { name: "in", role: "input", values: before.map(wholeText) },
      { name: "out", role: "output", values: after.map(wholeText) },
    ],
  };
}

/** Only fractions p whose factor 1/(1 − p) is a whole number are shown, so that nothing is rounded. */
function dropout(p: unknown): Example | undefined {
  if (typeof p !== "number" || p <= 0 || p >= 1) return undefined;
  const factor = Math.round(1 / (1 - p));
  if (Math.abs(factor * (1 - p) - 1) > 1e-12) return undefined;
  const input = [3, 1, 4, 2, 5, 1];
  const kept = [1, 0, 1, 1, 0, 0];
  return {
    rule: `in training: × keep × ${factor}, because 1 / (1 − ${p}) = ${factor}; in evaluation nothing changes`,
    rows: [
      { name: "in", role: "input", values: input.map(wholeText) },
      { name: "keep", role: "weight", values: kept.map(wholeText) },
      { name: "out", role: "output", values: input.map((x, index) => wholeText(x * (kept[index] as number) * factor)) },
    ],
  };
}
