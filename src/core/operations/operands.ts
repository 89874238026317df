import { equal, less } from "../dims/compare.js";
import { add, type Dim, dimOf, exactValue } from "../dims/dim.js";
import { printDim } from "../dims/print.js";
import type { Shape, Size } from "../layer/op.js";
import { type NumberKind, type Operand, type Operands, refuse, type Tensor } from "./operation.js";

const hasKind = (v: Operand, kind: string): boolean =>
  typeof v === "object" && v !== null && "kind" in v && v.kind === kind;

/** An operand, or what stands for it where the call leaves it away: one that is given and not known stays unknown. */
export const givenOr = (given: Operands, name: string, fallback: Operand): Operand =>
  Object.hasOwn(given, name) ? given[name] : fallback;

/** Whether an operand is a tensor. */
export const isTensor = (v: Operand): v is Tensor => hasKind(v, "tensor");

/** Whether an operand is a list or tuple. */
export const isList = (v: Operand): v is readonly Operand[] => Array.isArray(v);

/** A number as an exact size or fraction; undefined where it is none or unknown. */
export function numberOf(v: Operand): Dim | undefined {
  if (typeof v === "number") return v;
  if (typeof v !== "object" || v === null || isList(v)) return undefined;
  if (!("kind" in v)) return v;
  return v.kind === "float" ? dimOf(v.value) : undefined;
}

/** A size; undefined where the operand is none or unknown. */
export const sizeOf = (v: Operand): Size => (hasKind(v, "float") ? undefined : numberOf(v));

/** Whether an operand is some number of which the value is not known. */
export const isSomeNumber = (v: Operand): boolean =>
  hasKind(v, "float") && Number.isNaN((v as { value: number }).value);

/** A whole number that is known. */
export const wholeOf = (v: Operand): number | undefined => (typeof v === "number" ? v : undefined);

/** Whether an operand certainly is a number. */
export const isNumber = (v: Operand): boolean =>
  numberOf(v) !== undefined || typeof v === "boolean" || hasKind(v, "float");

/** The shape of an operand that takes part in broadcasting: a number has no dimensions. */
export const shapeOf = (v: Operand): Shape | undefined => (isTensor(v) ? v.shape : isNumber(v) ? [] : undefined);

/** The shape of an operand that must be a tensor. */
export const tensorShape = (v: Operand): Shape | undefined => (isTensor(v) ? v.shape : undefined);

/** The kind of numbers that a tensor holds. */
export const kindOf = (v: Operand): NumberKind | undefined => (isTensor(v) ? v.dtype : undefined);

/** The items of a list, or the one item in its place; undefined where they are unknown. */
export function itemsOf(v: Operand): readonly Operand[] | undefined {
  if (isList(v)) return v;
  return v === undefined || v === null || isTensor(v) ? undefined : [v];
}

/** Python's truth of a flag; undefined where it is unknown. */
export const flagOf = (v: Operand): boolean | undefined =>
  typeof v === "boolean" ? v : v === null ? false : typeof v === "number" ? v !== 0 : undefined;

/** A shape of so many dimensions of which no size is known. */
export const unknownSizes = (rank: number): Shape => Array.from({ length: rank }, () => undefined);

/** `1 dimension`, `3 dimensions`. */
export const counted = (count: Size, what: string): string =>
  `${count === undefined ? "?" : printDim(count)} ${what}${count === 1 ? "" : "s"}`;

/** The sentence for a number that stands for no dimension. */
function noDimension(code: string, argument: string, at: number, rank: number, item?: number): never {
  const last = Math.max(rank, 1) - 1;
  const range = last === 0 ? "Use 0 or −1." : `Count from 0 to ${last}, or from the end with −1.`;
  const asked = item === undefined ? `is ${printDim(at)}` : `names dimension ${printDim(at)}`;
  refuse(code, `${argument} ${asked}, the tensor has ${counted(rank, "dimension")}.`, range, {
    argument,
    ...(item === undefined ? {} : { item }),
  });
}

/** The place of a dimension, counted from the front; undefined where it is not known, refused where there is none. */
export function axisOf(v: Operand, rank: number, code: string, argument = "dim", item?: number): number | undefined {
  const at = wholeOf(v);
  if (at === undefined) return undefined;
  const count = Math.max(rank, 1);
  if (at < -count || at >= count) noDimension(code, argument, at, rank, item);
  return at < 0 ? at + count : at;
}

/** The place at which a dimension is put into a tensor of so many. */
export function newAxisOf(v: Operand, rank: number, code: string): number | undefined {
  const at = wholeOf(v);
  if (at === undefined) return undefined;
  if (at < -rank - 1 || at > rank)
    refuse(
      code,
      `dim is ${printDim(at)}, the tensor has ${counted(rank, "dimension")}.`,
      `A new dimension may be put in at 0 to ${rank}, or counted from the end with −1.`,
      { argument: "dim" },
    );
  return at < 0 ? at + rank + 1 : at;
}

/** The places of some dimensions, or of the one that is given; refuses one that is given twice. */
export function axesOf(v: Operand, rank: number, code: string, argument = "dim"): readonly number[] | undefined {
  const items = itemsOf(v);
  if (!items) return undefined;
  const places: (number | undefined)[] = [];
  for (const [i, item] of items.entries()) {
    const place = axisOf(item, rank, code, argument, isList(v) ? i : undefined);
    if (place !== undefined && places.includes(place))
      refuse(code, `${argument} names dimension ${place} twice.`, "Name each dimension once.", { argument, item: i });
    places.push(place);
  }
  return places.includes(undefined) ? undefined : (places as number[]);
}

/** Whether a call looks along the rows of a matrix. */
export const isAlongRows = ({ input, dim }: Operands): boolean =>
  tensorShape(input)?.length === 2 && (dim === 1 || dim === -1);

/** Whether a size certainly is not 1. */
export const isNotOne = (size: Size): boolean => size !== undefined && equal(size, 1) === false;

/** Whether two sizes certainly differ. */
export const differ = (a: Size, b: Size): boolean => a !== undefined && b !== undefined && equal(a, b) === false;

/** Whether a certainly is below b. */
export const isBelow = (a: Size, b: Size): boolean => a !== undefined && b !== undefined && less(a, b) === true;

/** a + b, where both are known. */
export const sum = (a: Size, b: Size): Size => (a === undefined || b === undefined ? undefined : add(a, b));

/** Whether a size certainly is no whole number. */
export const isFraction = (size: Size): boolean =>
  size !== undefined && typeof size !== "number" && (exactValue(size)?.d ?? 1n) !== 1n;

/** What two sizes that must be one are: the one that says more. */
export const agreed = (a: Size, b: Size): Size => (typeof b === "number" ? b : (a ?? b));
