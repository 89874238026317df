import type { MathExpr } from "../../core/math/expression.js";
import { correlated } from "../../core/math/slide.js";
import type { Made } from "../../core/math/upstream.js";
import { isMatrix, isSameValue, type MathValue } from "../../core/math/value.js";
import type { Given } from "../quantities/given.js";
import type { StepAnswer } from "./stepAnswer.js";

/** The mistake of who forgets to turn the kernel on the way back. */
export const NOT_TURNED = "the kernel is not turned by 180°, as it has to be on the way back";

/** The letter by which an expression is a gradient: of `∂L/∂x`, and of `dx` where that is read as a product. */
export function derivedLetter(e: MathExpr | undefined): string | undefined {
  if (e?.kind === "derivative") return e.by;
  const isProduct =
    e?.kind === "binary" && e.left.kind === "symbol" && e.left.name === "d" && e.right.kind === "symbol";
  return isProduct ? (e.right as { readonly name: string }).name : undefined;
}

/** What a letter is in a layer that slides w over x: `x`, `w`, or `d` for the gradient behind it. */
function roleOf(e: MathExpr): string {
  const by = derivedLetter(e);
  if (by !== undefined) return /^[yz]$/i.test(by) ? "d" : "";
  // η X ⋆ dY
  const last = e.kind === "binary" && e.op === "*" ? e.right : e;
  return last.kind === "symbol" ? last.name.toLowerCase() : "";
}

/** What is said of a gradient by a letter that is given as one matrix slid over another: `dW = X ⋆ dY`. */
export function starGradient(by: string, e: MathExpr, given: Given): StepAnswer | undefined {
  if (e.kind !== "binary" || e.implicit || /(?:true|proper|mathematical) convolution|flipp/i.test(given.context))
    return undefined;
  const said = `${by.toLowerCase()}=${roleOf(e.left)}${e.op}${roleOf(e.right)}`;
  const isFull = /\bfull\b|padded/i.test(given.paragraph);
  if (said === "w=x⋆d" || (isFull && said === "x=d*w")) {
    const name = `the gradient by ${by} of a layer that slides a kernel over its input`;
    return { verdict: "right", how: "quantity", quantity: { name, say: "" } };
  }
  return isFull && said === "x=d⋆w" && /correlat/i.test(given.context)
    ? { verdict: "wrong", how: "matrices", mistake: NOT_TURNED }
    : undefined;
}

type Values = ReadonlyMap<string, MathValue>;

/** A letter as the document has given its matrix: `X` for x, whose gradient is said to be `dX`. */
export function inKnownCase(name: string, values: Values): string {
  const other = /^\p{Lu}/u.test(name) ? name.toLowerCase() : name.toUpperCase();
  const value = values.has(name) || name.length > 1 ? undefined : values.get(other);
  return value !== undefined && isMatrix(value) ? other : name;
}

/** Whether a matrix is what comes back to the input of a layer that slides a kernel over it, where the kernel is not turned. */
export function isUnturned(by: string, is: MathValue, values: Values, made: Made): boolean {
  for (const [out, e] of made) {
    if (e.kind !== "binary" || e.op !== "⋆" || e.left.kind !== "symbol" || e.left.name !== by) continue;
    const [g, w] = [values.get(`∂${out}`), e.right.kind === "symbol" ? values.get(e.right.name) : undefined];
    const back = g !== undefined && w !== undefined && isMatrix(w) ? correlated(g, w, w.rows.length - 1) : undefined;
    if (back !== undefined && isSameValue(back, is)) return true;
  }
  return false;
}
