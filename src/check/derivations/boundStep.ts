import { toFloat } from "../../core/math/scalar.js";
import { isMatrix, type MathValue } from "../../core/math/value.js";
import { type Chain, readPlainly } from "../../read/math/chains.js";
import { numbersOf } from "./numbersOf.js";
import type { KeptStep } from "./stepCache.js";

/** What leads from a bound to the number that is chosen by it. */
const LEADS =
  /^[\s$)\]\\,.;:(]*(?:(?:so|thus|hence|therefore|that is|i\.e\.|we need|at least|→|⇒|[-=]>)[\s$,:({\\]*)+(?:(?:we )?(?:need|take|choose|use)[\s$(]*)?$/i;

/** What is said of the whole number that is chosen right behind a bound: `N ≥ 28.4, so N = 29`. */
export function boundStep(
  bound: Chain | undefined,
  chain: Chain,
  values: ReadonlyMap<string, MathValue>,
  text: string,
): KeptStep | undefined {
  const [sign = ""] = bound?.relations ?? [];
  const isLower = /^[>≥]$/.test(sign);
  if (!bound || !(isLower || /^[<≤]$/.test(sign)) || chain.relations.join() !== "=") return undefined;
  if (!LEADS.test(text.slice(bound.to, chain.from))) return undefined;
  const [of, letter, number, ...limits] = [bound.links[0], ...chain.links, ...bound.links.slice(1)].map(
    (link) => link && readPlainly(link, chain.isLatex),
  );
  const limit = limits.map((e) => e && numbersOf(e, values)).find((v) => v !== undefined);
  if (of?.kind !== "symbol" || letter?.kind !== "symbol" || of.name !== letter.name) return undefined;
  if (number?.kind !== "number" || limit === undefined || isMatrix(limit)) return undefined;
  const [x, n] = [toFloat(limit), Number(number.text)];
  const right = isLower ? Math.ceil(x) : Math.floor(x);
  const isRight = n === right;
  if (!Number.isInteger(n) || Number.isInteger(x) || !(isRight || n < x === isLower)) return undefined;
  const name = `${Number(x.toPrecision(6))} rounded ${isLower ? "up" : "down"}`;
  const { from, to } = chain;
  return {
    answer: {
      verdict: isRight ? "right" : "wrong",
      how: "quantity",
      quantity: { name, say: "", right: String(right) },
      at: number,
    },
    span: { from, to },
    plain: `${of.name} = ${n}`,
  };
}
