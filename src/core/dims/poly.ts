import { addRational, divRational, mulRational, type Rational, rational } from "./rational.js";

/** What a polynomial is made of: a symbol, a floor, a group that is divided by, or the smaller of two. Only groups need not be integers. */
export type Atom =
  | { readonly kind: "symbol"; readonly key: string; readonly name: string }
  | { readonly kind: "floor"; readonly key: string; readonly of: Poly }
  | { readonly kind: "group"; readonly key: string; readonly of: Poly }
  | { readonly kind: "min"; readonly key: string; readonly of: Poly; readonly or: Poly };

/** An atom to a power; powers below 0 are divisions. */
export interface Factor {
  readonly atom: Atom;
  readonly power: number;
}

/** One product: coefficient times factors, which are sorted by their atoms' keys. */
export interface Term {
  readonly coef: Rational;
  readonly factors: readonly Factor[];
  readonly key: string;
}

/** An exact sum of products. Two equal sums have the same key. */
export interface Poly {
  readonly terms: readonly Term[];
  readonly key: string;
}

const factorsKey = (factors: readonly Factor[]): string => factors.map((f) => `${f.atom.key}^${f.power}`).join("*");

const term = (coef: Rational, factors: readonly Factor[]): Term => ({ coef, factors, key: factorsKey(factors) });

/** The polynomial with these terms, like terms added up. */
export function fromTerms(terms: readonly Term[]): Poly {
  if (terms.length === 1) return sumOf(terms.filter((t) => t.coef.n !== 0n));
  const sums = new Map<string, Term>();
  for (const t of terms) {
    const old = sums.get(t.key);
    sums.set(t.key, old ? { ...t, coef: addRational(old.coef, t.coef) } : t);
  }
  const kept = [...sums.values()].filter((t) => t.coef.n !== 0n).sort((a, b) => (a.key < b.key ? -1 : 1));
  return sumOf(kept);
}

const sumOf = (terms: readonly Term[]): Poly => ({
  terms,
  key: terms.map((t) => `${t.coef.n}/${t.coef.d}*${t.key}`).join("+"),
});

/** A constant. */
export const constant = (value: Rational): Poly => fromTerms([term(value, [])]);

/** An atom to a power, as a polynomial. */
export const ofAtom = (atom: Atom, power = 1): Poly => fromTerms([term(rational(1n), [{ atom, power }])]);

/** A symbol: an unknown positive integer. */
export const symbol = (name: string): Poly => ofAtom({ kind: "symbol", key: name, name });

/** The value of a polynomial without symbols, else undefined. */
export function constantValue(p: Poly): Rational | undefined {
  if (p.terms.length === 0) return rational(0n);
  const only = p.terms[0];
  return p.terms.length === 1 && only?.factors.length === 0 ? only.coef : undefined;
}

/** a + b. */
export const addPoly = (a: Poly, b: Poly): Poly => fromTerms([...a.terms, ...b.terms]);

/** p times a fraction. */
export const scalePoly = (p: Poly, by: Rational): Poly =>
  fromTerms(p.terms.map((t) => ({ ...t, coef: mulRational(t.coef, by) })));

function mulFactors(a: readonly Factor[], b: readonly Factor[], sign: 1 | -1): Factor[] {
  const powers = new Map<string, Factor>(a.map((f) => [f.atom.key, f]));
  for (const f of b) {
    const power = (powers.get(f.atom.key)?.power ?? 0) + sign * f.power;
    if (power === 0) powers.delete(f.atom.key);
    else powers.set(f.atom.key, { atom: f.atom, power });
  }
  return [...powers.values()].sort((x, y) => (x.atom.key < y.atom.key ? -1 : 1));
}

/** a · b. */
export const mulPoly = (a: Poly, b: Poly): Poly =>
  fromTerms(
    a.terms.flatMap((x) => b.terms.map((y) => term(mulRational(x.coef, y.coef), mulFactors(x.factors, y.factors, 1)))),
  );

const divTerm = (a: Term, b: Term): Term => term(divRational(a.coef, b.coef), mulFactors(a.factors, b.factors, -1));

/** Long division steps before a quotient is left as a fraction. */
const MAX_DIVISION_STEPS = 64;

/** a / b where b divides a without remainder, else undefined. */
function exactQuotient(a: Poly, b: Poly): Poly | undefined {
  const lead = leading(b);
  const found: Term[] = [];
  let rest = a;
  for (let step = 0; step < MAX_DIVISION_STEPS; step++) {
    if (rest.terms.length === 0) return fromTerms(found);
    const next = divTerm(leading(rest), lead);
    if (next.factors.some((f) => f.power < 0)) return undefined;
    found.push(next);
    rest = addPoly(rest, scalePoly(mulPoly(fromTerms([next]), b), rational(-1n)));
  }
  return undefined;
}

/** The largest term in the order of division: by the first atom's power, then the next. */
function leading(p: Poly): Term {
  return p.terms.reduce((best, t) => (isBefore(t.factors, best.factors) ? t : best));
}

function isBefore(a: readonly Factor[], b: readonly Factor[]): boolean {
  const keys = [...new Set([...a, ...b].map((f) => f.atom.key))].sort();
  for (const key of keys) {
    const x = a.find((f) => f.atom.key === key)?.power ?? 0;
    const y = b.find((f) => f.atom.key === key)?.power ?? 0;
    if (x !== y) return x > y;
  }
  return false;
}

/** a / b, exactly; b must not be 0. What does not divide stays as a fraction. */
export function divPoly(a: Poly, b: Poly): Poly {
  const [only, ...more] = b.terms;
  if (only && more.length === 0) return fromTerms(a.terms.map((t) => divTerm(t, only)));
  const quotient = exactQuotient(a, b);
  if (quotient) return quotient;
  return mulPoly(a, ofAtom({ kind: "group", key: `(${b.key})`, of: b }, -1));
}
