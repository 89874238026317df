import { add, type Dim, multiply } from "../../core/dims/dim.js";
import { isKerasOp } from "../../core/keras/index.js";
import { placesIn } from "../../core/layer/apply.js";
import type { Size } from "../../core/layer/op.js";
import { sequenceSize } from "../../core/ops/attentionRules.js";
import type { LayerCall } from "../../read/python/trace.js";

/** A sum of which parts may not be known. */
export interface Sum {
  readonly known: Dim;
  readonly more: boolean;
}

/** Nothing counted yet. */
export const NOTHING: Sum = { known: 0, more: false };

/** Terms of a sum in symbols that are carried along. */
const MAX_TERMS = 64;

/** A sum with one more part, which may not be known. */
export function plus(sum: Sum, part: Size): Sum {
  const all = part === undefined ? undefined : add(sum.known, part);
  return all === undefined || (typeof all === "object" && all.terms.length > MAX_TERMS)
    ? { known: sum.known, more: true }
    : { known: all, more: sum.more };
}

/** Two sums as one. */
export const together = (a: Sum, b: Sum): Sum => {
  const all = plus(a, b.known);
  return { known: all.known, more: all.more || b.more };
};

/** How many samples an input of a layer has, as its multiply-adds are those of one. */
function samplesOf({ op, args, input }: LayerCall): Size {
  const { shape } = input;
  if (!shape) return undefined;
  if (isKerasOp(op)) return shape[0];
  if (op.input.includes("*")) return shape.length > 1 ? shape[0] : 1;
  if (op.input[0] === "A?") {
    // A stack has the arguments of its layer under that layer's name.
    const isFirst = Object.entries(args).find(([name]) => /(^|_)batch_first$/.test(name))?.[1];
    return shape.length === 2 ? 1 : sequenceSize(shape, { batch_first: isFirst }, "batch");
  }
  const at = placesIn(op.input, shape.length)?.get("N");
  return at === undefined ? 1 : shape[at];
}

/** The products that a call of a layer adds up, for all samples of its input; undefined where they are not known. */
export function productsOf(call: LayerCall): Size {
  const { macs } = call.applied;
  if (macs === 0 || macs === undefined) return macs;
  const samples = samplesOf(call);
  return samples === undefined ? undefined : multiply(samples, macs);
}
