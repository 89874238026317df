import { binary } from "../../core/math/compound.js";
import { EntryGradients, type OtherIndices, otherIndices, withEntries } from "../../core/math/entryGradients.js";
import { allWithin, type MathExpr, replaced } from "../../core/math/expression.js";
import { nearestRight } from "../../core/math/nearMiss.js";
import type { Formulas } from "../../core/math/spelledOut.js";
import { NOT_TURNED } from "./convolutionGradient.js";
import type { StepAnswer } from "./stepAnswer.js";

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

/**
 * What is said of a gradient by an entry of a layer that the document gives by its entries, `∂L/∂x_{ij} = Σ_h ∂L/∂y_{i−h+1} w_h`. Undefined
 * for anything else, and where it is clear at no place.
 */
export function slidEntries(left: MathExpr, right: MathExpr, { functions }: Formulas): StepAnswer | undefined {
  if (left.kind !== "derivative" || left.of.kind !== "symbol") return undefined;
  for (const [output, formula] of functions) {
    const loss = left.of.name;
    const gradient = { formula, upstream: `∂${loss}/∂${output}`, by: left.by };
    const own = withEntries(right, loss, gradient);
    if (!own) continue;
    const gradients = EntryGradients.of(gradient);
    if (gradients?.isRight(own)) return { verdict: "right", how: "identity" };
    if (!gradients?.isWrong(own)) return undefined;
    const holds = (e: MathExpr): boolean => gradients.isRight(e);
    const slip = [...otherIndices(own, gradient)].find(({ expr }) => holds(expr));
    const repair = slip ? undefined : nearestRight(left, own, holds);
    return {
      verdict: "wrong",
      how: "identity",
      ...(slip ? { mistake: sayIndices(slip) } : {}),
      ...(repair ? { repair } : {}),
    };
  }
  return undefined;
}

function sayIndices({ name, was }: OtherIndices): string {
  if (was === "unturned") return NOT_TURNED;
  return was === "swapped"
    ? `the indices of ${name} stand the other way round`
    : `the indices of ${name} are one ${was}`;
}

/** The sum of an expression that goes over an index. */
function sumOver(index: string, e: MathExpr): Series | undefined {
  for (const part of allWithin(e))
    if (part.kind === "series" && part.what === "sum" && part.index === index) return part;
  return undefined;
}
