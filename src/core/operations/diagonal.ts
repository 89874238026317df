import { add, minimum } from "../dims/dim.js";
import { printSizes } from "../layer/explain.js";
import type { Shape, Size } from "../layer/op.js";
import { axisOf, differ, kindOf, tensorShape, wholeOf } from "./operands.js";
import { type Operand, type Operation, refuse, tensor } from "./operation.js";
import { asBoth } from "./signatures.js";

/** How long a diagonal is that starts so far from the first. */
function lengthOf(rows: Size, columns: Size, offset: number | undefined): Size {
  if (rows === undefined || columns === undefined || offset === undefined) return undefined;
  const length = offset >= 0 ? minimum(rows, add(columns, -offset)) : minimum(add(rows, offset), columns);
  return typeof length === "number" ? Math.max(length, 0) : offset === 0 ? length : undefined;
}

function needs(name: string, shape: Shape | undefined, least: number, most = Number.POSITIVE_INFINITY): void {
  if (shape && (shape.length < least || shape.length > most))
    refuse(
      `${name}/rank`,
      `${name} takes ${least === most ? least : most === Number.POSITIVE_INFINITY ? `at least ${least}` : `${least} or ${most}`} dimensions, ${printSizes(shape)} has ${shape.length}.`,
      "Give it a tensor of that form.",
    );
}

function diagonal(shape: Shape | undefined, offset: Operand, dim1: Operand, dim2: Operand): Shape | undefined {
  if (!shape) return undefined;
  if (shape.length === 0) needs("diagonal", shape, 2);
  const [i, j] = [
    axisOf(dim1, shape.length, "diagonal/dim", "dim1"),
    axisOf(dim2, shape.length, "diagonal/dim", "dim2"),
  ];
  if (i === undefined || j === undefined) return undefined;
  if (i === j)
    refuse("diagonal/dim", `Both dim1 and dim2 are dimension ${i}.`, "Name two dimensions.", { argument: "dim2" });
  return [...shape.filter((_, k) => k !== i && k !== j), lengthOf(shape[i], shape[j], wholeOf(offset))];
}

/** A square with a row on its diagonal. */
const square = (size: Size, offset: Operand): Size => {
  const by = wholeOf(offset);
  return size === undefined || by === undefined ? undefined : add(size, Math.abs(by));
};

/** Triangles, diagonals and what else belongs to matrices. */
export const diagonals: readonly Operation[] = [
  ...["tril", "triu"].map(
    (name): Operation => ({
      name,
      summary: `Keeps the ${name === "tril" ? "lower" : "upper"} triangle of each matrix and sets the rest to 0; the shape stays.`,
      calls: asBoth(`${name}(input, diagonal=0)`),
      infer: ({ input }) => {
        needs(name, tensorShape(input), 2);
        return tensor(tensorShape(input), kindOf(input));
      },
      examples: [{ call: `torch.${name}(x)`, given: { input: tensor([3, 4]), diagonal: 0 }, gives: [3, 4] }],
    }),
  ),
  {
    name: "diag",
    summary: "Gives the diagonal of a matrix, or a matrix with a row on its diagonal.",
    calls: asBoth("diag(input, diagonal=0)"),
    infer: ({ input, diagonal: offset }) => {
      const shape = tensorShape(input);
      needs("diag", shape, 1, 2);
      if (!shape) return tensor(undefined, kindOf(input));
      const side = square(shape[0], offset);
      return tensor(shape.length === 1 ? [side, side] : [lengthOf(shape[0], shape[1], wholeOf(offset))], kindOf(input));
    },
    examples: [
      { call: "torch.diag(x)", given: { input: tensor([3, 4]), diagonal: 0 }, gives: [3] },
      { call: "torch.diag(v)", given: { input: tensor([3]), diagonal: 0 }, gives: [3, 3] },
    ],
  },
  {
    name: "diagonal",
    summary: "Gives the diagonal of two dimensions as a new last one.",
    calls: [
      ...asBoth("diagonal(input, offset=0, dim1=0, dim2=1)"),
      "torch.linalg.diagonal(input, *, offset=0, dim1=-2, dim2=-1)",
    ],
    infer: ({ input, offset, dim1, dim2 }) => tensor(diagonal(tensorShape(input), offset, dim1, dim2), kindOf(input)),
    examples: [
      { call: "x.diagonal()", given: { input: tensor([3, 4, 5]), offset: 0, dim1: 0, dim2: 1 }, gives: [5, 3] },
    ],
  },
  {
    name: "diag_embed",
    summary: "Puts the last dimension on the diagonal of matrices.",
    calls: asBoth("diag_embed(input, offset=0, dim1=-2, dim2=-1)"),
    infer: ({ input, offset, dim1, dim2 }) => {
      const shape = tensorShape(input);
      if (!shape || shape.length === 0 || dim1 !== -2 || dim2 !== -1) return tensor(undefined, kindOf(input));
      const side = square(shape.at(-1), offset);
      return tensor([...shape.slice(0, -1), side, side], kindOf(input));
    },
    examples: [
      {
        call: "torch.diag_embed(x)",
        given: { input: tensor([2, 3]), offset: 0, dim1: -2, dim2: -1 },
        gives: [2, 3, 3],
      },
    ],
  },
  {
    name: "trace",
    summary: "Adds up the diagonal of a matrix.",
    calls: asBoth("trace(input)"),
    infer: ({ input }) => {
      needs("trace", tensorShape(input), 2, 2);
      return tensor([], kindOf(input));
    },
    examples: [{ call: "torch.trace(x)", given: { input: tensor([3, 4]) }, gives: [] }],
  },
  ...["inverse", "det", "logdet", "cholesky", "matrix_power"].map(
    (name): Operation => ({
      name,
      summary: `Gives the ${name.replace("_", " ")} of each square matrix.`,
      calls: [
        ...asBoth(`${name}(input${name === "matrix_power" ? ", n" : ""})`),
        ...(name === "logdet"
          ? []
          : [`torch.linalg.${name === "inverse" ? "inv" : name}(A${name === "matrix_power" ? ", n" : ""})`]),
      ],
      infer: ({ input, A }) => {
        const shape = tensorShape(input ?? A);
        needs(name, shape, 2);
        if (shape && differ(shape.at(-1), shape.at(-2)))
          refuse(
            `${name}/square`,
            `${name} takes square matrices, ${printSizes(shape)} ends in ${printSizes(shape.slice(-2))}.`,
            "Give it a matrix with as many rows as columns.",
          );
        return tensor(/det/.test(name) ? shape?.slice(0, -2) : shape, "float");
      },
      examples: [
        {
          call: `torch.${name}(x)`,
          given: { input: tensor([5, 3, 3]), n: 2 },
          gives: /det/.test(name) ? [5] : [5, 3, 3],
        },
      ],
    }),
  ),
];
