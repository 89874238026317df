import type { Stretch } from "./written.js";

const SIZES = String.raw`\d[\d,]*(?:\s?[x×*]\s?\d+)*`;

/** A shape, in brackets or with crosses, or one number; behind it the line ends, or says more in brackets or words. */
export const SHAPE = String.raw`(?:\[[^[\]]{1,40}\]|\((?:None|N|B|-1|\d+)\s*,[^()]{1,40}\)|(?:\d+@)?${SIZES})(?![\w%@]|\.\w)`;

/** What stands before a layer's output, parted: what comes in, and the words for the layer. */
export interface OwnInput {
  readonly size: Stretch;
  /** The layer's words before the size and behind it. */
  readonly layer: readonly [before: Stretch, behind: Stretch];
}

/** Sides beyond this are no window's. */
const LARGEST_WINDOW = 11;

const ONE = new RegExp(String.raw`(?<![\w.@×*]|[x×*]\s)${SHAPE}`, "g");
/** In A → layer → B the first is what comes in. */
const CHAINED = new RegExp(String.raw`^(${SHAPE})\s*(?:→|⟶|->|=>|⇒)\s*(?=[*\x60]*\p{L}|(?<=[x×*,].*)\d)`, "u");
/** A fully connected layer with what comes in: `FC1: 400`, `Dense(10): 1568`. */
const FEATURES =
  /(?<![a-z])(?:fc|dense|linear|affine|fully[\s-]connected)(?:[\s_-]?\d{1,2})?(?:\s?\([^()]*\))?[`*]*(?<gap>\s*:\s*|\s+)(?<size>\d[\d,]*)\s*(?:features|inputs)?\s*$/i;

const INPUT_WORD = /(?<![a-z])input(?:\s+(?:of|size|shape|volume|image|is))*\s*[:=]?\s*(?:an?\s+)?$/i;
/** Words before a size that make it something of the layer's own. */
const OWN_WORD =
  /(?<![a-z])(?:(?:strides?|pad(?:ding|s)?|dilation|rate|kernels?|windows?|filters?|pool\w*|sizes?|[kspdf])(?:\s+of|\s*=)?\s*(?:an?\s+)?|(?<!\d\s?)(?:strides?|pad(?:ding|s)?|dilation|rate|kernels?|windows?|filters?|sizes?|[kspdf])\s*:\s*)$/i;
const WINDOW_WORD = /^\s*(?:filters?|kernels?|conv|windows?|(?:max|avg|average|mean|global)\b|pool|patch)/i;
const PREPOSITION = /(?<![a-z])(?:on|to|over|from|of|for)\s+(?:an?\s+|the\s+)?[`(]*$/i;

/** Whether a size is a window's: small, with the layer's word behind it. */
export const isWindow = (shape: string, behind: string): boolean =>
  (sidesOf(shape)[1] ?? 0) <= LARGEST_WINDOW && /[x×*,]/.test(shape) && WINDOW_WORD.test(behind);

/** The sizes of a shape, the largest first. */
const sidesOf = (shape: string): readonly number[] => (shape.match(/\d+/g) ?? []).map(Number).sort((a, b) => b - a);

/** Whether a text says a layer's window itself, so that another size beside it is none. */
const saysWindow = (text: string): boolean =>
  /\d\s?[x×*]\s?\d|kernel|(?<![a-z])k\s*=\s*\d|[a-z]\w*\s?\(\s*\d|global/i.test(text) ||
  (/flat|dense|linear|fully|(?<![a-z])fc|relu|tanh|sigmoid|softmax|dropout|norm/i.test(text) &&
    !/conv|filter|kernel|pool/i.test(text));

/** What a line of a list says comes in, in the words before what comes out; nothing where such a size may be a window. */
export function ownInput(before: string, output: string): OwnInput | undefined {
  const chained = CHAINED.exec(before);
  if (chained) return parted(before, 0, chained[1]?.length ?? 0, chained[0].length);
  for (const match of before.matchAll(ONE)) {
    const [lead, tail] = [before.slice(0, match.index), before.slice(match.index + match[0].length)];
    if (isInput(match[0], lead, tail)) return parted(before, match.index, match.index + match[0].length);
  }
  const { gap = "", size = "" } = FEATURES.exec(before)?.groups ?? {};
  // One number is the units, or what comes in; where it is not what comes out, it can only be the latter.
  const isFeatures = /^[\d,]+$/.test(output) && size !== "" && size !== output;
  if (!isFeatures || (!gap.includes(":") && Number(size.replaceAll(",", "")) <= 12)) return undefined;
  const at = before.lastIndexOf(size);
  return parted(before, at, at + size.length);
}

function isInput(shape: string, lead: string, tail: string): boolean {
  const sizes = sidesOf(shape);
  if (sizes.length < 2) return false;
  if (INPUT_WORD.test(lead)) return true;
  if (WINDOW_WORD.test(tail) || OWN_WORD.test(lead)) return false;
  const isFirst = /^[\s`*]*$/.test(lead) && /^[\s`*]*[,;:]/.test(tail);
  const isLast = /^[\s)`*]*(?:(?:input|image|volume|feature map)\s*)?$/i.test(tail) && /[:;,(–—][\s`*(]*$/.test(lead);
  if (!isFirst && !isLast && !PREPOSITION.test(lead)) return false;
  // Two sides of an image are large; the smaller are windows, unless the line has one already.
  const isLarge = (sizes[1] ?? 0) > LARGEST_WINDOW;
  const mayBeSmall = sizes.length > 2 || /:[\s`*]*$/.test(lead);
  return isLarge || (mayBeSmall && saysWindow(`${lead} ${tail}`));
}

/** A text parted at a size; what joins it to the layer's words belongs to neither. */
function parted(text: string, from: number, to: number, behind = to): OwnInput {
  const lead = text.slice(0, from).replace(/[\s:;,(–—]+$/, "").length;
  const gap = /^[\s:;,)–—]*/.exec(text.slice(behind))?.[0].length ?? 0;
  return {
    size: { from, to },
    layer: [
      { from: 0, to: lead },
      { from: Math.min(text.length, behind + gap), to: text.length },
    ],
  };
}
