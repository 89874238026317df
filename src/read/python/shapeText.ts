import { type Dim, dimSymbol } from "../../core/dims/dim.js";
import { compile, isDim } from "../../core/expr/evaluate.js";
import { readFormula } from "../../core/expr/read.js";
import type { Shape, Size } from "../../core/layer/op.js";
import { namesIn } from "../../core/layer/prepare.js";

/** A shape as text says it. */
export interface WrittenShape {
  readonly sizes: Shape;
  /** Whether brackets or commas are around it, so that the batch stands in it: `(N, 3, 32, 32)`; else `28x28x1`. */
  readonly bracketed: boolean;
  /** Whether an annotation says it, which says every dimension. */
  readonly isAnnotated?: true;
}

/** A name that stands for a size: `num_classes`. */
const NAME = /^(?=.{1,30}$)[a-z]+(?:_[a-z\d]+)+$/i;

/** The size that a text such as `64`, `H/2` or `B` says; undefined where it says none. `?`, `-1` and `None` are unknown sizes. */
function readSize(text: string): { readonly size: Size } | undefined {
  const clean = text.trim();
  if (/^(\?|-1|None|\*)$/.test(clean)) return { size: undefined };
  if (/^\d{1,9}$/.test(clean)) return { size: Number(clean) };
  if (NAME.test(clean)) return { size: dimSymbol(clean) };
  if (clean.length > 24 || !/^[\w\s+\-*/().]+$/.test(clean) || !/^[\w(]/.test(clean)) return undefined;
  const words = clean.match(/[A-Za-z_]\w*/g) ?? [];
  if (words.some((w) => w.length > 10) || /\w\s+[A-Za-z_]|[A-Za-z_]\s+\w/.test(clean)) return undefined;
  const expr = readFormula(clean.replaceAll("//", "/"));
  if (!expr) return undefined;
  const names = Object.fromEntries([...namesIn(expr)].map((n) => [n, dimSymbol(n)]));
  const value = compile(expr)(names);
  return isDim(value) ? { size: value } : undefined;
}

/** The shape that a whole text is: `(N, 10, 14, 14)`, `[B, 64, H/2, W/2]`, `14x14x10`, `1 × 28 × 28`; undefined for anything else. */
export function readShape(text: string): WrittenShape | undefined {
  const clean = text
    .trim()
    .replace(/^torch\.Size\((.*)\)$/, "$1")
    .trim();
  const inside = /^\((.*)\)$|^\[(.*)\]$/.exec(clean);
  const list = inside?.[1] ?? inside?.[2];
  if (list?.includes(",")) return fromParts(list.replace(/,\s*$/, "").split(","), true);
  const crossed = (list ?? clean).split(/\s*[×✕]\s*|(?<=[\dA-Z?)])\s*[xX*]\s*(?=[\dA-Z?(])/);
  if (crossed.length < 2 || crossed.length > 6) return undefined;
  const shape = fromParts(crossed, false);
  // `3 x 3` alone is a kernel's size more often than a shape; what is meant shows by its length.
  return shape;
}

function fromParts(parts: readonly string[], bracketed: boolean): WrittenShape | undefined {
  const sizes: Size[] = [];
  for (const part of parts) {
    const read = readSize(part);
    if (!read) return undefined;
    sizes.push(read.size);
  }
  return sizes.length > 0 && sizes.length <= 6 ? { sizes, bracketed } : undefined;
}

/** What a comment claims: the shape that goes in, the shape that comes out, a count of parameters. */
export interface CommentClaim {
  readonly input?: WrittenShape;
  readonly output?: WrittenShape;
  readonly params?: Dim;
  /** A receptive field, one size for all axes or one for each. */
  readonly field?: readonly number[];
  /** Whether it says "weights", which need not include a bias. */
  readonly isWeights?: boolean;
}

const LEAD =
  /^(?:(?:now|the|gives|becomes|is|has|of|output|out|input|in|shape|size|dims?|dimensions|x(?:\.shape)?|y|z|h|feature map)\b\s*)*\s*(?:[:=]|->|=>|→)?\s*/i;
const PARAMS =
  /^(?:#?\s*(?:of\s+)?(?:trainable\s+)?(?:params?|parameters|weights)\s*[:=]\s*([\d\s,_.*+()xX×]+)|([\d\s,_.*+()xX×]+?)\s*(?:params?|parameters))\.?$/i;

const FIELD =
  /^(?:(?:rf|receptive[ -]field)(?: size)?\s*(?:is|[:=])?\s*(\d{1,5})(?:\s*[x×]\s*(\d{1,5}))?|(\d{1,5})(?:\s*[x×]\s*(\d{1,5}))?\s*(?:rf|receptive[ -]field))(?:\s*(?:px|pixels?))?\.?$/i;

/** Reads a comment that is nothing but a claim; anything else claims nothing. */
export function readComment(comment: string): CommentClaim | undefined {
  const text = comment.replace(/^#+\s?/, "").trim();
  if (text === "" || text.length > 160) return undefined;
  const params = readCount(
    PARAMS.exec(text)
      ?.slice(1)
      .find((g) => g !== undefined),
  );
  if (params !== undefined) return { params, isWeights: /weights/i.test(text) };
  const field = FIELD.exec(text)
    ?.slice(1)
    .filter((size) => size !== undefined);
  if (field) return { field: field.map(Number) };
  const parts = text.split(/\s*(?:->|=>|→|⟶|-->)\s*/).map((p) => p.trim());
  if (parts.length === 1) {
    const output = readShape(withoutLead(text));
    return output ? { output } : undefined;
  }
  const [first = "", last = ""] = [parts[0], parts.at(-1)];
  const output = readShape(withoutLead(last));
  if (!output) return undefined;
  const input = readShape(withoutLead(first.replace(/^\w+:\s*/, "")));
  return { output, ...(input ? { input } : {}) };
}

/** A text without the words that lead to its shape: `output shape:`, `->`. */
export const withoutLead = (text: string): string => text.replace(LEAD, "").replace(/[.;]$/, "");

/** A count as people write it: `910`, `1,234`, `3*3*10*10+10`. */
export function readCount(text: string | undefined): Dim | undefined {
  if (text === undefined || !/\d/.test(text)) return undefined;
  const clean = text
    .trim()
    .replace(/(?<=\d),(?=\d{3}\b)/g, "")
    .replace(/(?<=\d)_(?=\d)/g, "")
    .replace(/[xX×·]/g, "*");
  const expr = readFormula(clean);
  const value = expr && compile(expr)({});
  return isDim(value) ? value : undefined;
}
