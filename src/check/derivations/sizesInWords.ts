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
const OUTPUT = inWords(
  "\\b(?:(?:output|result)(?: (?:size|shape|volume|map))?(?: is| has| becomes| will be)(?: (?:size|shape|of|a|an))*|makes it|it is) ?SIZEEND(?! ?(?:conv|filter|kernel|window|pool|matri|\\w+ pool))",
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

/** Words with which stacked layers see another field. */
const FARTHER = /dilat|atrous|à trous|stride[^.]{0,6}[2-9]|pool/i;

/** What a text says in words of the receptive field of convolutions, and of the size of an output. */
export function* sizesInWords(source: string): Generator<KeptStep> {
  const text = withPlainSigns(source);
  const isSaid = ({ index }: RegExpExecArray): boolean => isPlain(sentenceBefore(text, index));
  for (const match of text.matchAll(FIELDS)) {
    const [a, k, , , n, b, l, , , m] = match.slice(1);
    const field = 1 + countOf(a ?? b) * (Number(k ?? l) - 1);
    const name = "the receptive field of these convolutions";
    if (/receptive/i.test(paragraphAt(text, match.index)) && !FARTHER.test(text) && isSaid(match))
      yield noteOf(match, name, `${field}`, Number(n ?? m) === field);
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

/** The outputs whose layer and input stand before them in their paragraph. */
function* outputs(text: string): Generator<KeptStep> {
  let [end, last]: [number, readonly number[]] = [0, []];
  for (const match of text.matchAll(OUTPUT)) {
    const blank = text.lastIndexOf("\n\n", match.index);
    const start = Math.max(end, blank);
    if (blank > end) last = [];
    const before = text.slice(start, match.index);
    const behind = text.slice(match.index + match[0].length, match.index + match[0].length + 1);
    end = match.index + match[0].length;
    const windows = [...before.matchAll(WINDOW)];
    const rest = before.replace(WINDOW, " ");
    const inputs = [...rest.matchAll(SIZES)].map((m) => m.slice(1, 4).filter(Boolean).map(Number));
    const own = match.slice(1, 4).filter(Boolean).map(Number);
    const [input = last] = inputs;
    last = own;
    const sides = windows[0]?.slice(1).filter(Boolean).map(Number) ?? [];
    const [paddings, strides] = [PADDING, STRIDE].map((said) =>
      [...before.matchAll(said)].map((m) => Number(m.slice(1).find(Boolean) ?? 0)),
    );
    const [n = 0, k = 0] = [input[0], sides[0]];
    const areSquare = [input, sides, own].every(([a, b]) => a !== undefined && a === b);
    if (
      !areSquare ||
      windows.length > 1 ||
      inputs.length > 1 ||
      !isPlain(rest) ||
      SEVERAL.test(before) ||
      /[×x]/.test(behind)
    )
      continue;
    if (!paddings || !strides || paddings.length > 1 || strides.length > 1) continue;
    const isPool = /pool/i.test(windows[0]?.[0] ?? "");
    if (/pool/i.test(rest) || (strides.length === 0 && /stride/i.test(rest))) continue;
    const p = paddings.length > 0 || isPool ? paddings : [0, (k - 1) / 2];
    const sizes = (strides.length > 0 ? strides : isPool ? [1, k] : [1]).flatMap((s) =>
      (p.length > 0 ? p : [0]).map((padding) => Math.floor((n + 2 * padding - k) / s) + 1),
    );
    const filters = isPool ? input[2] : countOf([...before.matchAll(FILTERS)][0]?.[1]);
    const [, , depth] = own;
    const isRight = sizes.includes(own[0] ?? 0);
    if (depth !== undefined && depth !== filters) continue;
    const isSaid = inputs.length > 0 && strides.length > 0 && (paddings.length > 0 || (isPool && !/pad/i.test(rest)));
    if (isRight || isSaid) yield noteOf(match, "the output size of this layer", `${sizes[0]}×${sizes[0]}`, isRight);
  }
}
