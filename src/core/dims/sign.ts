import { addPoly, constant, constantValue, fromTerms, mulPoly, type Poly, symbol } from "./poly.js";
import { rational } from "./rational.js";

/** The sign that a difference has for every value of its symbols (positive integers): −1, 0, 1, or undefined. */
export function signOf(a: number | Poly): -1 | 0 | 1 | undefined {
  if (typeof a === "number") return a < 0 ? -1 : a > 0 ? 1 : 0;
  const value = constantValue(a);
  if (value) return value.n < 0n ? -1 : value.n > 0n ? 1 : 0;
  const shifted = fromOne(a);
  if (!shifted) return undefined;
  const free = constantValue(fromTerms(shifted.terms.filter((t) => t.factors.length === 0)));
  if (shifted.terms.every((t) => t.coef.n > 0n) && free && free.n > 0n) return 1;
  if (shifted.terms.every((t) => t.coef.n < 0n) && free && free.n < 0n) return -1;
  return undefined;
}

/** The polynomial with every symbol x written as 1 + x', x' ≥ 0; undefined where floors or divisions are in it. */
function fromOne(p: Poly): Poly | undefined {
  let sum = constant(rational(0n));
  for (const t of p.terms) {
    let product = constant(t.coef);
    for (const f of t.factors) {
      if (f.atom.kind !== "symbol" || f.power < 0 || f.power > 8) return undefined;
      const base = addPoly(symbol(f.atom.name), constant(rational(1n)));
      for (let i = 0; i < f.power; i++) product = mulPoly(product, base);
    }
    sum = addPoly(sum, product);
  }
  return sum;
}
