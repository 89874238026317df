import { paragraphAt } from "./memorySizes.js";
import {
  countOf,
  FILTERS,
  inWords,
  isPlain,
  PADDING,
  STRIDE,
  sentenceBefore,
  WINDOW,
  withPlainSigns,
} from "./plainWords.js";
import type { StepAnswer } from "./stepAnswer.js";
import type { KeptStep } from "./stepCache.js";

const STACK = "COUNT (?:stacked |consecutive |successive )?SIZE conv\\w*(?: layers?)?(?: with stride 1)?";
const FIELDS = inWords(
  `(?:(?:receptive )?field|that) of ${STACK} (?:is|equals) ?(\\d+)(?: ?[×x] ?\\d+)?END|\\b${STACK} (?:has|have|gives?|sees?) an? (?:\\w+ )?receptive field of ?(\\d+)(?: ?[×x] ?\\d+)?END`,
);
const NO_LAYER = "END(?! ?(?:conv|filter|kernel|window|pool|matri|\\w+ pool))";
/** What may stand behind the size of an output: the end of what is said of it, or what it is. */
const IS_OUTPUT = "(?= ?(?:$|[.,;:)\\n]|and\\b|output|feature|volume|tensor|map|image|activation|result))";
const OUTPUT = inWords(
  [
    `\\b(?:(?:output|result)(?: (?:size|shape|volume|map))?(?: is| has| becomes| will be)(?: (?:size|shape|of|a|an))*|makes it|it is) ?SIZE${NO_LAYER}`,
    `\\bto(?: (?:a|an))* ?SIZE${NO_LAYER}${IS_OUTPUT}`,
    `\\b(?:gives?|yields?|produces?|returns?|outputs?|results? in|leads? to|becomes|into)(?: (?:an|a|us|the|output|size|shape|volume|feature|map|of))* ?SIZE${NO_LAYER}${IS_OUTPUT}`,
  ].join("|"),
);
/** Verbs that go with `to 14×14`. */
const CHANGES = /\b(?:reduc|map|transform|convert|tak|bring|turn|go)\w*/i;
const KEEPS = inWords(
  `\\b(?:keeps|preserves|maintains|leaves)(?: (?:the|its|spatial|input|size|shape|resolution|of|at|a|an))* ?SIZE${NO_LAYER}`,
);
const SIZES = inWords("SIZE");
const LETTER = inWords("\\b(?:(W|N|H)|(K|F)|(S)|(P))(?:_\\{?in\\}?)? ?= ?(\\d+)(?![.\\d]*\\d)");
const SIDE = inWords(
  "\\boutput(?: (?:size|width|side|height))?(?: is| has| becomes| will be| ?=)(?: (?:size|of))* ?(?:[\\d ()+·/⌊⌋-]+= ?)?(\\d+)(?: ?[×x] ?(\\d+))?END",
);

/** What is said of the last number or size in a match, by what it should be. */
function noteOf(match: RegExpExecArray, name: string, right: string, isRight: boolean): KeptStep {
  const { 0: all, index } = match;
  const span = { from: index + all.search(/\S/), to: index + all.length };
  const given = /\d+(?:\s*[×x]\s*\d+)*(?=\D*$)/.exec(all);
  const at = given ? { from: index + given.index, to: index + given.index + given[0].length } : span;
  const answer: StepAnswer = {
    verdict: isRight ? "right" : "wrong",
    how: "quantity",
    quantity: { name, say: "", right },
    at,
  };
  return { answer, span, plain: all.trim().replace(/\s+/g, " ") };
}

/** Words of a section with which stacked layers see another field. */
const FARTHER = /dilat|atrous|à trous|stride[^.]{0,6}[2-9]/i;

/** What stands under the last heading before a place, and behind it. */
const sectionAt = (text: string, at: number): string => text.slice(Math.max(0, text.lastIndexOf("\n#", at)));

/** What a text says in words of the receptive field of convolutions, and of the size of an output. */
export function* sizesInWords(source: string): Generator<KeptStep> {
  const text = withPlainSigns(source);
  const isSaid = ({ index }: RegExpExecArray): boolean => isPlain(sentenceBefore(text, index));
  for (const match of text.matchAll(FIELDS)) {
    const [a, k, , , n, b, l, , , m] = match.slice(1);
    const isSquare = /[×x]\s*\d+$/.test(match[0]);
    const field = 1 + countOf(a ?? b) * (Number(k ?? l) - 1);
    const name = "the receptive field of these convolutions";
    const paragraph = paragraphAt(text, match.index);
    const isPlainStack = !FARTHER.test(sectionAt(text, match.index)) && !/pool/i.test(paragraph);
    if (/receptive/i.test(paragraph) && isPlainStack && isSaid(match))
      yield noteOf(match, name, isSquare ? `${field}×${field}` : `${field}`, Number(n ?? m) === field);
  }
  yield* outputs(text);
  yield* outputsByLetters(text);
}

/** Outputs whose layer stands before them in letters: `with W = 28, K = 2, S = 2 the output is 14`. */
function* outputsByLetters(text: string): Generator<KeptStep> {
  for (const match of text.matchAll(SIDE)) {
    const before = sentenceBefore(text, match.index);
    const rest = before.replace(LETTER, " ");
    const letters = [...before.matchAll(LETTER)].map((m) => m.slice(1, 5).findIndex(Boolean));
    const numbers = [...before.matchAll(LETTER)].map((m) => Number(m[5]));
    const [n, k, s, p] = [0, 1, 2, 3].map((letter) => numbers[letters.indexOf(letter)]);
    const [, side, other = side] = match;
    if (n === undefined || !k || s === 0 || new Set(letters).size < letters.length || other !== side) continue;
    if (!isPlain(rest) || SEVERAL.test(rest) || /\d/.test(rest)) continue;
    const isPool = /pool/i.test(rest);
    const [padding = 0, stride = isPool ? k : 1] = [p, s];
    const right = Math.floor((n + 2 * padding - k) / stride) + 1;
    const isRight = Number(side) === right;
    if (isRight || (s !== undefined && (p !== undefined || isPool)))
      yield noteOf(match, "the output size of this layer", `${right}`, isRight);
  }
}

/** Words for more than one layer. */
const SEVERAL = /layers|convs|convolutions|stack/i;

/** The outputs whose layer and input stand before them in their paragraph, and sizes that a layer is said to keep. */
function* outputs(text: string): Generator<KeptStep> {
  let [end, last]: [number, readonly number[]] = [0, []];
  const kept = [...text.matchAll(KEEPS)].map((match) => ({ match, isKept: true }));
  const made = [...text.matchAll(OUTPUT)]
    .filter(({ 0: said, index }) => !/^to\b/i.test(said) || CHANGES.test(sentenceBefore(text, index)))
    .map((match) => ({ match, isKept: false }));
  for (const { match, isKept } of [...kept, ...made].sort((a, b) => a.match.index - b.match.index)) {
    const blank = text.lastIndexOf("\n\n", match.index);
    const start = Math.max(end, blank);
    if (blank > end) last = [];
    const before = text.slice(start, match.index);
    const behind = text.slice(match.index + match[0].length, match.index + match[0].length + 1);
    end = match.index + match[0].length;
    const own = match.slice(1).filter(Boolean).map(Number);
    const given = layerBefore(before);
    const input = isKept ? own : (given?.input ?? last);
    last = own;
    if (!given || (isKept && given.input) || /[×x]/.test(behind)) continue;
    const right = outputOf(given, input, own);
    if (right) yield noteOf(match, "the output size of this layer", right.text, right.isRight);
  }
}

/** One layer and what goes into it, as the text before its output says. */
interface SaidLayer {
  readonly input: readonly number[] | undefined;
  readonly sides: readonly number[];
  readonly isPool: boolean;
  /** As they are said; empty where they are not. */
  readonly paddings: readonly number[];
  readonly strides: readonly number[];
  readonly filters: number | undefined;
}

/** The one layer of which a text speaks in plain words; undefined where it speaks of more, or of something else. */
function layerBefore(before: string): SaidLayer | undefined {
  const windows = [...before.matchAll(WINDOW)];
  const rest = before.replace(WINDOW, " ");
  const inputs = [...rest.matchAll(SIZES)].map((m) => m.slice(1, 4).filter(Boolean).map(Number));
  const [paddings = [], strides = []] = [PADDING, STRIDE].map((said) =>
    [...before.matchAll(said)].map((m) => Number(m.slice(1).find(Boolean) ?? 0)),
  );
  // The 5 of `5×5 filters` is no number of them.
  const isCount = (m: RegExpExecArray): boolean => !/[×x]\s*$/.test(before.slice(0, m.index));
  const filters = [...before.matchAll(FILTERS)].filter(isCount).map((m) => countOf(m[1]));
  const isPool = /pool/i.test(windows[0]?.[0] ?? "");
  const isOne = windows.length === 1 && inputs.length < 2 && paddings.length < 2 && strides.length < 2;
  if (!isOne || filters.length > 1 || !isPlain(rest) || SEVERAL.test(before)) return undefined;
  if ((!isPool && /pool/i.test(rest)) || (strides.length === 0 && /stride/i.test(rest))) return undefined;
  if (isPool && paddings.length === 0 && /pad/i.test(rest)) return undefined;
  const sides = windows[0]?.slice(1).filter(Boolean).map(Number) ?? [];
  return { input: inputs[0], sides, isPool, paddings, strides, filters: filters[0] };
}

/** Strides that layers have in practice. */
const STRIDES = [1, 2, 3, 4];

/** What comes out of a layer, and whether that is what is said; undefined where it may or may not be, by what is not said of the layer. */
function outputOf(
  { sides, isPool, paddings, strides, filters }: SaidLayer,
  input: readonly number[],
  own: readonly number[],
): { readonly text: string; readonly isRight: boolean } | undefined {
  const areSquare = [input, sides, own].every(([a, b]) => a !== undefined && a === b);
  if (!areSquare) return undefined;
  const [n = 0, k = 0] = [input[0], sides[0]];
  const sizesBy = (by: readonly number[], around: readonly number[]): readonly number[] =>
    by.flatMap((s) => around.map((p) => Math.floor((n + 2 * p - k) / s) + 1));
  const usualPaddings = paddings.length > 0 ? paddings : isPool ? [0] : [0, (k - 1) / 2];
  const usualStrides = strides.length > 0 ? strides : isPool ? [1, k] : [1];
  const usual = sizesBy(usualStrides, usualPaddings);
  const possible = sizesBy(
    strides.length > 0 ? strides : [...STRIDES, k],
    paddings.length > 0 || isPool ? usualPaddings : Array.from({ length: k }, (_, p) => p),
  );
  const depth = isPool ? input[2] : filters;
  const [size, , ownDepth = depth] = own;
  const whole = [usual[0], usual[0], ...(own.length > 2 ? [depth ?? own[2]] : [])].join("×");
  const text = paddings.length > 0 || isPool ? whole : `${whole} without padding`;
  if (depth !== undefined && ownDepth !== depth)
    return usual.includes(size ?? 0) ? { text: sized(own, depth), isRight: false } : undefined;
  if (usual.includes(size ?? 0)) return { text, isRight: true };
  return possible.includes(size ?? 0) ? undefined : { text, isRight: false };
}

const sized = ([height, width]: readonly number[], depth: number): string => [height, width, depth].join("×");
