import { printSize, printSizes } from "../layer/explain.js";
import type { Shape } from "../layer/op.js";
import { layerValue, throughLayer } from "./layerForms.js";
import { differ, isBelow, isList, kindOf, sizeOf, tensorShape } from "./operands.js";
import { type Operand, type Operation, type Result, refuse, tensor } from "./operation.js";

function sampled(input: Shape | undefined, grid: Shape | undefined): Shape | undefined {
  for (const [name, shape] of [
    ["input", input],
    ["grid", grid],
  ] as const)
    if (shape && (shape.length < 4 || shape.length > 5))
      refuse(
        "grid_sample/rank",
        `grid_sample takes 4 or 5 dimensions, ${name} is ${printSizes(shape)}.`,
        "Give it a batch of images.",
        { argument: name },
      );
  if (!input || !grid) return undefined;
  if (input.length !== grid.length || differ(input[0], grid[0]))
    refuse(
      "grid_sample/grid",
      `The input is ${printSizes(input)}, the grid ${printSizes(grid)}.`,
      "Give both as many dimensions and one batch.",
      { argument: "grid" },
    );
  if (differ(grid.at(-1), input.length - 2))
    refuse(
      "grid_sample/grid",
      `The grid's last size is ${printSize(grid.at(-1))}, the input has ${input.length - 2} axes.`,
      "Each point needs one coordinate an axis.",
      { argument: "grid" },
    );
  return [input[0], input[1], ...grid.slice(1, -1)];
}

/** The grid of an affine map: a point for each place of the size asked for. */
function mapped(theta: Shape | undefined, size: Operand): Result {
  const sizes = isList(size) ? size.map(sizeOf) : undefined;
  if (!sizes) return tensor(undefined, "float");
  if (sizes.length !== 4 && sizes.length !== 5)
    refuse(
      "affine_grid/size",
      `size lists ${sizes.length} numbers.`,
      "Give it the sizes of a batch of images: 4 or 5 numbers.",
      { argument: "size" },
    );
  if (sizes.some((d) => isBelow(d, 1)))
    refuse("affine_grid/size", `size is ${printSizes(sizes)}.`, "Use sizes of 1 or more.", { argument: "size" });
  const axes = sizes.length - 2;
  const wanted: Shape = [sizes[0], axes, axes + 1];
  if (theta && (theta.length !== 3 || theta.some((d, i) => differ(d, wanted[i]))))
    refuse(
      "affine_grid/theta",
      `theta is ${printSizes(theta)}, this size takes ${printSizes(wanted)}.`,
      "Give it one matrix for each image.",
      { argument: "theta" },
    );
  return tensor([sizes[0], ...sizes.slice(2), axes], "float");
}

/** Images read at other places. */
export const sampling: readonly Operation[] = [
  {
    name: "grid_sample",
    summary: "Reads images at the points of a grid; the output has the grid's sizes.",
    calls: ["F.grid_sample(input, grid, mode='bilinear', padding_mode='zeros', align_corners=None)"],
    infer: ({ input, grid }) => tensor(sampled(tensorShape(input), tensorShape(grid)), kindOf(input)),
    examples: [
      {
        call: "F.grid_sample(x, g)",
        given: { input: tensor([2, 3, 8, 8]), grid: tensor([2, 4, 5, 2]) },
        gives: [2, 3, 4, 5],
      },
    ],
  },
  {
    name: "affine_grid",
    summary: "Makes the grid of an affine map: one point for each place of an image of the size given.",
    calls: ["F.affine_grid(theta, size, align_corners=None)"],
    infer: ({ theta, size }) => mapped(tensorShape(theta), size),
    examples: [
      {
        call: "F.affine_grid(t, (2, 3, 8, 9))",
        given: { theta: tensor([2, 2, 3]), size: [2, 3, 8, 9] },
        gives: [2, 8, 9, 2],
      },
    ],
  },
  {
    name: "upsample",
    summary: "Enlarges (or shrinks) every channel by interpolation.",
    calls: ["F.upsample(input, size=None, scale_factor=None, mode='nearest', align_corners=None)"],
    infer: ({ input, size, scale_factor: scale, mode }) =>
      tensor(
        throughLayer(
          "upsample",
          "Upsample",
          { size: layerValue(size), scale_factor: layerValue(scale), mode: layerValue(mode) },
          tensorShape(input),
        ),
        kindOf(input),
      ),
    examples: [
      {
        call: "F.upsample(x, scale_factor=2)",
        given: { input: tensor([1, 3, 4, 5]), size: null, scale_factor: 2, mode: "nearest" },
        gives: [1, 3, 8, 10],
      },
    ],
  },
];
