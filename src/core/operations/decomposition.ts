import { minimum } from "../dims/dim.js";
import { printSizes } from "../layer/explain.js";
import type { Shape, Size } from "../layer/op.js";
import { counted, flagOf, isTensor, shapeOf, tensorShape } from "./operands.js";
import { type Operand, type Operation, type Result, refuse, tensor, tuple } from "./operation.js";
import { asBoth } from "./signatures.js";

/** A matrix or a stack of them: what stands in front, its rows and its columns. */
interface Matrices {
  readonly lead: Shape;
  readonly rows: Size;
  readonly columns: Size;
}

function matrices(name: string, v: Operand): Matrices | undefined {
  const shape = tensorShape(v);
  if (!shape) return undefined;
  if (shape.length < 2)
    refuse(
      `${name}/rank`,
      `${name} takes matrices, ${printSizes(shape)} has ${counted(shape.length, "dimension")}.`,
      "Give it a tensor of at least 2 dimensions.",
    );
  return { lead: shape.slice(0, -2), rows: shape.at(-2), columns: shape.at(-1) };
}

const smaller = (a: Size, b: Size): Size => (a === undefined || b === undefined ? undefined : minimum(a, b));

const floats = (lead: Shape | undefined, ...sizes: readonly Size[]): Result =>
  tensor(lead && [...lead, ...sizes], "float");

/** The factors of `svd`: whole ones, or as many columns as there are singular values. */
function singular(v: Operand, full: boolean | undefined, isAdjoint: boolean): Result {
  const of = matrices("svd", v);
  if (!of) return tuple([floats(undefined), floats(undefined), floats(undefined)], ["U", "S", isAdjoint ? "Vh" : "V"]);
  const { lead, rows, columns } = of;
  const rank = smaller(rows, columns);
  const width = (own: Size): Size => (full === undefined ? undefined : full ? own : rank);
  const v2 = isAdjoint ? floats(lead, width(columns), columns) : floats(lead, columns, width(columns));
  return tuple([floats(lead, rows, width(rows)), floats(lead, rank), v2], ["U", "S", isAdjoint ? "Vh" : "V"]);
}

const matrix = tensor([4, 3]);
const square = tensor([2, 3, 3]);

/** Matrices taken apart into factors, eigenvalues and solutions. */
export const decompositions: readonly Operation[] = [
  {
    name: "svd",
    summary: "Takes matrices apart into U, the singular values and V.",
    calls: asBoth("svd(input, some=True, compute_uv=True)"),
    infer: ({ input, some }) => {
      const isSome = flagOf(some);
      return singular(input, isSome === undefined ? undefined : !isSome, false);
    },
    examples: [
      { call: "torch.svd(x)", given: { input: matrix, some: true, compute_uv: true }, gives: [[4, 3], [3], [3, 3]] },
    ],
  },
  {
    name: "linalg.svd",
    summary: "Takes matrices apart into U, the singular values and the adjoint of V.",
    calls: ["torch.linalg.svd(A, full_matrices=True, *, driver=None)"],
    infer: ({ A, full_matrices: full }) => singular(A, flagOf(full), true),
    examples: [
      { call: "torch.linalg.svd(x)", given: { A: matrix, full_matrices: true }, gives: [[4, 4], [3], [3, 3]] },
    ],
  },
  {
    name: "linalg.svdvals",
    summary: "Gives the singular values of matrices.",
    calls: ["torch.linalg.svdvals(A, *, driver=None)"],
    infer: ({ A }) => {
      const of = matrices("svdvals", A);
      return floats(of?.lead, smaller(of?.rows, of?.columns));
    },
    examples: [{ call: "torch.linalg.svdvals(x)", given: { A: matrix }, gives: [3] }],
  },
  {
    name: "linalg.qr",
    summary: "Takes matrices apart into an orthogonal and a triangular factor.",
    calls: ["torch.linalg.qr(A, mode='reduced')"],
    infer: ({ A, mode }) => {
      const of = matrices("qr", A);
      if (!of || (mode !== "reduced" && mode !== "complete")) return tuple([tensor(undefined), tensor(undefined)]);
      const inner = mode === "reduced" ? smaller(of.rows, of.columns) : of.rows;
      return tuple([floats(of.lead, of.rows, inner), floats(of.lead, inner, of.columns)], ["Q", "R"]);
    },
    examples: [
      {
        call: "torch.linalg.qr(x)",
        given: { A: matrix, mode: "reduced" },
        gives: [
          [4, 3],
          [3, 3],
        ],
      },
    ],
  },
  ...["eigh", "eig"].map(
    (name): Operation => ({
      name: `linalg.${name}`,
      summary: "Gives the eigenvalues and eigenvectors of square matrices.",
      calls: [`torch.linalg.${name}(A${name === "eigh" ? ", UPLO='L'" : ""})`],
      infer: ({ A }) => {
        const of = matrices(name, A);
        const kind = name === "eigh" ? ("float" as const) : undefined;
        const shape = of && [...of.lead, of.rows];
        return tuple(
          [tensor(shape, kind), tensor(shape && of && [...shape, of.columns], kind)],
          ["eigenvalues", "eigenvectors"],
        );
      },
      examples: [
        {
          call: `torch.linalg.${name}(x)`,
          given: { A: square },
          gives: [
            [2, 3],
            [2, 3, 3],
          ],
        },
      ],
    }),
  ),
  ...["eigvalsh", "eigvals"].map(
    (name): Operation => ({
      name: `linalg.${name}`,
      summary: "Gives the eigenvalues of square matrices.",
      calls: [`torch.linalg.${name}(A${name === "eigvalsh" ? ", UPLO='L'" : ""})`],
      infer: ({ A }) => {
        const of = matrices(name, A);
        return tensor(of && [...of.lead, of.rows], name === "eigvalsh" ? "float" : undefined);
      },
      examples: [{ call: `torch.linalg.${name}(x)`, given: { A: square }, gives: [2, 3] }],
    }),
  ),
  {
    name: "pinverse",
    summary: "Gives the pseudoinverse of matrices: rows and columns change places.",
    calls: [
      ...asBoth("pinverse(input, rcond=1e-15)"),
      "torch.linalg.pinv(A, *, atol=None, rtol=None, hermitian=False)",
    ],
    infer: ({ input, A }) => {
      const of = matrices("pinverse", isTensor(input) ? input : A);
      return floats(of?.lead, of?.columns, of?.rows);
    },
    examples: [{ call: "torch.linalg.pinv(x)", given: { A: matrix }, gives: [3, 4] }],
  },
  {
    name: "linalg.solve",
    summary: "Solves a system of linear equations: the shape is that of the right side.",
    calls: ["torch.linalg.solve(A, B, *, left=True)"],
    infer: ({ A, B, left }) => {
      const of = matrices("solve", A);
      const right = shapeOf(B);
      // Batches that are stretched, and what stands on the left, are another matter.
      const isPlain = of && right && left !== false && of.lead.length === 0 && right.length <= 2;
      return tensor(isPlain ? right : undefined, "float");
    },
    examples: [{ call: "torch.linalg.solve(a, b)", given: { A: tensor([3, 3]), B: tensor([3, 2]) }, gives: [3, 2] }],
  },
  {
    name: "slogdet",
    summary: "Gives the sign and the logarithm of the determinant of each square matrix.",
    calls: [...asBoth("slogdet(input)"), "torch.linalg.slogdet(A)"],
    infer: ({ input, A }) => {
      const of = matrices("slogdet", isTensor(input) ? input : A);
      return tuple([floats(of?.lead), floats(of?.lead)], ["sign", "logabsdet"]);
    },
    examples: [{ call: "torch.slogdet(x)", given: { input: square }, gives: [[2], [2]] }],
  },
];
