import { allWithin, freeSymbols, type MathExpr, replaced } from "../../core/math/expression.js";
import { toFloat } from "../../core/math/scalar.js";
import { isMatrix, type MathValue } from "../../core/math/value.js";

type Apply = Extract<MathExpr, { kind: "apply" }>;

/** The name under which the value of a function at one place is kept, as of a letter: `P(A)`. */
export const placeName = ({ name, args }: Pick<Apply, "name" | "args">): string =>
  `${name}(${args.map((a) => (a.kind === "symbol" ? a.name : a.kind === "number" ? a.text : "?")).join()})`;

/** Events and numbers stay what they are, small letters need not: `w(t)` is another number after the next step. */
const STAYS = /\((?:\p{Lu}|\d)[^?]*\)$/u;

/** Whether a function's value is known somewhere. */
export const isKnownSomewhere = (values: ReadonlyMap<string, MathValue>, name: string): boolean => {
  for (const key of values.keys()) if (key.startsWith(`${name}(`) && STAYS.test(key)) return true;
  return false;
};

/** An expression in which the values of unknown functions that are known somewhere are letters. */
export const withPlaces = (
  e: MathExpr,
  values: ReadonlyMap<string, MathValue>,
  isFunction: (name: string) => boolean,
): MathExpr => {
  const isPlace = (x: MathExpr): x is Apply =>
    x.kind === "apply" && !isFunction(x.name) && STAYS.test(placeName(x)) && values.has(placeName(x));
  for (const part of allWithin(e))
    if (isPlace(part))
      return replaced(e, (x) =>
        isPlace(x) ? { kind: "symbol", name: placeName(x), from: x.from, to: x.to } : undefined,
      );
  return e;
};

/** Whether numbers that are put in for values at places are mostly others, as in the next problem, which gives its own in words. */
export function isOfOtherProblem(left: MathExpr, right: MathExpr, values: ReadonlyMap<string, MathValue>): boolean {
  const numbers = [...allWithin(right)].flatMap((e) => (e.kind === "number" ? [Number(e.text)] : []));
  const given = [...freeSymbols(left)].flatMap((name) => {
    const value = STAYS.test(name) ? values.get(name) : undefined;
    return value === undefined || isMatrix(value) ? [] : [toFloat(value)];
  });
  const shared = given.filter((x) => numbers.some((n) => n === x || n === 1 - x)).length;
  return given.length > 0 && numbers.length > 1 && shared * 2 < given.length;
}
