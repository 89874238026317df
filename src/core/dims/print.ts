import { type Dim, denominator } from "./dim.js";
import { type Atom, constantValue, type Factor, fromTerms, type Poly, scalePoly, type Term } from "./poly.js";
import { type Rational, rational } from "./rational.js";

/** A size as text: `28`, `H/2`, `⌊(H − 1)/2⌋ + 1`, `64·W`. */
export function printDim(a: Dim): string {
  return typeof a === "number" ? minus(String(a)) : printPoly(a);
}

/** A count as text, with commas: `2,483`. */
export const printCount = (a: Dim): string =>
  typeof a === "number" ? printDim(a).replace(/\B(?=(\d{3})+$)/g, ",") : printDim(a);

/** A shape as text: `N×3×32×32`. */
export const printTimes = (shape: readonly Dim[]): string =>
  shape.map((d) => (/[ ]/.test(printDim(d)) ? `(${printDim(d)})` : printDim(d))).join("×");

const minus = (text: string): string => text.replace("-", "−");

function printPoly(p: Poly): string {
  const ceiling = asCeiling(p);
  if (ceiling) return ceiling;
  const terms = [...p.terms].sort(byLook);
  if (terms.length === 0) return "0";
  return terms
    .map((t, i) => {
      const negative = t.coef.n < 0n;
      const text = printTerm({ ...t, coef: rational(negative ? -t.coef.n : t.coef.n, t.coef.d) });
      if (i === 0) return negative ? `−${text}` : text;
      return negative ? ` − ${text}` : ` + ${text}`;
    })
    .join("");
}

/** Positive before negative, products before constants, then by name. */
function byLook(a: Term, b: Term): number {
  if ((a.factors.length === 0) !== (b.factors.length === 0)) return a.factors.length === 0 ? 1 : -1;
  if (a.coef.n < 0n !== b.coef.n < 0n) return a.coef.n < 0n ? 1 : -1;
  return a.key < b.key ? -1 : 1;
}

function printTerm(t: Term): string {
  const over = t.factors.filter((f) => f.power > 0);
  const under = t.factors.filter((f) => f.power < 0);
  const top = product(t.coef.n, over);
  const bottomParts = product(t.coef.d, under);
  if (bottomParts === "1") return top;
  return `${top}/${under.length + (t.coef.d === 1n ? 0 : 1) > 1 ? `(${bottomParts})` : bottomParts}`;
}

function product(coef: bigint, factors: readonly Factor[]): string {
  const texts = factors.map(printFactor);
  if (coef !== 1n || texts.length === 0) texts.unshift(String(coef));
  return texts.join("·");
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function printFactor(f: Factor): string {
  const power = Math.abs(f.power);
  const raised = power === 1 ? "" : [...String(power)].map((c) => SUPERSCRIPTS[Number(c)]).join("");
  return printAtom(f.atom) + raised;
}

function printAtom(atom: Atom): string {
  if (atom.kind === "symbol") return atom.name;
  if (atom.kind === "floor") return `⌊${printFraction(atom.of)}⌋`;
  if (atom.kind === "min") return `min(${printPoly(atom.of)}, ${printPoly(atom.or)})`;
  return `(${printPoly(atom.of)})`;
}

/** A sum over one denominator: `(H − 1)/2`. */
function printFraction(p: Poly): string {
  const [first] = p.terms;
  const shared = (first?.factors ?? []).filter(
    (f) => f.power < 0 && p.terms.every((t) => t.factors.some((g) => g.atom.key === f.atom.key && g.power === f.power)),
  );
  const under = new Set(shared.map((f) => f.atom.key));
  const d = denominator(p);
  const scaled = scalePoly(p, rational(d));
  const top = fromTerms(
    scaled.terms.map((t) => {
      const factors = t.factors.filter((f) => !under.has(f.atom.key));
      return { coef: t.coef, factors, key: factors.map((f) => `${f.atom.key}^${f.power}`).join("*") };
    }),
  );
  const bottom = product(d, shared);
  if (bottom === "1") return printPoly(p);
  const text = printPoly(top);
  return `${top.terms.length > 1 ? `(${text})` : text}/${bottom}`;
}

/** ⌊(n·x + d − 1)/d⌋ reads better as ⌈n·x/d⌉. */
function asCeiling(p: Poly): string | undefined {
  const [only, ...more] = p.terms;
  const [factor, ...others] = only?.factors ?? [];
  if (!only || !factor || more.length > 0 || others.length > 0 || factor.atom.kind !== "floor" || factor.power !== 1)
    return undefined;
  if (only.coef.n !== 1n || only.coef.d !== 1n) return undefined;
  const inside = factor.atom.of;
  const d = denominator(inside);
  const free: Rational | undefined = constantValue(fromTerms(inside.terms.filter((t) => t.factors.length === 0)));
  if (d < 2n || !free || free.n * d !== (d - 1n) * free.d) return undefined;
  return `⌈${printFraction(fromTerms(inside.terms.filter((t) => t.factors.length > 0)))}⌉`;
}
