/** Numbers that are written as words, too. */
const COUNTS = "zero one two three four five six seven eight nine ten".split(" ");

/** The number that a word is. */
export const countOf = (word = ""): number => (/\d/.test(word) ? Number(word) : COUNTS.indexOf(word.toLowerCase()));

/** The numbers of a text, in digits or words, but for those behind a label. */
export const countsIn = (text: string, label: RegExp): readonly number[] =>
  [...text.matchAll(NUMBERS)]
    .filter((m) => !label.test(text.slice(0, m.index)))
    .map(([n]) => (/^single$/i.test(n) ? 1 : countOf(n)));

const NUMBERS = new RegExp(`(?<![\\d.,])\\d+(?:\\.\\d+)?|\\b(?:single|${COUNTS.join("|")})\\b`, "gi");

/** A text without the signs of its mathematics, in which each other sign stays in its place. */
export const withPlainSigns = (source: string): string =>
  source.replace(/\\times|\\cdot|[$*\\]/g, (sign) => (sign.length < 2 ? " " : sign === "\\cdot" ? "  ·  " : "  ×   "));

/** A pattern in which a space stands for any space, and some capitals for what is written in many ways. */
export const inWords = (source: string): RegExp =>
  new RegExp(
    source
      .replaceAll("SIZE", "(\\d+) ?[×x] ?(\\d+)(?: ?[×x] ?(\\d+))?")
      .replaceAll("END", "(?! ?(?:[-+/·^=(×x%]|[.,]?\\d))")
      .replaceAll("COUNT", `(\\d+|${COUNTS.join("|")})`)
      .replaceAll(" ?", "\\s*")
      .replaceAll(" ", "\\s+"),
    "gi",
  );

/** The window of a layer: `3×3 convolution`, `filters of size 5×5×3`. */
export const WINDOW = inWords(
  "SIZE (?:(?:max|average|avg|mean)[- ]?)?(?:pool|conv|filter|kernel|window)\\w*|(?:filters?|kernels?|windows?|pooling)(?: of size| of| is)? SIZE",
);

/** How many filters there are, as in `10 filters`. */
export const FILTERS = inWords("\\bCOUNT (?:SIZE )?(?:filters|kernels|output channels)");

/** The zeros around an input. */
export const PADDING = inWords(
  "\\b(?:no|without)(?: any)? (?:zero[- ])?padding|\\bvalid\\b|\\bpad(?:ding)?(?: of| is| ?=)? ?(\\d+)|(\\d+)(?: pixels? of)?(?: zero[- ])? ?padding",
);
/** The step of a window. */
export const STRIDE = inWords("\\bstride(?: of| is| ?=)? ?(\\d+)");

/** The words of a sentence that says no more than what goes in and what the layer is. */
const PLAIN = new Set(
  (
    "a an the of and with is are has have to by in on it its this that we our let consider suppose given if for then so hence thus therefore now " +
    "also first next here input inputs image images output outputs size sized shape feature map maps volume goes go passes pass passed through meets " +
    "takes use uses using apply applying applied slide slides over conv convs convolve convolved convolution convolutions convolutional correlation " +
    "cross layer layers filter filters kernel kernels window windows max average avg mean pool pooling stride padding pad zero no without valid see " +
    "get gives give turns turn transforms reduces reduce maps map converts takes keeps produces which from pixels greyscale grayscale gray grey rgb square unit stacked receptive field question answer learnable parameters channels channel number total trainable"
  ).split(" "),
);

/** Whether a text says nothing else: no word that may mean another layer, a condition or a doubt, and no question. */
export const isPlain = (text: string): boolean =>
  !text.includes("?") &&
  (text.match(/\p{L}{2,}/gu) ?? []).every((word) => PLAIN.has(word.toLowerCase()) || COUNTS.includes(word));

/** What stands before a place in its sentence, without marks of lists; "?" where the sentence is too long. */
export const sentenceBefore = (text: string, at: number): string =>
  /(?:^|[.!?:;\n])([^.!?:;\n]*)$/.exec(text.slice(Math.max(0, at - 300), at))?.[1] ?? "?";

/** What stands behind a place in its sentence. */
export const sentenceBehind = (text: string, at: number): string =>
  /^[^.!?\n]*[.!?]?/.exec(text.slice(at, at + 200))?.[0] ?? "";
