import { printSizes } from "../layer/explain.js";
import type { Shape } from "../layer/op.js";
import { broadcast } from "./broadcast.js";
import { axisOf, counted, isBelow, isTensor, kindOf, tensorShape, unknownSizes } from "./operands.js";
import { type Operand, type Operation, refuse, tensor } from "./operation.js";
import { asBoth, asMethod } from "./signatures.js";

/** Refuses indices that reach beyond another tensor in a dimension other than the one they name places of. */
function inside(name: string, given: Shape, other: Shape, axis: number | undefined, what: string): void {
  // A tensor without dimensions counts as one of a single place.
  const [index, of] = [given, other].map((s) => (s.length === 0 ? [1] : s)) as [Shape, Shape];
  if (index.length !== of.length)
    refuse(
      `${name}/rank`,
      `index has ${counted(index.length, "dimension")}, ${what} ${printSizes(of)} has ${of.length}.`,
      "Give both the same number of dimensions.",
      { argument: "index" },
    );
  const at = index.findIndex((d, i) => i !== axis && axis !== undefined && isBelow(of[i], d));
  if (at >= 0)
    refuse(
      `${name}/sizes`,
      `index is ${printSizes(index)}, which reaches beyond ${what} ${printSizes(of)} in dimension ${at}.`,
      "An index may be no larger than that, except in dim.",
      { argument: "index" },
    );
}

const scattering = (name: string, calls: readonly string[], summary: string): Operation => ({
  name,
  summary,
  calls,
  infer: ({ input, dim, index, src }) => {
    const [self, indices, source] = [tensorShape(input), tensorShape(index), isTensor(src) ? src.shape : undefined];
    const axis = self && axisOf(dim, self.length, `${name}/dim`);
    // No indices at all scatter nothing.
    const isEmpty = indices?.some((d) => d === 0);
    if (self && indices && axis !== undefined && !isEmpty) {
      inside(name, indices, self, axis, "the tensor");
      if (source) inside(name, indices, source, -1, "src");
    }
    return tensor(self, kindOf(input));
  },
  examples: [
    {
      call: `x.${name}(1, i, y)`,
      given: { input: tensor([2, 5]), dim: 1, index: tensor([2, 3], "int"), src: tensor([2, 3]) },
      gives: [2, 5],
    },
  ],
});

const kept = (name: string, call: string, summary: string): Operation => ({
  name,
  summary,
  calls: asBoth(call),
  infer: ({ input, dim, index }) => {
    const [shape, indices] = [tensorShape(input), tensorShape(index)];
    if (indices && indices.length > 1)
      refuse(
        `${name}/index`,
        `${name} takes a row of indices, index is ${printSizes(indices)}.`,
        "Give it a tensor of 1 dimension.",
        { argument: "index" },
      );
    if (shape) axisOf(dim, shape.length, `${name}/dim`);
    return tensor(shape, kindOf(input));
  },
  examples: [{ call: `x.${name}(…)`, given: { input: tensor([2, 5]), dim: 1 }, gives: [2, 5] }],
});

const gathered = (input: Operand, dim: Operand, index: Operand): Shape | undefined => {
  const [self, indices] = [tensorShape(input), tensorShape(index)];
  const axis = self && axisOf(dim, self.length, "gather/dim");
  if (self && indices && !indices.includes(0)) inside("gather", indices, self, axis, "the tensor");
  return indices;
};

/** Numbers taken from, and put at, the places that indices name. */
export const gathering: readonly Operation[] = [
  {
    name: "gather",
    summary: "Takes, for each index, the number at that place of a dimension; the shape is the index's.",
    calls: asBoth("gather(input, dim, index, *, sparse_grad=False)"),
    infer: ({ input, dim, index }) => tensor(gathered(input, dim, index), kindOf(input)),
    examples: [
      { call: "x.gather(1, i)", given: { input: tensor([2, 5]), dim: 1, index: tensor([2, 3], "int") }, gives: [2, 3] },
    ],
  },
  {
    name: "take_along_dim",
    summary: "Takes, for each index, the number at that place of a dimension; the other dimensions are broadcast.",
    calls: asBoth("take_along_dim(input, indices, dim=None)"),
    infer: ({ input, indices, dim }) => {
      const [self, index] = [tensorShape(input), tensorShape(indices)];
      if (dim === null)
        return tensor(
          index && (index.includes(undefined) ? undefined : [index.length === 1 ? index[0] : undefined]),
          kindOf(input),
        );
      const axis = self && axisOf(dim, self.length, "take_along_dim/dim");
      if (!self || !index || axis === undefined) return tensor(index && unknownSizes(index.length), kindOf(input));
      if (index.length !== self.length)
        refuse(
          "take_along_dim/rank",
          `indices has ${counted(index.length, "dimension")}, ${printSizes(self)} has ${self.length}.`,
          "Give both the same number of dimensions.",
          { argument: "indices" },
        );
      return tensor(broadcast([self.with(axis, 1), index.with(axis, 1)])?.with(axis, index[axis]), kindOf(input));
    },
    examples: [
      {
        call: "x.take_along_dim(i, 1)",
        given: { input: tensor([2, 5]), indices: tensor([2, 3], "int"), dim: 1 },
        gives: [2, 3],
      },
    ],
  },
  scattering(
    "scatter",
    [
      ...asBoth("scatter(input, dim, index, src, *, reduce=None)"),
      ...asBoth("scatter(input, dim, index, *, value, reduce=None)"),
    ],
    "Puts numbers at the places that indices name; the shape stays.",
  ),
  scattering(
    "scatter_add",
    asBoth("scatter_add(input, dim, index, src)"),
    "Adds numbers up at the places that indices name; the shape stays.",
  ),
  scattering(
    "scatter_reduce",
    asBoth("scatter_reduce(input, dim, index, src, reduce, *, include_self=True)"),
    "Puts numbers together at the places that indices name; the shape stays.",
  ),
  kept(
    "index_add",
    "index_add(input, dim, index, source, *, alpha=1)",
    "Adds slices up at the places that indices name; the shape stays.",
  ),
  kept(
    "index_copy",
    "index_copy(input, dim, index, source)",
    "Puts slices at the places that indices name; the shape stays.",
  ),
  kept(
    "index_fill",
    "index_fill(input, dim, index, value)",
    "Puts one number at the places that indices name; the shape stays.",
  ),
  {
    name: "copy_",
    summary: "Writes the numbers of another tensor into this one; its shape stays.",
    calls: [asMethod("copy_(input, src, non_blocking=False)")],
    infer: ({ input }) => tensor(tensorShape(input), kindOf(input)),
    examples: [{ call: "x.copy_(y)", given: { input: tensor([2, 5]) }, gives: [2, 5] }],
  },
];
