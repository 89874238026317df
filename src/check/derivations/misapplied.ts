import { allWithin, freeSymbols, type MathExpr } from "../../core/math/expression.js";

/** A function under a name of its own, and what it is taken of. */
interface Taken {
  readonly name: string;
  readonly of: MathExpr;
}

const numberOf = (e: MathExpr): string | undefined =>
  e.kind === "number" ? e.text : e.kind === "negate" && e.of.kind === "number" ? `-${e.of.text}` : undefined;

const nameOf = (e: MathExpr): string | undefined => numberOf(e) ?? (e.kind === "symbol" ? e.name : undefined);

/** The transpose, the trace or the determinant of something, a power with a number above. */
function ofMatrices(e: MathExpr): Taken | undefined {
  if (e.kind === "transpose") return { name: "T", of: e.of };
  if (e.kind === "binary" && e.op === "^") return { name: `^${numberOf(e.right) ?? "?"}`, of: e.left };
  const [only, ...more] = e.kind === "call" && /^(?:tr|det)$/.test(e.name) ? e.args : [];
  return e.kind === "call" && only && more.length === 0 ? { name: e.name, of: only } : undefined;
}

/** The same for numbers: roots, logarithms and others, powers, what is divided by something. */
function ofNumbers(e: MathExpr): Taken | undefined {
  if (e.kind === "binary" && e.op === "^") {
    const [base, above] = [nameOf(e.left), numberOf(e.right)];
    if (above !== undefined) return { name: `^${above}`, of: e.left };
    return base === undefined ? undefined : { name: `${base}^`, of: e.right };
  }
  const above = e.kind === "binary" && e.op === "/" ? nameOf(e.left) : undefined;
  if (e.kind === "binary" && above !== undefined) return { name: `${above}/`, of: e.right };
  const [only, ...more] = e.kind === "call" && !/^(?:E|Var)$/.test(e.name) ? e.args : [];
  return e.kind === "call" && only && more.length === 0 ? { name: e.name, of: only } : undefined;
}

/** Whether the parts of a side have a function of each of some letters, which is taken of all of them together on the other side. */
function isApart(
  whole: MathExpr,
  parts: MathExpr,
  taken: (e: MathExpr) => Taken | undefined,
  isLetter: (name: string) => boolean,
  least: number,
): boolean {
  const own = taken(whole);
  if (own?.of.kind !== "binary" || !/^[-+*]$/.test(own.of.op)) return false;
  const apart = new Set<string>();
  for (const part of allWithin(parts)) {
    const one = taken(part);
    if (one?.name === own.name && one.of.kind === "symbol") apart.add(one.of.name);
  }
  const letters = [...freeSymbols(own.of)].filter(isLetter);
  const others = [...freeSymbols(parts)].filter((name) => isLetter(name) && !own.name.startsWith(name));
  return letters.length >= least && [...letters, ...others].every((name) => apart.has(name));
}

/**
 * Whether one side is a function of a sum or product of matrices and the other is made of the same function of these alone, as in
 * `(AB)⁻¹ = A⁻¹B⁻¹` or `det(A + B) = det A + det B`: nobody writes that as a condition.
 */
export function isTakenApart(left: MathExpr, right: MathExpr): boolean {
  const isCapital = (name: string): boolean => /^\p{Lu}/u.test(name);
  return isApart(left, right, ofMatrices, isCapital, 1) || isApart(right, left, ofMatrices, isCapital, 1);
}

/** The same for numbers under two letters or more: `√(a + b) = √a + √b`, `1/(a + b) = 1/a + 1/b`. */
export const areTakenApart = (left: MathExpr, right: MathExpr): boolean =>
  isApart(left, right, ofNumbers, () => true, 2) || isApart(right, left, ofNumbers, () => true, 2);
