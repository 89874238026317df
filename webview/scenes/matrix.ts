import type { Pass, Side, WindowPicture } from "../../src/protocol.js";
import type { Frame, GridBase, GridMark, Ground, KernelPlace } from "./marks.js";
import { namingOf } from "./names.js";
import { bracketed, minus, upTo } from "./numbers.js";
import { passOf, type SceneOptions } from "./options.js";
import { kernelPlace, termsOf } from "./terms.js";

/** Columns up to which the matrix of all channels is drawn; of a wider one that of the planes which meet. And entries of any. */
const WIDE = 48;
const MOST = 60_000;

/** A matrix, by row the columns that are not empty, and which rows and columns belong to which plane. */
interface Sparse {
  readonly base: GridBase;
  readonly filled: readonly (readonly number[])[];
  /** By cell, the weight's place. */
  readonly places: ReadonlyMap<number, KernelPlace>;
  readonly rows: number;
  readonly columns: number;
}

const matrices = new WeakMap<Pass, Map<string, Sparse>>();

/**
 * The layer as one product of a matrix with a column of numbers: Ỹ = A X̃ forward, dX̃ = Aᵀ dỸ back to the input. `step` is the row that is
 * shown. Undefined for a layer without weights, and back to the weights.
 */
export function asMatrix(picture: WindowPicture, options: SceneOptions, step: number): Frame["also"] {
  const pass = passOf(picture, options);
  if (!pass.weight || pass.sum === "weight") return undefined;
  const other: Side = pass.sum === "windows" ? "seen" : "windows";
  const [rowsEach, columnsEach] = [pass[pass.sum]?.[0]?.length ?? 0, pass[other]?.[0]?.length ?? 0];
  const isWhole = columnsEach * (pass[other]?.length ?? 1) <= WIDE;
  if (rowsEach * columnsEach > MOST) return undefined;
  const known = matrices.get(pass) ?? new Map<string, Sparse>();
  matrices.set(pass, known);
  const key = isWhole ? "all" : `${options.plane} ${options.part}`;
  const matrix = known.get(key) ?? build(picture, options, isWhole);
  known.set(key, matrix);
  const row = isWhole ? options.plane * rowsEach + step : step;
  const part = pass.parts[options.plane]?.[options.part];
  if (!isWhole && !part) return undefined;
  const inPlanes = isWhole ? (pass[other] ?? []) : [pass[other]?.[part?.planes[other] ?? 0] ?? []];
  const outPlanes = isWhole ? (pass[pass.sum] ?? []) : [part?.sums ?? []];
  const lit = matrix.filled[row] ?? [];
  const [from, to] = [namingOf(picture, options, other), namingOf(picture, options, pass.sum)];
  const isBack = (pass.sum === "seen") !== picture.transposed;
  const letter = pass.sum === "seen" ? "Aᵀ" : "A";
  const grids: GridMark[] = [
    {
      id: "matrix",
      role: "weight",
      title: letter,
      caption: `${matrix.rows} × ${matrix.columns}`,
      base: matrix.base,
      ...(options.byPlace && { places: matrix.places }),
      lit: lit.map((column) => row * matrix.columns + column),
      frame: { row, col: 0, height: 1, width: matrix.columns },
    },
    { ...column("columnIn", from.title, inPlanes), role: from.role, lit },
    { ...column("columnOut", isWhole ? to.title : "What these add", outPlanes), role: to.role, lit: [], chosen: row },
  ];
  const bias = isWhole && pass.kind === "forward" && picture.bias ? " The bias is added behind it." : "";
  const what = isWhole ? "all channels" : "the channels shown";
  return {
    say: `The same as one product, for ${what}: row ${row} of ${letter} holds a weight wherever ${from.letter} reaches ${to.letter}; ${
      isBack ? "its columns are the rows of A" : "each row is the kernel again, moved on"
    }.${bias}`,
    grids,
  };
}

/** What is said where the numbers make no such picture. */
export function withoutMatrix({ pass }: SceneOptions, view: "matrix" | "im2col"): Frame["also"] {
  const reason =
    view === "matrix" && pass === "weight"
      ? "The gradient of the kernel is no product with A. Choose im2col: there it is the windows, times dY."
      : view === "im2col" && pass === "input"
        ? "The gradient of the input is no product with the windows. Choose Matrix: there it is Aᵀ, times dY."
        : "This matrix has more entries than can be drawn.";
  return { say: reason, grids: [] };
}

/** The matrix of the windows, a row each: times the kernel as a column it is the output; its transpose times dY is dW. */
export function asWindowMatrix(picture: WindowPicture, options: SceneOptions, step: number): Frame["also"] {
  const pass = passOf(picture, options);
  if (!pass.weight || pass.sum === "seen") return undefined;
  const part = pass.parts[options.plane]?.[options.part];
  if (!part) return undefined;
  const texts = pass.seen[part.planes.seen] ?? [];
  if ((pass.windows[0]?.length ?? 0) * (pass.weight[0]?.length ?? 0) > MOST) return undefined;
  const known = matrices.get(pass) ?? new Map<string, Sparse>();
  matrices.set(pass, known);
  const key = `windows ${part.planes.seen}`;
  const made = known.get(key) ?? windowMatrix(picture, texts);
  known.set(key, made);
  const isBack = pass.sum === "weight";
  const weights = pass.weight[part.planes.weight] ?? [];
  const windows = isBack ? (pass.windows[part.planes.windows] ?? []) : part.sums;
  const [kernel, output] = [namingOf(picture, options, "weight"), namingOf(picture, options, "windows")];
  const lit = isBack
    ? upTo(made.rows).map((row) => row * made.columns + step)
    : upTo(made.columns).map((col) => step * made.columns + col);
  const by = { ...column("columnIn", kernel.title, [weights]), role: kernel.role };
  const out = {
    ...column("columnOut", isBack ? output.title : "What these add", [windows]),
    role: output.role,
  };
  const grids: GridMark[] = [
    {
      id: "matrix",
      role: "input",
      title: "Windows as rows",
      caption: `${made.rows} × ${made.columns}`,
      base: made.base,
      ...(options.byPlace && { places: made.places }),
      lit,
      frame: isBack
        ? { row: 0, col: step, height: made.rows, width: 1 }
        : { row: step, col: 0, height: 1, width: made.columns },
    },
    isBack ? { ...by, lit: [], chosen: step } : { ...by, lit: upTo(weights.length) },
    isBack ? { ...out, lit: upTo(windows.length) } : { ...out, lit: [], chosen: step },
  ];
  const what = (pass.parts[options.plane]?.length ?? 1) > 1 ? "what this channel adds to " : "";
  const bias = picture.bias ? " The bias is added behind it." : "";
  return {
    say: isBack
      ? `Each window is a row (im2col): a column of it, times dY, adds up to one weight's gradient.`
      : `Each window is a row (im2col): a row of it, times the kernel as a column, is ${what}one number of the output.${bias}`,
    grids,
  };
}

function build(picture: WindowPicture, options: SceneOptions, isWhole: boolean): Sparse {
  const pass = passOf(picture, options);
  const other: Side = pass.sum === "windows" ? "seen" : "windows";
  const own = pass.parts[options.plane]?.[options.part];
  const pairs = isWhole ? pass.parts.flat() : own ? [own] : [];
  const [rowsEach, columnsEach] = [pass[pass.sum]?.[0]?.length ?? 0, pass[other]?.[0]?.length ?? 0];
  const rows = rowsEach * (isWhole ? pass.parts.length : 1);
  const columns = columnsEach * (isWhole ? (pass[other]?.length ?? 1) : 1);
  const texts = new Array<string>(rows * columns).fill("");
  const places = new Map<number, KernelPlace>();
  const filled: Set<number>[] = Array.from({ length: rows }, () => new Set());
  for (const { planes } of pairs) {
    const [firstRow, firstColumn] = isWhole ? [planes[pass.sum] * rowsEach, planes[other] * columnsEach] : [0, 0];
    const weights = pass.weight?.[planes.weight] ?? [];
    for (let cell = 0; cell < rowsEach; cell++)
      for (const term of termsOf(picture, pass.sum, cell)) {
        if (term[other] < 0 || term.seen < 0) continue;
        const [row, col] = [firstRow + cell, firstColumn + term[other]];
        const at = row * columns + col;
        const text = weights[term.weight] ?? "";
        // Padding that repeats a number gives it several weights.
        texts[at] = texts[at] === "" ? text : `${texts[at]}+${bracketed(text)}`;
        filled[row]?.add(col);
        places.set(at, kernelPlace(picture, term.weight));
      }
  }
  return { base: baseOf(texts, columns, "A"), filled: filled.map((set) => [...set]), places, rows, columns };
}

function windowMatrix(picture: WindowPicture, numbers: readonly string[]): Sparse {
  const [down, across] = picture.axes;
  const [rows, columns] = [down.windows.length * across.windows.length, down.kernel * across.kernel];
  const texts = new Array<string>(rows * columns).fill("0");
  for (let row = 0; row < rows; row++)
    for (const { weight, seen } of termsOf(picture, "windows", row))
      texts[row * columns + weight] = seen < 0 ? "0" : (numbers[seen] ?? "");
  const places = new Map(texts.map((_, cell) => [cell, kernelPlace(picture, cell % columns)]));
  return { base: baseOf(texts, columns, "windows"), filled: [], places, rows, columns };
}

const columns = new WeakMap<object, GridBase>();

/** Planes one below the other as a column. */
function column(id: string, title: string, planes: readonly (readonly string[])[]): Omit<GridMark, "role" | "lit"> {
  const key = planes.length === 1 ? (planes[0] as readonly string[]) : planes;
  const base = columns.get(key) ?? baseOf(planes.flat(), 1, title);
  columns.set(key, base);
  return { id, title, caption: `${base.texts.length} × 1`, base };
}

function baseOf(texts: readonly string[], width: number, name: string): GridBase {
  return {
    rowHeads: upTo(texts.length / Math.max(1, width)).map(minus),
    colHeads: width === 1 ? [""] : upTo(width).map(minus),
    texts,
    grounds: new Array<Ground>(texts.length).fill("plain"),
    digits: texts.reduce((most, text) => Math.max(most, text.length), 1),
    name: (cell) => (width === 1 ? `${name}[${cell}]` : `${name}[${Math.floor(cell / width)}, ${cell % width}]`),
  };
}
