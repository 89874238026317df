import { binary } from "../../core/math/compound.js";
import { allWithin, type MathExpr, replaced } from "../../core/math/expression.js";
import type { Formulas } from "../../core/math/spelledOut.js";

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

/** The sum of an expression that goes over an index. */
function sumOver(index: string, e: MathExpr): Series | undefined {
  for (const part of allWithin(e))
    if (part.kind === "series" && part.what === "sum" && part.index === index) return part;
  return undefined;
}
