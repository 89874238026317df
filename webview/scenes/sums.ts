import type { PlanePart, Side, WindowPicture } from "../../src/protocol.js";
import type { Piece, Role, SumLine, Tile } from "./marks.js";
import { namingOf } from "./names.js";
import { bracketed } from "./numbers.js";
import { partOf, passOf, type SceneOptions } from "./options.js";
import { filterOf } from "./planes.js";
import { powerLines } from "./power.js";
import { columnsOf, countedTerms, type Term } from "./terms.js";

/** One product of a sum: its factors with what they are, and where they stand. */
export interface Product {
  readonly term: Term;
  readonly value: string;
  readonly valueRole: Role | "padding";
  /** Absent where the value is taken as it is. */
  readonly factor?: string;
  readonly factorRole: Role;
  /** What an average divides the value by. */
  readonly divisor?: number;
}

/** The products that make up a cell of what is summed up, on the planes of a part. */
export function productsOf(
  picture: WindowPicture,
  options: SceneOptions,
  part: PlanePart,
  cell: number,
): readonly Product[] {
  const pass = passOf(picture, options);
  const text = (side: Side, index: number): string => pass[side]?.[part.planes[side]]?.[index] ?? "";
  const roleOf = (side: Side): Role => namingOf(picture, options, side).role;
  const role = { seen: roleOf("seen"), weight: roleOf("weight"), windows: roleOf("windows") };
  return countedTerms(picture, options, part, pass.sum, cell).map((term): Product => {
    const nothing = picture.padding === "nothing" ? "−∞" : "0";
    const seen = term.seen < 0 ? nothing : text("seen", term.seen);
    const isPadding = pass.sum !== "seen" && isOutside(picture, term.at);
    const seenRole = isPadding ? "padding" : role.seen;
    if (pass.sum === "weight")
      return {
        term,
        value: text("windows", term.windows),
        valueRole: role.windows,
        factor: seen,
        factorRole: role.seen,
      };
    const [value, valueRole] =
      pass.sum === "seen" ? ([text("windows", term.windows), role.windows] as const) : ([seen, seenRole] as const);
    const divisor = pass.kind === "input" ? picture.divisors?.[part.planes.windows]?.[term.windows] : undefined;
    const plain = { term, value, valueRole, factorRole: role.weight, ...(divisor !== undefined && { divisor }) };
    return pass.weight ? { ...plain, factor: text("weight", term.weight) } : plain;
  });
}

/** Products up to which they are written out. */
export const MOST_WRITTEN = 400;

/** Whether a drawn place lies in the padding. */
export function isOutside(picture: WindowPicture, at: number): boolean {
  const [down, across] = picture.axes;
  const columns = columnsOf(picture, "at");
  const [row, col] = [Math.floor(at / columns) - down.before, (at % columns) - across.before];
  return row < 0 || col < 0 || row >= down.size || col >= across.size;
}

/** The products of the part that is shown, each at its place in the window or, for a weight, at its window's place. */
export function tilesOf(
  picture: WindowPicture,
  options: SceneOptions,
  products: readonly Product[],
  isLit: (term: Term) => boolean,
): Tile[] {
  const { sum } = passOf(picture, options);
  const side = sum === "weight" ? "windows" : "weight";
  const columns = columnsOf(picture, side);
  const tiles = products.flatMap(({ term, value, valueRole, factor, factorRole }): Tile[] => {
    if (factor === undefined) return [];
    const place = term[side];
    const [row, col] = [Math.floor(place / columns), place % columns];
    return [{ row, col, value, factor, roles: [valueRole, factorRole], lit: isLit(term) }];
  });
  const firstRow = Math.min(...tiles.map(({ row }) => row));
  const firstCol = Math.min(...tiles.map(({ col }) => col));
  return tiles
    .map((tile) => ({ ...tile, row: tile.row - firstRow, col: tile.col - firstCol }))
    .sort((a, b) => a.row - b.row || a.col - b.col);
}

/** The arithmetic of a cell: the shown part's products, none where they are too many, every part's sum, and what they come to. */
export function sumLines(
  picture: WindowPicture,
  options: SceneOptions,
  cell: number,
  result: string,
  products: readonly Product[],
  isLit: (term: Term) => boolean,
): SumLine[] {
  if (picture.power)
    return powerLines(picture, options, picture.power, cell, products, (index) => partName(picture, options, index));
  const pass = passOf(picture, options);
  const parts = pass.parts[options.plane] ?? [];
  const role = namingOf(picture, options, pass.sum).role;
  const total: Piece = { text: result, role };
  const written = products.flatMap((product, index) => productPieces(product, index, isLit));
  const isForward = pass.kind === "forward";
  const bias =
    isForward && pass.weight
      ? picture.bias?.[picture.operation === "linear" ? cell : filterOf(picture, options)]
      : undefined;
  const own = [...lines()];
  const biased = biasLine(picture, options, cell);
  return biased ? [...own, biased] : own;

  function* lines(): Generator<SumLine> {
    if (isForward && !pass.weight) {
      yield* picture.operation === "max" ? largest() : average();
      return;
    }
    const alone = parts.length < 2 && bias === undefined;
    // One number that is taken as it is needs no sum.
    const isPlain = products.length === 1 && !pass.weight && products[0]?.divisor === undefined;
    for (const [index, { sums }] of parts.entries()) {
      const isShown = index === options.part;
      const sum: Piece = alone ? total : { text: sums[cell] ?? "" };
      const first = written.length > 0 && !isPlain ? [...written, equals] : [];
      yield {
        label: parts.length < 2 ? "" : partName(picture, options, index),
        pieces: isShown ? [...first, sum] : [sum],
        ...(parts.length > 1 && { part: index }),
        current: isShown,
      };
    }
    if (alone) return;
    const sums = parts.flatMap(({ sums }, index) => plus(index, { text: sums[cell] ?? "" }));
    const added: Piece[] = bias === undefined ? [] : plus(sums.length, { text: bias, role: "weight" });
    const label = bias === undefined ? "together" : parts.length < 2 ? "with the bias" : "together, with the bias";
    yield { label, pieces: [...sums, ...added, equals, total], current: false };
  }

  function* largest(): Generator<SumLine> {
    const listed = products.map(
      ({ value, valueRole, term }): Piece => ({ text: value, role: valueRole, ...(isLit(term) && { lit: true }) }),
    );
    const pieces = listed.flatMap((piece, index) => (index === 0 ? [piece] : [{ text: ", " }, piece]));
    if (parts.length < 2) {
      if (pieces.length === 0) yield { label: "", pieces: [total], current: true };
      else yield { label: "", pieces: [{ text: "max(" }, ...pieces, { text: ")" }, equals, total], current: true };
      return;
    }
    for (const [index, { sums }] of parts.entries()) {
      const isShown = index === options.part;
      const sum: Piece = { text: sums[cell] ?? "" };
      const label = partName(picture, options, index);
      const shownPieces =
        isShown && pieces.length > 0 ? [{ text: "max(" }, ...pieces, { text: ")" }, equals, sum] : [sum];
      yield { label, pieces: shownPieces, part: index, current: isShown };
    }
    const all = parts.flatMap(({ sums }, index) => [{ text: index === 0 ? "" : ", " }, { text: sums[cell] ?? "" }]);
    yield { label: "together", pieces: [{ text: "max(" }, ...all, { text: ")" }, equals, total], current: false };
  }

  function* average(): Generator<SumLine> {
    const divisor = picture.divisors?.[options.plane]?.[cell] ?? 1;
    const quotient = (pieces: readonly Piece[], sum: string): Piece[] => {
      const fraction = `${sum}/${divisor}`;
      if (pieces.length === 0) return [{ text: fraction }, equals, total];
      const middle: Piece[] = fraction === result || pieces.length === 1 ? [] : [equals, { text: fraction }];
      return [{ text: "(" }, ...pieces, { text: `) / ${divisor}` }, ...middle, equals, total];
    };
    if (parts.length < 2) {
      yield { label: "", pieces: quotient(written, parts[0]?.sums[cell] ?? "0"), current: true };
      return;
    }
    for (const [index, { sums }] of parts.entries()) {
      const isShown = index === options.part;
      const sum: Piece = { text: sums[cell] ?? "" };
      const pieces = isShown && written.length > 0 ? [...written, equals, sum] : [sum];
      yield { label: partName(picture, options, index), pieces, part: index, current: isShown };
    }
    const all = parts.flatMap(({ sums }, index) => plus(index, { text: sums[cell] ?? "" }));
    yield {
      label: "together",
      pieces: [{ text: "(" }, ...all, { text: `) / ${divisor}` }, equals, total],
      current: false,
    };
  }
}

const equals: Piece = { text: " =\u00a0" };

/** A later term of a sum with its sign before it; negative ones in brackets. */
const plus = (index: number, piece: Piece): Piece[] =>
  index === 0 ? [piece] : [{ text: " + " }, { ...piece, text: bracketed(piece.text) }];

function productPieces(product: Product, index: number, isLit: (term: Term) => boolean): Piece[] {
  const { term, value, valueRole, factor, factorRole, divisor } = product;
  const lit = isLit(term) ? { lit: true } : {};
  const pieces: Piece[] = [{ text: index === 0 ? value : bracketed(value), role: valueRole, ...lit }];
  if (factor !== undefined) pieces.push({ text: "·" }, { text: bracketed(factor), role: factorRole, ...lit });
  if (divisor !== undefined) pieces.push({ text: `/${divisor}` });
  return index === 0 ? pieces : [{ text: " + " }, ...pieces];
}

/** The name of a part: the plane of the tensor that differs. */
export function partName(picture: WindowPicture, options: SceneOptions, index: number): string {
  const pass = passOf(picture, options);
  const side: Side = pass.sum === "seen" ? "windows" : "seen";
  const plane = pass.parts[options.plane]?.[index]?.planes[side] ?? 0;
  return picture.planes[side][plane] ?? "";
}

/** The gradient of the bias: the sum of its filter's gradient of the output. */
function biasLine(picture: WindowPicture, options: SceneOptions, cell: number): SumLine | undefined {
  const pass = passOf(picture, options);
  const part = partOf(picture, options);
  if (!pass.bias || !part) return undefined;
  const side = picture.transposed ? "seen" : "windows";
  if (picture.operation === "linear") {
    const row = Math.floor(cell / columnsOf(picture, "weight"));
    const text = pass.bias[row] ?? "";
    return { label: `db[${row}], the bias: dY[${row}]`, pieces: [{ text, role: "gradient" }], current: false };
  }
  const planes = pass[side] ?? [];
  const each = planes.length / pass.bias.length;
  const filter = Math.floor(part.planes[side] / each);
  const own = planes.slice(filter * each, (filter + 1) * each);
  const role = namingOf(picture, options, side).role;
  const isShort = own.reduce((sum, { length }) => sum + length, 0) <= MOST_WRITTEN;
  const pieces = isShort ? [...own.flat().flatMap((text, index) => plus(index, { text, role })), equals] : [];
  return {
    label: `db[${filter}], the bias${isShort ? "" : ", all of dY added up"}`,
    pieces: [...pieces, { text: pass.bias[filter] ?? "", role: "gradient" }],
    current: false,
  };
}
