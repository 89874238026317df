import { printMath } from "../../core/math/printMath.js";
import { isMatrix, isSameValue, type MathValue } from "../../core/math/value.js";
import { type Chain, readLink } from "../../read/math/chains.js";
import { plainReading } from "../../read/math/tokenStream.js";
import { numbersOf } from "./numbersOf.js";
import type { StepAnswer } from "./stepAnswer.js";
import type { KeptStep } from "./stepCache.js";

/** Words of a network that gives the same for an image wherever what is on it lies. */
const INVARIANT = /circular|periodic|wrap/i;
const POOLED = /global (?:average|mean|max|sum)|\bGAP\b/i;

/** Words of what does see it. */
const SEEING =
  /(?:zero|no|without|same)[- ]padd|reflect|replicat|\bvalid\b|stride[^.\n]{0,6}[2-9]|flatten|[2-9]\W{1,9}[2-9] (?:max|average)?[- ]?pool/i;

/** Tokens of `f(x_3)`. */
const MAX_NAME = 12;

/** How far an image is another one moved round its edges, in rows and columns. */
function shiftOf(a: MathValue | undefined, b: MathValue | undefined): readonly [number, number] | undefined {
  if (a === undefined || b === undefined || !isMatrix(a) || !isMatrix(b)) return undefined;
  const { rows } = b;
  const width = rows[0]?.length ?? 0;
  for (let i = 0; i < rows.length; i++)
    for (let j = 0; j < width; j++) {
      const moved = rows.map((_, r) =>
        Array.from(
          { length: width },
          (_x, c) => rows[(r - i + rows.length) % rows.length]?.[(c - j + width) % width] ?? Number.NaN,
        ),
      );
      if (isSameValue(a, { rows: moved })) return [i, j];
    }
  return undefined;
}

/** What is said of `f(x_3) = f(x_2)`, or of a value for f(x_3), where x_3 is x_2 moved and f does not see that. */
export function shiftStep(chain: Chain, values: ReadonlyMap<string, MathValue>, said: string): KeptStep | undefined {
  const [left, right] = chain.links;
  if (!left || !right || chain.relations.join() !== "=" || !left.tokens.some((t) => t.text === "(")) return undefined;
  if (left.tokens.length > MAX_NAME || !INVARIANT.test(said) || !POOLED.test(said) || SEEING.test(said))
    return undefined;
  const [of, to] = [left, right].map((link) =>
    readLink(
      link,
      plainReading(chain.isLatex, () => true),
    ),
  );
  const arg = of?.kind === "apply" && of.args.length === 1 ? of.args[0] : undefined;
  if (of?.kind !== "apply" || arg?.kind !== "symbol" || !to) return undefined;
  const [other] = to.kind === "apply" && to.name === of.name ? to.args : [];
  const value = other ? undefined : numbersOf(to, new Map());
  for (const [name, image] of values) {
    const result = values.get(`${of.name}(${name})`);
    const isMeant = other
      ? other.kind === "symbol" && other.name === name
      : value !== undefined && result !== undefined;
    const shift = isMeant && name !== arg.name ? shiftOf(values.get(arg.name), image) : undefined;
    if (!shift) continue;
    const why = `${arg.name} is ${name} moved by ${shift[0]} rows and ${shift[1]} columns, which ${of.name} does not see`;
    const isSame = value === undefined || result === undefined || isSameValue(value, result);
    const answer: StepAnswer = isSame
      ? { verdict: "right", how: "quantity", quantity: { name: `the same: ${why}`, say: "" } }
      : { verdict: "wrong", how: "numbers", values: [result, value], mistake: `it was forgotten that ${why}` };
    const at = { from: right.from, to: right.to };
    return {
      answer: { ...answer, at },
      span: { from: left.from, to: right.to },
      plain: `${printMath(of)} = ${printMath(to)}`,
    };
  }
  return undefined;
}
