import { less } from "../dims/compare.js";
import { ceil, type Dim, divide, minimum, subtract } from "../dims/dim.js";
import { printSizes } from "../layer/explain.js";
import type { Shape, Size } from "../layer/op.js";
import { broadcast } from "./broadcast.js";
import {
  counted,
  differ,
  isBelow,
  isList,
  isTensor,
  kindOf,
  sizeOf,
  tensorShape,
  unknownSizes,
  wholeOf,
} from "./operands.js";
import { type Operand, type Operation, refuse, type Slice, tensor } from "./operation.js";
import { inRange } from "./select.js";

/** What one index does to the dimensions that it stands for. */
type Step =
  | { readonly kind: "keep"; readonly index: Operand; readonly takes: number }
  | { readonly kind: "drop"; readonly index: Operand; readonly takes: number }
  | { readonly kind: "add"; readonly index: Operand; readonly takes: number }
  | { readonly kind: "rest"; readonly index: Operand; readonly takes: number }
  | {
      readonly kind: "gather";
      readonly shape: Shape | undefined;
      readonly mask?: Shape;
      readonly places?: readonly number[];
      readonly takes: number;
    };

const isOf = (v: Operand, kind: "slice" | "ellipsis"): boolean =>
  typeof v === "object" && v !== null && "kind" in v && v.kind === kind;

/** What an index is; undefined where that is not known. */
function stepOf(index: Operand): Step | undefined {
  if (index === null) return { kind: "add", index, takes: 0 };
  if (isOf(index, "slice")) return { kind: "keep", index, takes: 1 };
  if (isOf(index, "ellipsis")) return { kind: "rest", index, takes: 0 };
  if (isTensor(index)) {
    const { shape, dtype } = index;
    if (dtype === "bool") return shape && { kind: "gather", shape: unknownSizes(1), mask: shape, takes: shape.length };
    if (dtype !== "int") return undefined;
    return shape?.length === 0 ? { kind: "drop", index: undefined, takes: 1 } : { kind: "gather", shape, takes: 1 };
  }
  if (isList(index)) {
    // A list of numbers is a row of indices; one of truths is a mask, and lists within lists are read in more than one way.
    if (index.every((i) => typeof i === "number"))
      return { kind: "gather", shape: [index.length], places: index as number[], takes: 1 };
    if (index.every((i) => typeof i === "boolean"))
      return { kind: "gather", shape: [index.filter((i) => i === true).length], mask: [index.length], takes: 1 };
    return undefined;
  }
  return typeof index === "boolean" || sizeOf(index) === undefined ? undefined : { kind: "drop", index, takes: 1 };
}

/** A bound of a slice brought between 0 and the size, exactly. */
function clamped(bound: Dim, size: Dim): Dim | undefined {
  const isFromEnd = less(bound, 0);
  if (isFromEnd === undefined) return undefined;
  return isFromEnd ? subtract(size, minimum(size, subtract(0, bound))) : minimum(bound, size);
}

/** How many places of a dimension a slice takes. */
function sliced(size: Size, { start, stop, step }: Slice): Size {
  const by = step === null ? 1 : wholeOf(step);
  if (by !== undefined && by <= 0)
    refuse(
      "index/step",
      `The step of a slice is ${by < 0 ? `−${-by}` : by}.`,
      "Use 1 or more; flip turns a dimension around.",
      {},
    );
  if (size === undefined || by === undefined) return undefined;
  const from = start === null ? 0 : sizeOf(start) === undefined ? undefined : clamped(sizeOf(start) as Dim, size);
  const to = stop === null ? size : sizeOf(stop) === undefined ? undefined : clamped(sizeOf(stop) as Dim, size);
  if (from === undefined || to === undefined) return undefined;
  const isOrdered = start === null || stop === null || isInOrder(start, stop) || less(to, from) === false;
  if (!isOrdered) return less(to, from) === true ? 0 : undefined;
  const steps = divide(subtract(to, from), by);
  return steps === undefined ? undefined : ceil(steps);
}

/** Whether two bounds of the same side are in order, whatever the size. */
function isInOrder(start: Operand, stop: Operand): boolean {
  const [a, b] = [sizeOf(start), sizeOf(stop)];
  if (a === undefined || b === undefined) return false;
  const sameSide = less(a, 0) !== undefined && less(a, 0) === less(b, 0);
  return sameSide && less(b, a) === false;
}

/** The shape of `x[…]`; unknown where an index is. */
export function indexed(self: Shape | undefined, indices: readonly Operand[]): Shape | undefined {
  const steps = indices.map(stepOf);
  if (!self || steps.includes(undefined)) return undefined;
  const known = steps as Step[];
  const taken = known.reduce((n, s) => n + s.takes, 0);
  if (taken > self.length)
    refuse(
      "index/too-many",
      `${counted(taken, "index").replace("indexs", "indices")} for ${printSizes(self)}, which has ${counted(self.length, "dimension")}.`,
      "Use no more indices than dimensions.",
    );
  const rests = known.filter((s) => s.kind === "rest").length;
  if (rests > 1 || isBehindMask(known)) return undefined;
  const result: Size[] = [];
  const gathered: (Shape | undefined)[] = [];
  const listed: (readonly [at: number, axis: number, place: number])[] = [];
  let gatheredAt = -1;
  let isApart = false;
  let axis = 0;
  for (const [place, step] of known.entries()) {
    const skipped = step.kind === "rest" ? self.length - taken : 0;
    if (step.kind === "add") result.push(1);
    else if (step.kind === "rest") result.push(...self.slice(axis, axis + skipped));
    else if (step.kind === "keep") result.push(sliced(self[axis], step.index as Slice));
    else if (step.kind !== "gather") inRange("index/range", sizeOf(step.index), self, axis, { item: place });
    else {
      for (const at of step.places ?? []) listed.push([at, axis, place]);
      fitMask(step.mask, self, axis);
      // Dimensions between indices that are tensors send what these give to the front.
      isApart ||= gatheredAt >= 0 && gatheredAt !== result.length;
      if (gatheredAt < 0) gatheredAt = result.length;
      gathered.push(step.shape);
    }
    axis += step.takes + skipped;
  }
  result.push(...self.slice(axis));
  if (gathered.length === 0) return result;
  // Where nothing is taken PyTorch does not look at the indices.
  if (result.every((d) => isBelow(0, d)))
    for (const [at, along, place] of listed) inRange("index/range", at, self, along, { item: place });
  const together = broadcast(gathered);
  return together && result.toSpliced(isApart ? 0 : gatheredAt, 0, ...together);
}

/** Whether an index follows a mask of several dimensions: PyTorch then takes it for one of a dimension further in front. */
function isBehindMask(steps: readonly Step[]): boolean {
  const mask = steps.findIndex((s) => s.kind === "gather" && s.takes > 1);
  const isWhole = (s: Step): boolean =>
    s.kind === "keep" && Object.values(s.index as Slice).every((v) => v === null || v === "slice");
  return mask >= 0 && !steps.slice(mask + 1).every(isWhole);
}

function fitMask(mask: Shape | undefined, self: Shape, axis: number): void {
  for (const [i, size] of (mask ?? []).entries())
    if (differ(size, self[axis + i]) && !isBelow(size, 0))
      refuse(
        "index/mask",
        `The mask ${printSizes(mask ?? [])} meets ${printSizes(self.slice(axis, axis + (mask?.length ?? 0)))}.`,
        "A mask has the sizes of what it masks.",
      );
}

/** `x[…]`. */
export const indexing: readonly Operation[] = [
  {
    name: "index",
    summary: "Takes parts of a tensor: a number takes a dimension away, a slice keeps it, None puts one in.",
    calls: ["Tensor.__getitem__(indices)"],
    infer: ({ input, indices }) =>
      tensor(isList(indices) ? indexed(tensorShape(input), indices) : undefined, kindOf(input)),
    examples: [
      { call: "x[0]", given: { input: tensor([2, 3, 4]), indices: [0] }, gives: [3, 4] },
      {
        call: "x[:, None, -1]",
        given: {
          input: tensor([2, 3, 4]),
          indices: [{ kind: "slice", start: null, stop: null, step: null }, null, -1],
        },
        gives: [2, 1, 4],
      },
      {
        call: "x[..., 1:]",
        given: {
          input: tensor([2, 3, 4]),
          indices: [{ kind: "ellipsis" }, { kind: "slice", start: 1, stop: null, step: null }],
        },
        gives: [2, 3, 3],
      },
    ],
  },
];
