import { equal, type Known, less } from "../dims/compare.js";
import { type Dim, multiply } from "../dims/dim.js";
import type { Shape, Size } from "../layer/op.js";
import { isNotOne } from "./operands.js";

/** The strides of a tensor whose numbers lie in memory as its sizes stand; unknown where a size behind the first is. */
export function contiguousStrides(shape: Shape | undefined): readonly Dim[] | undefined {
  if (!shape) return undefined;
  const strides: Dim[] = [];
  let step: Size = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    if (step === undefined) return undefined;
    strides.unshift(step);
    const size: Size = shape[i];
    step = size === undefined ? undefined : multiply(step, size);
  }
  return strides;
}

const isOther = (a: Dim, b: Dim): Known => {
  const alike = equal(a, b);
  return alike === undefined ? undefined : !alike;
};

/** Whether sizes can be laid over the numbers of a tensor where they lie, as `view` does; undefined where that depends. */
export function canView(shape: Shape, strides: readonly Dim[] | undefined, sizes: Shape): Known {
  if (!strides || strides.length !== shape.length || [...shape, ...sizes].some((d) => d === undefined || d === 0))
    return undefined;
  const [old, asked] = [shape as readonly Dim[], sizes as readonly Dim[]];
  let at = asked.length - 1;
  let base: Dim = strides.at(-1) ?? 1;
  let [run, covered]: [Dim, Dim] = [1, 1];
  for (let d = old.length - 1; d >= 0; d--) {
    run = multiply(run, old[d] as Dim);
    if (d > 0) {
      const isBreak = isOther(strides[d - 1] as Dim, multiply(run, base));
      // A size of 1 breaks nothing; one that may be 1 leaves it open.
      if (isBreak === undefined || (isBreak && !isNotOne(old[d - 1]) && old[d - 1] !== 1)) return undefined;
      if (!isBreak || old[d - 1] === 1) continue;
    }
    for (; at >= 0; at--) {
      const isShort = less(covered, run);
      const isOne = equal(asked[at] as Dim, 1);
      if (isShort === undefined || (!isShort && isOne === undefined)) return undefined;
      if (!isShort && !isOne) break;
      covered = multiply(covered, asked[at] as Dim);
    }
    const misses = isOther(covered, run);
    if (misses !== false) return misses === undefined ? undefined : false;
    if (d > 0) base = strides[d - 1] as Dim;
    [run, covered] = [1, 1];
  }
  return at < 0 ? true : undefined;
}
