import { equal } from "../dims/compare.js";
import type { Dim } from "../dims/dim.js";
import { printSize, printSizes } from "../layer/explain.js";
import type { Shape, Size } from "../layer/op.js";
import { differ, isNotOne } from "./operands.js";
import { refuse } from "./operation.js";

/** Whether a size is the smaller of another and something else. */
const isCapOf = (a: Dim, b: Dim): boolean => {
  if (typeof a === "number" || typeof b === "number") return false;
  const [only, ...more] = a.terms;
  const [factor, ...others] = only?.factors ?? [];
  if (!only || more.length > 0 || !factor || others.length > 0 || factor.power !== 1 || factor.atom.kind !== "min")
    return false;
  return only.coef.n === 1n && only.coef.d === 1n && (factor.atom.of.key === b.key || factor.atom.or.key === b.key);
};

/** The size that two sizes broadcast to where they do; null where they certainly do not. */
export function meet(x: Size, y: Size): Size | null {
  if (x === 1) return y;
  if (y === 1) return x;
  if (x === undefined || y === undefined) return isNotOne(x) ? x : isNotOne(y) ? y : undefined;
  const alike = equal(x, y);
  if (alike === true) return x;
  const [fixed, other] = [isNotOne(x), isNotOne(y)];
  if (fixed && other) return alike === false ? null : typeof y === "number" ? y : x;
  if (fixed || other) return fixed ? x : y;
  // min(T, 512) beside T: where the two fit at all, they are T.
  return isCapOf(x, y) ? y : isCapOf(y, x) ? x : undefined;
}

/** The shape that shapes broadcast to, from the end; unknown where the number of dimensions of one is. */
export function broadcast(shapes: readonly (Shape | undefined)[], say: readonly string[] = []): Shape | undefined {
  if (shapes.includes(undefined)) return undefined;
  // Numbers stretch nothing.
  const [only, ...more] = shapes.filter((s) => s?.length !== 0);
  if (more.length === 0) return only ?? [];
  let all: Shape = [];
  let first = 0;
  for (const [i, shape] of (shapes as Shape[]).entries()) {
    const rank = Math.max(all.length, shape.length);
    const met: Size[] = [];
    for (let back = rank; back >= 1; back--) {
      const [x, y] = [all[all.length - back], shape[shape.length - back]];
      const size = all.length < back ? y : shape.length < back ? x : meet(x, y);
      if (size === null) doNotMeet(all, shape, [x, y], say[first] ?? "", say[i] ?? "");
      met.push(size);
    }
    if (shape.length > 0 && all.length === 0) first = i;
    all = met;
  }
  return all;
}

function doNotMeet(a: Shape, b: Shape, [x, y]: Shape, one: string, other: string): never {
  const named = (name: string, shape: Shape): string => (name === "" ? "" : `${name} `) + printSizes(shape);
  refuse(
    "broadcast/sizes",
    `${named(one.replace(/^the /, "The "), a)} and ${named(other, b)} do not fit together: from the end, a size ${printSize(x)} meets ${printSize(y)}.`,
    "Make the two the same, or one of them 1.",
    { meets: [x, y] },
  );
}

/** Whether a shape may be stretched to another as it stands: no size is certainly in the way. */
export const stretchesTo = (shape: Shape, to: Shape): boolean =>
  shape.length <= to.length && shape.every((d, i) => !isNotOne(d) || !differ(d, to[i + to.length - shape.length]));
