import {
  type Atom,
  addPoly,
  constant,
  constantValue,
  divPoly,
  fromTerms,
  mulPoly,
  ofAtom,
  type Poly,
  scalePoly,
  symbol,
  type Term,
} from "./poly.js";
import { floorRational, lcm, type Rational, rational } from "./rational.js";
import { signOf } from "./sign.js";

/** A size: a safe integer where it is known, else an exact expression in symbols (or a fraction, or a huge integer). */
export type Dim = number | Poly;

const toPoly = (a: Dim): Poly => (typeof a === "number" ? constant(rational(BigInt(a))) : a);

function fromPoly(p: Poly): Dim {
  const value = constantValue(p);
  if (value?.d !== 1n) return p;
  const small = Number(value.n);
  return Number.isSafeInteger(small) ? small : p;
}

/** A symbolic size, an unknown positive integer. */
export const dimSymbol = (name: string): Dim => symbol(name);

/** The size that a decimal number stands for, exactly; undefined for NaN and infinities. */
export function dimOf(value: number): Dim | undefined {
  if (Number.isSafeInteger(value)) return value;
  if (!Number.isFinite(value)) return undefined;
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (!match) return undefined;
  const [, sign, whole = "0", fraction = "", exponent = "0"] = match;
  const shift = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction) * (sign ? -1n : 1n);
  return fromPoly(
    constant(shift >= 0 ? rational(digits, 10n ** BigInt(shift)) : rational(digits * 10n ** BigInt(-shift))),
  );
}

/** a + b. */
export function add(a: Dim, b: Dim): Dim {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return fromPoly(addPoly(toPoly(a), toPoly(b)));
}

/** −a. */
export const negate = (a: Dim): Dim => (typeof a === "number" ? 0 - a : fromPoly(scalePoly(a, rational(-1n))));

/** a − b. */
export const subtract = (a: Dim, b: Dim): Dim => add(a, negate(b));

/** a · b. */
export function multiply(a: Dim, b: Dim): Dim {
  if (typeof a === "number" && typeof b === "number") {
    // Adding 0 turns −0 into 0.
    const product = a * b + 0;
    if (Number.isSafeInteger(product)) return product;
  }
  return fromPoly(mulPoly(toPoly(a), toPoly(b)));
}

/** a / b, exactly; undefined where b is 0. */
export function divide(a: Dim, b: Dim): Dim | undefined {
  if (b === 0) return undefined;
  if (typeof a === "number" && typeof b === "number") {
    if (a % b === 0) return a / b + 0;
  }
  const over = toPoly(b);
  return over.terms.length === 0 ? undefined : fromPoly(divPoly(toPoly(a), over));
}

/** Whether a term is an integer for every value of its symbols. */
const isIntegerTerm = (t: Term): boolean =>
  t.coef.d === 1n && t.factors.every((f) => f.power > 0 && f.atom.kind !== "group");

/** The common denominator of a polynomial's coefficients. */
export const denominator = (p: Poly): bigint => p.terms.reduce((d, t) => lcm(d, t.coef.d), 1n);

/** ⌊(⌊x⌋ + m)/n⌋ = ⌊(x + m)/n⌋ for integers m and n > 0. */
function flattenNested(p: Poly): Poly {
  const n = denominator(p);
  const scaled = scalePoly(p, rational(n));
  const inner = scaled.terms.find((t) => t.coef.n === 1n && t.factors.length === 1 && isFloor(t));
  const atom = inner?.factors[0]?.atom;
  if (atom?.kind !== "floor" || !scaled.terms.every(isIntegerTerm)) return p;
  const others = fromTerms(scaled.terms.filter((t) => t !== inner));
  return scalePoly(addPoly(atom.of, others), rational(1n, n));
}

const isFloor = (t: Term): boolean => t.factors[0]?.atom.kind === "floor" && t.factors[0].power === 1;

/** ⌊a⌋, in a normal form: whole parts stand outside the brackets. */
export function floor(a: Dim): Dim {
  if (typeof a === "number") return a;
  const outside: Term[] = [];
  const inside: Term[] = [];
  for (const t of flattenNested(a).terms) {
    const whole = isIntegerTerm({ ...t, coef: rational(1n) }) ? floorRational(t.coef) : 0n;
    if (whole !== 0n) outside.push({ ...t, coef: rational(whole) });
    const rest = { ...t, coef: rational(t.coef.n - whole * t.coef.d, t.coef.d) };
    if (rest.coef.n !== 0n) inside.push(rest);
  }
  const remainder = fromTerms(inside);
  const bare = constantValue(remainder);
  if (bare) return fromPoly(addPoly(fromTerms(outside), constant(rational(floorRational(bare)))));
  const atom: Atom = { kind: "floor", key: `⌊${remainder.key}⌋`, of: remainder };
  return fromPoly(addPoly(fromTerms(outside), ofAtom(atom)));
}

/** ⌈a⌉, as a floor where the numerator is an integer, so that the two meet in one form. */
export function ceil(a: Dim): Dim {
  if (typeof a === "number") return a;
  const d = denominator(a);
  const isWhole = a.terms.every((t) => t.factors.every((f) => f.power > 0 && f.atom.kind !== "group"));
  return isWhole ? floor(add(a, fromPoly(constant(rational(d - 1n, d))))) : negate(floor(negate(a)));
}

/** The smaller of two integers; it stays as it is where that depends on symbols. */
export function minimum(a: Dim, b: Dim): Dim {
  if (typeof a === "number" && typeof b === "number") return Math.min(a, b);
  const sign = signOf(subtract(a, b));
  if (sign !== undefined) return sign <= 0 ? a : b;
  const [of, or] = [toPoly(a), toPoly(b)].sort((x, y) => (x.key < y.key ? -1 : 1)) as [Poly, Poly];
  return ofAtom({ kind: "min", key: `min(${of.key},${or.key})`, of, or });
}

/** a modulo b for integers, with the sign of b as Python has it; undefined where b is 0. */
export function modulo(a: Dim, b: Dim): Dim | undefined {
  if (typeof a === "number" && typeof b === "number") return b === 0 ? undefined : a - b * Math.floor(a / b);
  const quotient = divide(a, b);
  return quotient === undefined ? undefined : subtract(a, multiply(b, floor(quotient)));
}

/** a to a whole power from 0 to 64; undefined for others. */
export function power(a: Dim, exponent: Dim): Dim | undefined {
  if (typeof exponent !== "number" || exponent < 0 || exponent > 64) return undefined;
  let result: Dim = 1;
  for (let i = 0; i < exponent; i++) result = multiply(result, a);
  return result;
}

/** The exact value of a size without symbols. */
export function exactValue(a: Dim): Rational | undefined {
  return typeof a === "number" ? rational(BigInt(a)) : constantValue(a);
}

/** The sizes put in for symbols; a symbol that is not listed stays. */
export function substitute(a: Dim, values: ReadonlyMap<string, Dim>): Dim {
  if (typeof a === "number") return a;
  let sum: Dim = 0;
  for (const t of a.terms) {
    let product: Dim = fromPoly(constant(t.coef));
    for (const f of t.factors) {
      const base = substituteAtom(f.atom, values);
      for (let i = 0; i < Math.abs(f.power); i++) {
        const next: Dim | undefined = f.power > 0 ? multiply(product, base) : divide(product, base);
        if (next === undefined) return a;
        product = next;
      }
    }
    sum = add(sum, product);
  }
  return sum;
}

function substituteAtom(atom: Atom, values: ReadonlyMap<string, Dim>): Dim {
  if (atom.kind === "symbol") return values.get(atom.name) ?? ofAtom(atom);
  const inner = substitute(atom.of, values);
  if (atom.kind === "min") return minimum(inner, substitute(atom.or, values));
  return atom.kind === "floor" ? floor(inner) : inner;
}

/** The names of the symbols in a size. */
export function symbolsOf(a: Dim): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (p: Poly): void => {
    for (const t of p.terms)
      for (const f of t.factors) {
        if (f.atom.kind === "symbol") names.add(f.atom.name);
        else visit(f.atom.of);
        if (f.atom.kind === "min") visit(f.atom.or);
      }
  };
  if (typeof a !== "number") visit(a);
  return names;
}
