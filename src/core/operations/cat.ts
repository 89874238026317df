import { printSize, printSizes } from "../layer/explain.js";
import type { Shape, Size } from "../layer/op.js";
import {
  agreed,
  axisOf,
  differ,
  givenOr,
  isList,
  isTensor,
  itemsOf,
  kindOf,
  newAxisOf,
  sum,
  tensorShape,
  unknownSizes,
} from "./operands.js";
import {
  inOrder,
  isInOrder,
  type NumberKind,
  type Operand,
  type Operands,
  type Operation,
  refuse,
  tensor,
} from "./operation.js";

/** The shapes of the tensors in a list; undefined where the list is unknown. */
const shapesOf = (tensors: Operand): readonly (Shape | undefined)[] | undefined =>
  isList(tensors) ? tensors.map(tensorShape) : undefined;

/** The kind of numbers that several tensors have in common. */
export function sharedKind(tensors: Operand): NumberKind | undefined {
  const kinds = new Set((itemsOf(tensors) ?? [undefined]).map(kindOf));
  return kinds.size === 1 ? [...kinds][0] : undefined;
}

/** Refuses what is no list of tensors. One tensor whose sizes are not all known may stand for a list that nobody has seen. */
function checkList(name: string, tensors: Operand): void {
  if (isTensor(tensors) && tensorShape(tensors)?.every((d) => typeof d === "number"))
    refuse(
      `${name}/list`,
      `${name} gets one tensor of ${printSizes(tensorShape(tensors) ?? [])} where a list of tensors belongs.`,
      `Put the tensors in a list: torch.${name}([a, b]).`,
      { argument: "tensors" },
    );
  if (isList(tensors) && tensors.length === 0)
    refuse(`${name}/empty`, `${name} gets a list of 0 tensors.`, "Give it at least one tensor.", {
      argument: "tensors",
    });
}

/** The tensors one after another along a dimension; an empty row is passed over, as PyTorch does. */
export function joined(
  name: string,
  shapes: readonly (Shape | undefined)[] | undefined,
  dim: Operand,
): Shape | undefined {
  if (!shapes) return undefined;
  const mayBeEmpty = (s: Shape | undefined): boolean => s?.length === 1 && (s[0] === 0 || s[0] === undefined);
  const full = shapes.filter((s) => !(s?.length === 1 && s[0] === 0));
  const [first] = full.filter((s) => s !== undefined && !mayBeEmpty(s));
  if (full.length === 0) return [0];
  if (!first) return undefined;
  if (first.length === 0)
    refuse(`${name}/rank`, `${name} gets a tensor of 0 dimensions.`, "Use torch.stack for single numbers.", {
      argument: "tensors",
    });
  const axis = axisOf(dim, first.length, `${name}/dim`);
  const result: Size[] = [...first];
  let along: Size = 0;
  for (const shape of full) {
    if (!shape || (mayBeEmpty(shape) && first.length !== 1)) {
      along = undefined;
      continue;
    }
    const found =
      shape.length !== first.length
        ? -1
        : shape.findIndex((s, i) => axis !== undefined && i !== axis && differ(result[i], s));
    if (shape.length !== first.length || found >= 0)
      refuse(
        `${name}/sizes`,
        `${name} along dimension ${axis ?? "?"} gets ${printSizes(result.with(axis ?? 0, first[axis ?? 0]))} and ${printSizes(shape)}.`,
        shape.length === first.length
          ? "All other dimensions have to be the same."
          : "All tensors have to have the same number of dimensions.",
      );
    for (const [i, size] of shape.entries()) if (i !== axis) result[i] = agreed(result[i], size);
    along = sum(along, axis === undefined ? undefined : shape[axis]);
  }
  if (axis === undefined) return unknownSizes(first.length);
  result[axis] = along;
  return result;
}

/** The tensors of one shape side by side along a new dimension. */
function stacked(name: string, shapes: readonly (Shape | undefined)[] | undefined, dim: Operand): Shape | undefined {
  const known = shapes?.filter((s) => s !== undefined);
  const [first] = known ?? [];
  if (!shapes || !known || !first) return undefined;
  const at = newAxisOf(dim, first.length, `${name}/dim`);
  const result: Size[] = [...first];
  for (const [i, shape] of shapes.entries()) {
    if (!shape) continue;
    if (shape.length !== first.length || shape.some((s, k) => differ(s, result[k])))
      refuse(
        `${name}/sizes`,
        `${name} gets ${printSizes(first)} and ${printSizes(shape)}, item ${i} of its list.`,
        "All tensors have to have one shape; torch.cat joins along a dimension that they have.",
      );
    for (const [k, size] of shape.entries()) result[k] = agreed(result[k], size);
  }
  return at === undefined ? unknownSizes(first.length + 1) : result.toSpliced(at, 0, shapes.length);
}

/** The sizes that are added up, as a sentence. */
function addedUp({ tensors, dim }: Operands): string | undefined {
  const shapes = shapesOf(tensors);
  const [first] = shapes ?? [];
  const axis = first && axisOf(dim, first.length, "cat/dim");
  if (!shapes || axis === undefined || shapes.length > 8 || shapes.length < 2) return undefined;
  const sizes = shapes.map((s) => s?.[axis]);
  if (sizes.includes(undefined)) return undefined;
  const total = sizes.reduce<Size>(sum, 0);
  return `Along dimension ${axis}: ${sizes.map(printSize).join(" + ")} = ${printSize(total)}.`;
}

/** Puts dimensions of size 1 in front or behind, until there are so many. */
const atLeast = (shape: Shape | undefined, rank: number): Shape | undefined => {
  if (!shape || shape.length >= rank) return shape;
  if (rank === 3) return shape.length === 0 ? [1, 1, 1] : shape.length === 1 ? [1, shape[0], 1] : [...shape, 1];
  return [...Array.from({ length: rank - shape.length }, () => 1), ...shape];
};

const many = (
  name: string,
  names: readonly string[],
  summary: string,
  join: (shapes: readonly (Shape | undefined)[] | undefined, dim: Operand) => Shape | undefined,
  gives: readonly number[],
): Operation => ({
  name,
  summary,
  calls: names,
  infer: (given) => {
    const { tensors } = given;
    const dim = givenOr(given, "dim", 0);
    checkList(name, tensors);
    // What is no tensor may be a list of shapes that nobody knows.
    if (isList(tensors) && tensors.some((t) => t !== undefined && !isTensor(t))) return tensor(undefined);
    const made = join(shapesOf(tensors), dim);
    const areOrdered = isList(tensors) && tensors.every(isInOrder);
    return areOrdered ? inOrder(made, sharedKind(tensors)) : tensor(made, sharedKind(tensors));
  },
  ...(name === "cat" ? { met: addedUp } : {}),
  examples: [{ call: `torch.${name}([x, y])`, given: { tensors: [tensor([2, 3]), tensor([2, 3])], dim: 0 }, gives }],
});

/** Several tensors put together. */
export const cat: readonly Operation[] = [
  many(
    "cat",
    ["torch.cat(tensors, dim=0)", "torch.concat(tensors, dim=0)", "torch.concatenate(tensors, dim=0)"],
    "Joins tensors along a dimension that they have; its sizes are added up, the others are the same.",
    (shapes, dim) => joined("cat", shapes, dim),
    [4, 3],
  ),
  many(
    "stack",
    ["torch.stack(tensors, dim=0)"],
    "Puts tensors of one shape side by side along a new dimension.",
    (shapes, dim) => stacked("stack", shapes, dim),
    [2, 2, 3],
  ),
  many(
    "hstack",
    ["torch.hstack(tensors)"],
    "Joins tensors along the second dimension; rows along their only one.",
    (shapes) => {
      const all = shapes?.map((s) => atLeast(s, 1));
      const first = all?.find((s) => s !== undefined);
      return first && joined("hstack", all, first.length === 1 ? 0 : 1);
    },
    [2, 6],
  ),
  many(
    "vstack",
    ["torch.vstack(tensors)", "torch.row_stack(tensors)"],
    "Joins tensors one below the other.",
    (shapes) =>
      joined(
        "vstack",
        shapes?.map((s) => atLeast(s, 2)),
        0,
      ),
    [4, 3],
  ),
  many(
    "dstack",
    ["torch.dstack(tensors)"],
    "Joins tensors along the third dimension.",
    (shapes) =>
      joined(
        "dstack",
        shapes?.map((s) => atLeast(s, 3)),
        2,
      ),
    [2, 3, 2],
  ),
  many(
    "column_stack",
    ["torch.column_stack(tensors)"],
    "Joins tensors along the second dimension; rows become columns.",
    (shapes) =>
      joined(
        "column_stack",
        shapes?.map((s) => (s && s.length < 2 ? [s[0] ?? (s.length === 0 ? 1 : undefined), 1] : s)),
        1,
      ),
    [2, 6],
  ),
];
