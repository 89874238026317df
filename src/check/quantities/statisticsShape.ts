import type { Link } from "../../read/math/chains.js";
import type { Given } from "./given.js";

/** What is said of the shape of batch norm's statistics. */
export interface ShapeAnswer {
  readonly verdict: "right" | "wrong";
  /** The shape that is right. */
  readonly right: string;
  readonly say: string;
}

/** The sizes of a shape that is written with crosses: `1×H×W×C`, `\mathbb{R}^{1 \times C}`. */
function sizesOf({ tokens }: Link): readonly string[] | undefined {
  const group = tokens.findLastIndex((t) => t.text === "^");
  const own = tokens.slice(group + 1).filter((t) => !/^[{}()]$/.test(t.text));
  const sizes = own.filter((_, i) => i % 2 === 0).map((t) => t.text);
  const areCrossed = own.length >= 3 && own.length % 2 === 1 && own.every((t, i) => i % 2 === 0 || t.text === "×");
  return areCrossed && sizes.every((s) => /^(?:1|[A-Za-z])$/.test(s)) ? sizes : undefined;
}

const STATISTICS = /\b(?:means?|variances?|statistics?|moments)\b|γ|β|\\gamma|\\beta|μ|\\mu|σ|\\sigma/i;

/**
 * Whether a shape is one for batch norm's mean and variance: one number for each channel, or for each feature behind a linear layer.
 * Undefined where the text does not speak of them, or speaks of another norm.
 */
export function decideStatistics(link: Link, given: Given): ShapeAnswer | undefined {
  if (!link.tokens.some((t) => t.text === "×")) return undefined;
  const { before, paragraph } = given;
  if (!/batch[- ]?norm/i.test(paragraph) || /layer[- ]?norm|instance[- ]?norm|group[- ]?norm/i.test(paragraph))
    return undefined;
  const said = link.tokens.map((t) => t.text).join("");
  if (!STATISTICS.test(before) && !STATISTICS.test(said)) return undefined;
  const sizes = sizesOf(link);
  if (!sizes || /input|activation|output|tensor|feature map/i.test(before.slice(-40))) return undefined;
  const kept = sizes.filter((s) => s !== "1");
  const [only, ...more] = kept;
  if (only !== undefined && more.length === 0 && /^[CDdFcM]$/.test(only))
    return { verdict: "right", right: sizes.join("×"), say: "" };
  const channel = kept.find((s) => /^[CDFcd]$/.test(s));
  if (!channel || !kept.some((s) => /^[NHWBhw]$/.test(s))) return undefined;
  const say = kept.some((s) => /^[HWhw]$/.test(s))
    ? "a convolution's channel is averaged over its places, too"
    : "the batch is what is averaged over";
  return { verdict: "wrong", right: sizes.map((s) => (s === channel ? s : "1")).join("×"), say };
}
