import type { MathExpr } from "../../core/math/expression.js";
import { toFloat } from "../../core/math/scalar.js";
import { type Sliding, slide } from "../../core/math/slide.js";
import {
  isMatrix,
  isSameValue,
  type MathValue,
  type MatrixOfNumbers,
  sizeOf,
  transposed,
} from "../../core/math/value.js";
import type { Given } from "../quantities/given.js";
import { compareWritten } from "./compareWritten.js";
import type { StepAnswer } from "./stepAnswer.js";

/** Two matrices of which one slides over the other, and whether their sign says that the kernel is not turned. */
export interface Slid {
  readonly image: MatrixOfNumbers;
  readonly kernel: MatrixOfNumbers;
  readonly isCorrelation: boolean;
  /** Whether nothing but words around says that a matrix is its result. */
  readonly isLoose?: boolean;
}

/** Ways to slide that a text leaves open. */
interface Ways {
  readonly strides: readonly number[];
  readonly paddings: readonly number[];
  readonly turns: readonly boolean[];
}

/** The last number that a text says for a word, before or behind it. */
function lastNumber(text: string, word: string): number | undefined {
  const all = [
    ...text.matchAll(
      new RegExp(
        `\\b${word}\\s*(?:size\\s*)?(?:of|is|=|:|\\$|[a-zA-Z]\\s*=)*\\s*\\$?(\\d)|\\b(\\d)\\s*(?:pixels? of )?${word}`,
        "gi",
      ),
    ),
  ];
  const found = all.at(-1);
  return found ? Number(found[1] ?? found[2]) : undefined;
}

/** Words for how much is padded: "the same" is none of them, "same padding" is. */
const PADDINGS =
  /(?:no|without|zero) padding\b(?! of)|unpadded|\b(same|valid|full)[ -](?:padding|convolution|correlation|cross|mode)|["'‘“`](same|valid|full)["'’”`]|(?:padding|mode)\b[^.\w]{0,3}(?:is |of )?(same|valid|full)\b/gi;

/** What is left open, by what is said nearest before: in the sentence, in the paragraph, in the section. */
function waysOf(kernel: MatrixOfNumbers, isCorrelation: boolean, around: readonly string[]): Ways {
  const nearest = (find: (text: string) => number | undefined): number | undefined => {
    for (const text of around) {
      const found = find(text);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const longest = Math.max(...sizeOf(kernel));
  const named = (text: string): number | undefined => {
    const last = [...text.matchAll(PADDINGS)].at(-1);
    if (!last) return undefined;
    const [, ...words] = last.map((word) => word?.toLowerCase());
    return words.includes("same") ? Math.floor((longest - 1) / 2) : words.includes("full") ? longest - 1 : 0;
  };
  const padding = nearest((text) => lastNumber(text, "padding") ?? named(text));
  const stride = nearest((text) => lastNumber(text, "stride"));
  // Only the sentence at hand says which of the two is meant.
  const turned = [
    ...(around[0] ?? "").matchAll(/(true|proper|mathematical) convolution|flipp|rotated by 180|(correlat)/gi),
  ].at(-1);
  return {
    strides: stride === undefined ? [1, 2, 3] : [stride],
    paddings: padding === undefined ? Array.from({ length: longest }, (_, p) => p) : [padding],
    turns: isCorrelation ? [false] : turned === undefined ? [true, false] : [!turned[2]],
  };
}

const areSameSize = (a: MatrixOfNumbers, b: MatrixOfNumbers): boolean => sizeOf(a).join() === sizeOf(b).join();

/** How many entries differ. */
const differing = (a: MatrixOfNumbers, written: MathExpr, b: MatrixOfNumbers): number =>
  a.rows.flat().filter((_, i) => {
    const columns = a.rows[0]?.length ?? 1;
    const [r, c] = [Math.floor(i / columns), i % columns];
    const one = (m: MatrixOfNumbers): MathValue => m.rows[r]?.[c] ?? Number.NaN;
    const cell = written.kind === "matrix" ? written.rows[r]?.[c] : undefined;
    return compareWritten(one(a), cell ?? written, one(b), "=").verdict === "wrong";
  }).length;

/**
 * Whether a matrix is what a kernel gives on an image, in some way that the text leaves open: it is wrong only where it is so
 * for all of them, and where it is clear which one is meant.
 */
export function decideConvolution(
  { image, kernel, isCorrelation, isLoose }: Slid,
  written: MathExpr,
  is: MathValue,
  given: Given,
): StepAnswer | undefined {
  if (!isMatrix(is)) return undefined;
  const resultsOf = (
    around: readonly string[],
  ): readonly { readonly way: Sliding; readonly value: MatrixOfNumbers }[] => {
    const { strides, paddings, turns } = waysOf(kernel, isCorrelation, around);
    const ways = strides.flatMap((stride) =>
      paddings.flatMap((padding) => turns.map((isTurned): Sliding => ({ stride, padding, isTurned }))),
    );
    return ways.flatMap((way) => {
      const value = slide(image, kernel, way);
      return value && areSameSize(value, is) ? [{ way, value }] : [];
    });
  };
  const near = [given.before, given.paragraph];
  // What the section said before may have been of another question.
  const results = [near, [...near, given.context]].flatMap(resultsOf);
  const compared = results.map(({ way, value }) => ({
    way,
    value,
    comparison: compareWritten(value, written, is, "="),
  }));
  const right = compared.find((c) => c.comparison.verdict === "right" || c.comparison.verdict === "rounded");
  if (right) {
    const { isTurned } = right.way;
    return {
      verdict: right.comparison.verdict,
      how: "quantity",
      quantity: {
        name: isTurned
          ? "the convolution, with the kernel turned by 180°"
          : "the cross-correlation, with the kernel as it is",
        say: "",
      },
    };
  }
  if (compared.length === 0 || compared.some((c) => c.comparison.verdict === "not understood")) return undefined;
  const [best] = compared.toSorted((a, b) => differing(a.value, written, is) - differing(b.value, written, is));
  if (!best) return undefined;
  const other = mistakeOf(best.value, is, slide(image, kernel, { ...best.way, isTurned: !best.way.isTurned }));
  // Where several strides and paddings are possible, only what is nearly one of them is meant to be it.
  const slides = new Set(compared.map(({ value }) => value.rows.flat().map(toFloat).join()));
  const isNear = differing(best.value, written, is) * 3 <= is.rows.flat().length;
  if ((isLoose || slides.size > 1) && !isNear && other === undefined) return undefined;
  const { entry } = best.comparison;
  return {
    verdict: "wrong",
    how: "numbers",
    values: [best.value, is],
    ...(entry ? { entry } : {}),
    ...(other ? { mistake: other } : {}),
  };
}

/** What was done instead, where just that gives what is written. */
function mistakeOf(
  value: MatrixOfNumbers,
  is: MatrixOfNumbers,
  turned: MatrixOfNumbers | undefined,
): string | undefined {
  if (isSameValue(transposed(value), is)) return "it is transposed";
  if (turned && isSameValue(turned, is))
    return "the kernel is turned where it should stay as it is, or the other way round";
  return undefined;
}
