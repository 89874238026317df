import { paragraphAt } from "./memorySizes.js";
import type { StepAnswer } from "./stepAnswer.js";
import type { KeptStep } from "./stepCache.js";

/** A pattern in which a space stands for any space, and some capitals for what is written in many ways. */
const inWords = (source: string): RegExp =>
  new RegExp(
    source
      .replaceAll("SIZE", "(\\d+) ?[×x] ?(\\d+)(?: ?[×x] ?(\\d+))?")
      .replaceAll("END", "(?! ?(?:[-+/·^=(×x%]|cdot|[.,]?\\d))")
      .replaceAll("COUNT", `(\\d+|${COUNTS.join("|")})`)
      .replaceAll(" ?", "\\s*")
      .replaceAll(" ", "\\s+"),
    "gi",
  );

const COUNTS = "zero one two three four five six seven eight nine ten".split(" ");
const countOf = (word = ""): number => (/\d/.test(word) ? Number(word) : COUNTS.indexOf(word.toLowerCase()));

const STACK = "COUNT (?:stacked |consecutive |successive )?SIZE conv\\w*(?: layers?)?(?: with stride 1)?";
const FIELDS = inWords(
  `(?:(?:receptive )?field|that) of ${STACK} (?:is|equals) ?(\\d+)(?: ?[×x] ?\\d+)?END|\\b${STACK} (?:has|have|gives?|sees?) an? (?:\\w+ )?receptive field of ?(\\d+)(?: ?[×x] ?\\d+)?END`,
);
const OUTPUT = inWords(
  "\\b(?:(?:output|result)(?: (?:size|shape|volume|map))?(?: is| has| becomes| will be)(?: (?:size|shape|of|a|an))*|makes it|it is) ?SIZEEND(?! ?(?:conv|filter|kernel|window|pool|matri|\\w+ pool))",
);
const WINDOW = inWords(
  "SIZE (?:(?:max|average|avg|mean)[- ]?)?(?:pool|conv|filter|kernel|window)\\w*|(?:filters?|kernels?|windows?|pooling)(?: of size| of| is)? SIZE",
);
const PADDING = inWords(
  "\\b(?:no|without)(?: any)? (?:zero[- ])?padding|\\bvalid\\b|\\bpad(?:ding)?(?: of| is| ?=)? ?(\\d+)|(\\d+)(?: pixels? of)?(?: zero[- ])? ?padding",
);
const STRIDE = inWords("\\bstride(?: of| is| ?=)? ?(\\d+)");
const FILTERS = inWords("\\bCOUNT (?:SIZE )?(?:filters|kernels|output channels)");
const SIZES = inWords("SIZE");

/** The words of a sentence that says no more than what goes in and what the layer is. */
const PLAIN = new Set(
  (
    "a an the of and with is are has have to by in on it its this that we our let consider suppose given if for then so hence thus therefore now " +
    "also first next here input inputs image images output outputs size sized shape feature map maps volume goes go passes pass passed through meets " +
    "takes use uses using apply applying applied slide slides over conv convs convolve convolved convolution convolutions convolutional correlation " +
    "cross layer layers filter filters kernel kernels window windows max average avg mean pool pooling stride padding pad zero no without valid see " +
    "get gives give produces which from pixels greyscale grayscale gray grey rgb square unit stacked receptive field question answer learnable parameters channels"
  ).split(" "),
);

/** Whether a text says nothing else: no word that may mean another layer, a condition or a doubt, and no question. */
const isPlain = (text: string): boolean =>
  !text.includes("?") &&
  (text.match(/\p{L}{2,}/gu) ?? []).every((word) => PLAIN.has(word.toLowerCase()) || COUNTS.includes(word));

/** What stands before a place in its sentence, without marks of lists. */
const sentenceBefore = (text: string, at: number): string =>
  /(?:^|[.!?:;\n])([^.!?:;\n]*)$/.exec(text.slice(Math.max(0, at - 300), at))?.[1] ?? "?";

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
  // Each sign stays in its place.
  const text = source.replace(/\\times|[$*\\]/g, (sign) => (sign.length > 1 ? "  ×   " : " "));
  const isSaid = ({ index }: RegExpExecArray): boolean => isPlain(sentenceBefore(text, index));
  for (const match of text.matchAll(FIELDS)) {
    const [a, k, , , n, b, l, , , m] = match.slice(1);
    const field = 1 + countOf(a ?? b) * (Number(k ?? l) - 1);
    const name = "the receptive field of these convolutions";
    if (/receptive/i.test(paragraphAt(text, match.index)) && !FARTHER.test(text) && isSaid(match))
      yield noteOf(match, name, `${field}`, Number(n ?? m) === field);
  }
  yield* outputs(text);
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
