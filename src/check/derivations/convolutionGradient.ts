import { allWithin, type MathExpr } from "../../core/math/expression.js";
import { slide } from "../../core/math/slide.js";
import type { Formulas } from "../../core/math/spelledOut.js";
import { isMatrix, isSameValue, type MathValue, type MatrixOfNumbers, sizeOf } from "../../core/math/value.js";
import type { Given } from "../quantities/given.js";
import { compareWritten } from "./compareWritten.js";
import type { StepAnswer } from "./stepAnswer.js";

/** The name under which the gradient that a document gives by a letter is kept. */
export const gradientName = (by: string): string => `∂${by}`;

const IMAGE = /^[xXI]$/;
const KERNEL = /^[wWkKh]$/;

/** The letter by which a link is a gradient: of `∂L/∂x`, and of `dx` where that is read as a product. */
export function derivedLetter(e: MathExpr | undefined): string | undefined {
  if (e?.kind === "derivative") return e.by;
  const isProduct = e?.kind === "binary" && e.implicit && e.left.kind === "symbol" && e.left.name === "d";
  return isProduct && e.right.kind === "symbol" ? e.right.name : undefined;
}

/** What a document gives for a layer that slides a kernel over an image. */
export interface SlidLayer {
  readonly values: ReadonlyMap<string, MathValue>;
  readonly formulas: Formulas;
}

function only({ values }: SlidLayer, names: RegExp): readonly [string, MatrixOfNumbers] | undefined {
  const found = [...values].flatMap(([name, v]) => (names.test(name) && isMatrix(v) ? [[name, v] as const] : []));
  return found.length === 1 ? found[0] : undefined;
}

/** Whether the layer turns its kernel, as far as the document shows it. */
export function isTurnedLayer({ values, formulas }: SlidLayer, { context }: Given): boolean | undefined {
  const [[, x] = [], [, w] = []] = [only({ values, formulas }, IMAGE), only({ values, formulas }, KERNEL)];
  for (const name of ["y", "Y"]) {
    const y = values.get(name);
    for (const isTurned of x && w && y !== undefined ? [false, true] : []) {
      const out = x && w && slide(x, w, { stride: 1, padding: 0, isTurned });
      if (out && y !== undefined && isSameValue(out, y)) return isTurned;
    }
    // y_i = Σ x_{i+h−1} w_h
    const body = formulas.functions.get(name)?.body;
    const [first] = body ? [...allWithin(body)].flatMap((e) => (e.kind === "indexed" ? e.indices : [])) : [];
    if (first?.kind === "binary") return first.op === "-" && first.right.kind === "symbol";
  }
  return /correlat/i.test(context) && !/(?:true|proper|mathematical) convolution|flipp/i.test(context)
    ? false
    : undefined;
}

/** What is said of a matrix that is given for the gradient by the image or the kernel of a layer without padding. */
export function slidGradient(
  by: string,
  written: MathExpr,
  is: MatrixOfNumbers,
  layer: SlidLayer,
  given: Given,
): StepAnswer | undefined {
  const [x, w, dy] = [only(layer, IMAGE), only(layer, KERNEL), only(layer, /^∂[yYzZ]$/)];
  const isByImage = x?.[0] === by;
  if (!x || !w || !dy || !(isByImage || w[0] === by)) return undefined;
  const [size, kernel, out] = [sizeOf(x[1]), sizeOf(w[1]), sizeOf(dy[1])];
  const padding = kernel[0] - 1;
  if (kernel[0] !== kernel[1] || out.some((n, i) => n !== (size[i] ?? 0) - padding)) return undefined;
  const result = (isTurned: boolean): MathValue | undefined =>
    isByImage
      ? slide(dy[1], w[1], { stride: 1, padding, isTurned: !isTurned })
      : isTurned
        ? rotated(slide(x[1], dy[1], { stride: 1, padding: 0, isTurned: false }))
        : slide(x[1], dy[1], { stride: 1, padding: 0, isTurned: false });
  const isTurned = isTurnedLayer(layer, given);
  for (const way of isTurned === undefined ? [false, true] : [isTurned]) {
    const value = result(way);
    const verdict = value === undefined ? undefined : compareWritten(value, written, is, "=").verdict;
    if (verdict === "right" || verdict === "rounded") return { verdict, how: "numbers", values: [is, is] };
  }
  const value = isTurned === undefined ? undefined : result(isTurned);
  const { verdict, entry } = value === undefined ? {} : compareWritten(value, written, is, "=");
  if (value === undefined || verdict !== "wrong") return undefined;
  const other = result(!isTurned);
  const isOther = other !== undefined && isSameValue(other, is);
  return {
    verdict,
    how: "numbers",
    values: [value, is],
    ...(entry ? { entry } : {}),
    ...(isOther ? { mistake: isByImage && !isTurned ? NOT_TURNED : "it is turned by 180°" } : {}),
  };
}

/** The mistake of who forgets to turn the kernel on the way back. */
export const NOT_TURNED = "the kernel is not turned by 180°, as it has to be on the way back";

/** What is said of a gradient by a letter that is given as one matrix slid over another: `dW = X ⋆ dY`. */
export function starGradient(
  by: string | undefined,
  right: MathExpr | undefined,
  layer: SlidLayer,
  given: Given,
): StepAnswer | undefined {
  if (by === undefined || right?.kind !== "binary" || right.implicit || !/^[*⋆]$/.test(right.op)) return undefined;
  const isCorrelation = right.op === "⋆";
  const sides = [right.left, right.right].map((e) => {
    const gradient = derivedLetter(e);
    // η X ⋆ dY
    const last = e.kind === "binary" && e.op === "*" ? e.right : e;
    return gradient === undefined ? (last.kind === "symbol" ? last.name : "") : gradientName(gradient);
  });
  const [a = "", b = ""] = sides;
  if (isTurnedLayer(layer, given) !== false) return undefined;
  const isOut = (name: string): boolean => /^∂[yYzZ]$/.test(name);
  const isRight = (name: string): StepAnswer => ({ verdict: "right", how: "quantity", quantity: { name, say: "" } });
  if (KERNEL.test(by) && isCorrelation && IMAGE.test(a) && isOut(b))
    return isRight("the gradient by the kernel, which meets each window of the input once");
  const isFull = /\bfull\b|padded/i.test(given.paragraph);
  if (!IMAGE.test(by) || !isFull || !(isOut(a) && KERNEL.test(b))) return undefined;
  if (!isCorrelation) return isRight("the gradient by the input, with the kernel turned by 180°");
  return /correlat/i.test(given.context) ? { verdict: "wrong", how: "numbers", mistake: NOT_TURNED } : undefined;
}

const rotated = (m: MatrixOfNumbers | undefined): MatrixOfNumbers | undefined =>
  m && { rows: m.rows.toReversed().map((row) => row.toReversed()) };
