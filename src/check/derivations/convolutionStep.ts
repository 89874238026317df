import { allWithin, type MathExpr } from "../../core/math/expression.js";
import { isMatrix, type MatrixOfNumbers } from "../../core/math/value.js";
import { type Chain, type Link, readLink, readPlainly } from "../../read/math/chains.js";
import type { Token } from "../../read/math/token.js";
import { plainReading } from "../../read/math/tokenStream.js";
import type { Given } from "../quantities/given.js";
import { derivedLetter, paddedGradient, starGradient } from "./convolutionGradient.js";
import { decideConvolution, type Slid } from "./decideConvolution.js";
import type { Known } from "./decideStep.js";
import { numbersOf } from "./numbersOf.js";
import type { StepAnswer } from "./stepAnswer.js";

/** Words of a sentence that gives the result of a convolution. */
export const SAYS_CONVOLUTION = /convol|correlat/i;

const isStar = ({ kind, text }: Token): boolean => kind === "sign" && /^[*⋆∗⊛]$/.test(text);

/** Whether a chain may give a convolution: it has a star in it, or stands behind words that say so. */
export const mayConvolve = ({ links }: Chain, isSpoken: boolean): boolean =>
  isSpoken || links.some((link) => link.tokens.some(isStar));

/** What is said of a matrix that is given for a convolution of two others; undefined where none is given, or nothing is clear. */
export function convolutionStep(chain: Chain, at: number, known: Known, given: Given): StepAnswer | undefined {
  const [left, right] = [chain.links[at], chain.links[at + 1]];
  if (!left || !right || !/^:?=$/.test(chain.relations[at] ?? "")) return undefined;
  const reading = plainReading(chain.isLatex);
  const written = readLink(right, reading);
  const of = readLink(left, reading);
  // w ← w − η X ⋆ dY
  const isUpdate = of?.kind === "symbol" && written?.kind === "binary" && written.op === "-";
  const step = isUpdate ? [...allWithin(written.right)].find((e) => e.kind === "binary" && e.op === "⋆") : undefined;
  const letter = isUpdate && step ? of.name.split("_")[0] : derivedLetter(of);
  const sliding = step ?? written;
  const padded = letter === undefined || isUpdate ? undefined : paddedGradient(letter, right.tokens, given);
  const star = padded ?? (letter !== undefined && sliding ? starGradient(letter, sliding, given) : undefined);
  if (star && (!step || star.verdict === "right")) return { ...star, at: { from: right.from, to: right.to } };
  const number = written && numbersOf(written, known.values);
  if (!written || number === undefined) return undefined;
  const is = isMatrix(number) ? number : { rows: [[number]] };
  const stars = starred(left, chain, known);
  const isSpoken = at === 0 && is === number && !right.tokens.some(isStar);
  const slid = stars ?? (isSpoken ? spoken(left, chain, known, given) : undefined);
  // Of two vectors a number may be the product.
  if (is !== number && slid?.image.rows.some((row, _, all) => row.length === 1 || all.length === 1)) return undefined;
  const answer = slid && decideConvolution(slid, written, is, given);
  return answer && { ...answer, at: { from: right.from, to: right.to } };
}

const matrixOf = (e: MathExpr, known: Known): MatrixOfNumbers | undefined => {
  const value = known.values.get(`∂${derivedLetter(e)}`) ?? numbersOf(e, known.values);
  return value !== undefined && isMatrix(value) ? value : undefined;
};

/** `x * h`, `X ⋆ K`. */
function starred(link: Link, { isLatex }: Chain, known: Known): Slid | undefined {
  const star = link.tokens.find(isStar);
  const e = star && readPlainly(link, isLatex);
  if (e?.kind !== "binary" || (e.op !== "*" && e.op !== "⋆") || e.implicit) return undefined;
  return paired(matrixOf(e.left, known), matrixOf(e.right, known), e.op === "⋆");
}

/** The larger one of two matrices is the image. */
function paired(
  a: MatrixOfNumbers | undefined,
  b: MatrixOfNumbers | undefined,
  isCorrelation: boolean,
): Slid | undefined {
  if (!a || !b) return undefined;
  const isSmaller = b.rows.length > a.rows.length || (b.rows[0]?.length ?? 0) > (a.rows[0]?.length ?? 0);
  return isSmaller ? { image: b, kernel: a, isCorrelation } : { image: a, kernel: b, isCorrelation };
}

const IMAGE = /^(?:[xXIAf]|image|input)$/;
const KERNEL = /^(?:[hHkKwWg]|kernel|filter)$/;

/** `Y = …` behind words that say that it is a convolution, where the document has one image and one kernel. */
function spoken(link: Link, { isLatex }: Chain, { values }: Known, given: Given): Slid | undefined {
  const name = readPlainly(link, isLatex);
  // K′, x_pad: another form of what slides, or of what it slides over.
  const letter = name?.kind === "symbol" ? name.name.replace(/[^\p{L}].*/u, "") : "x";
  if (name?.kind !== "symbol" || IMAGE.test(letter) || KERNEL.test(letter)) return undefined;
  if (!SAYS_CONVOLUTION.test(given.paragraph)) return undefined;
  const named = (names: RegExp): readonly MatrixOfNumbers[] =>
    [...values].flatMap(([n, v]) => (names.test(n) && n !== name.name && isMatrix(v) ? [v] : []));
  const [image, ...images] = named(IMAGE);
  const [kernel, ...kernels] = named(KERNEL);
  const slid = images.length + kernels.length === 0 ? paired(image, kernel, false) : undefined;
  return slid && { ...slid, isLoose: !SAYS_CONVOLUTION.test(given.before) };
}
