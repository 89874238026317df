import { binary, numberAt, symbolAt } from "../../core/math/compound.js";
import { evaluateMath } from "../../core/math/evaluateMath.js";
import { allWithin, freeSymbols, type MathExpr, replaced } from "../../core/math/expression.js";
import { indexedNames, splitIndex } from "../../core/math/families.js";
import { compareExpressions } from "../../core/math/identity.js";
import { toFloat, whole } from "../../core/math/scalar.js";
import type { Formulas } from "../../core/math/spelledOut.js";
import { isMatrix } from "../../core/math/value.js";
import { NOT_TURNED } from "./convolutionGradient.js";
import { type StepAnswer, UNCLEAR } from "./stepAnswer.js";

type Series = Extract<MathExpr, { kind: "series" }>;

/**
 * A derivative of a number without a formula by an entry, as what the gradients on the other side make of it: `∂L/∂w_{hl}` is the
 * derivative of `Σ_i Σ_j ∂L/∂y_{ij} y_{ij}` where y has a formula. Undefined for anything else.
 */
export function throughEntries(left: MathExpr, right: MathExpr, { functions }: Formulas): MathExpr | undefined {
  if (left.kind !== "derivative" || left.of.kind !== "symbol") return undefined;
  const loss = left.of.name;
  for (const part of allWithin(right)) {
    if (part.kind !== "indexed" || !part.name.startsWith(`∂${loss}/∂`)) continue;
    const name = part.name.slice(loss.length + 3);
    const formula = functions.get(name);
    if (!formula || formula.parameters.length !== part.indices.length) return undefined;
    const indices = part.indices.map((i) => (i.kind === "symbol" ? i.name : undefined));
    const sums = indices.map((i) => (i === undefined ? undefined : sumOver(i, right)));
    if (!sums.every((s): s is Series => s !== undefined)) return undefined;
    const given = new Map(formula.parameters.map((p, i) => [p, part.indices[i] as MathExpr]));
    const entry = replaced(formula.body, (x) => (x.kind === "symbol" ? given.get(x.name) : undefined));
    const total = sums.reduceRight<MathExpr>((body, sum) => ({ ...sum, body }), binary("*", part, entry));
    return { ...left, of: total };
  }
  return undefined;
}

/** Rows of the small output at whose gradient entries are compared. */
const OUT = 6;

/** Sizes of the kernel, each with a place in the image: two inside, one at the edge. */
const PLACES: readonly (readonly [kernel: number, ...place: number[]])[] = [
  [2, 2, 3],
  [3, 3, 4],
  [3, 1, 4],
];

/**
 * What is said of a gradient by an entry of a kernel, or of what it slides over, `∂L/∂x_{ij} = Σ_h ∂L/∂y_{i−h+1} w_h`: compared at places of a
 * small image, where all is 0 outside. Undefined for anything else, and where it is clear at no place.
 */
export function slidEntries(left: MathExpr, right: MathExpr, { functions }: Formulas): StepAnswer | undefined {
  if (left.kind !== "derivative" || left.of.kind !== "symbol") return undefined;
  const entry = splitIndex(left.by);
  const out = [...indexedNames(right)].find((name) => name.startsWith("∂"));
  const formula = functions.get(out?.split("/∂")[1] ?? "");
  if (!entry || !out || !formula) return undefined;
  const parts = [...allWithin(formula.body)];
  const sums = parts.filter((e): e is Series => e.kind === "series");
  const entries = parts.filter((e) => e.kind === "indexed");
  const kernel = entries.find(({ indices }) => indices.every((i, n) => isLetter(i, sums[n]?.index)));
  const image = entries.find(({ indices }) => indices.every((i) => i.kind === "binary"));
  const [sum] = sums;
  const [letter = "k", ...others] = sum ? freeSymbols(sum.last) : [];
  const first = sum?.first.kind === "number" ? Number(sum.first.text) : -1;
  if (!sum || !kernel || !image || others.length > 0 || first < 0 || first > 1) return undefined;
  const at = (n: number): MathExpr => numberAt(String(n), left);
  const over = (index: string, last: number, body: MathExpr): MathExpr => ({
    kind: "series",
    what: "sum",
    index,
    first: at(first),
    last: at(last),
    body,
    from: 0,
    to: 0,
  });
  const compare = ([size, ...places]: (typeof PLACES)[number]): boolean | undefined => {
    const last = numberIn(sum.last, letter, size);
    const count = last - first + 1;
    const known = new Map([
      ["m", whole(OUT)],
      ["n", whole(OUT + count - 1)],
      [letter, whole(size)],
    ]);
    for (const [n, index] of entry.indices.entries())
      known.set(index, whole(first + (entry.base === kernel.name ? (n + size) % count : (places[n] ?? 0))));
    const end = first + OUT - 1;
    const upstream = { ...kernel, name: out, indices: formula.parameters.map((p) => symbolAt(p, left)) };
    const of = formula.parameters.reduceRight<MathExpr>(
      (body, i) => over(i, end, body),
      binary("*", upstream, formula.body),
    );
    const extents = new Map<string, readonly [number, number]>([
      [kernel.name, [first, last]],
      [out, [first, end]],
      [image.name, [first, end + count - 1]],
    ]);
    // A sum that says no bounds goes over all there is.
    const bounded = (x: MathExpr): MathExpr =>
      replaced(x, (e) =>
        e.kind === "series" && isLetter(e.last, `#${e.index}`)
          ? over(e.index, end + count, bounded(e.body))
          : undefined,
      );
    const spelled = bounded(right);
    if (Number.isNaN(last) || [...freeSymbols(spelled)].some((name) => !known.has(name))) return undefined;
    return compareExpressions({ ...left, of }, spelled, { known, extents }).isIdentity;
  };
  const all = PLACES.map(compare);
  if (all.every(Boolean)) return { verdict: "right", how: "identity" };
  if (all[0] !== false || all[1] !== false) return UNCLEAR;
  return { verdict: "wrong", how: "identity", ...(entry.base === image.name ? { mistake: NOT_TURNED } : {}) };
}

const isLetter = (e: MathExpr, name: string | undefined): boolean => e.kind === "symbol" && e.name === name;

/** What a formula of one letter comes to. */
function numberIn(e: MathExpr, letter: string, is: number): number {
  const value = evaluateMath(
    e,
    { symbol: (n) => (n === letter ? whole(is) : undefined), applied: () => undefined },
    { left: 99 },
  );
  return value === undefined || isMatrix(value) ? Number.NaN : toFloat(value);
}

/** The sum of an expression that goes over an index. */
function sumOver(index: string, e: MathExpr): Series | undefined {
  for (const part of allWithin(e))
    if (part.kind === "series" && part.what === "sum" && part.index === index) return part;
  return undefined;
}
