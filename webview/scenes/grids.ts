import type { AxisPicture, Pass, PlanePart, Side, WindowPicture } from "../../src/protocol.js";
import type { Box, GridBase, GridMark, Ground, Planes } from "./marks.js";
import { elementName, namingOf, ownPlace, sizeText } from "./names.js";
import { minus, upTo } from "./numbers.js";
import { passOf, type SceneOptions } from "./options.js";
import { filterOf } from "./planes.js";
import { columnsOf, drawn } from "./terms.js";

/** What of a grid changes from step to step. */
export type Overlay = Pick<GridMark, "lit" | "places" | "over" | "chosen" | "later" | "frame">;

const bases = new WeakMap<readonly string[], Map<string, GridBase>>();

/** The base of a grid, made once for its texts and what it is shown for. */
function remembered(texts: readonly string[], key: string, make: () => GridBase): GridBase {
  const known = bases.get(texts) ?? new Map<string, GridBase>();
  bases.set(texts, known);
  const base = known.get(key) ?? make();
  known.set(key, base);
  return base;
}

const longest = (texts: readonly string[]): number => texts.reduce((most, text) => Math.max(most, text.length), 1);

/** A grid of one of the three tensors, on the planes that meet. */
export function tensorGrid(
  picture: WindowPicture,
  options: SceneOptions,
  side: Side,
  part: PlanePart,
  overlay: Overlay,
): GridMark {
  const pass = passOf(picture, options);
  const plane = part.planes[side];
  const texts = pass[side]?.[plane] ?? [];
  const { title, role } = namingOf(picture, options, side);
  const key = `${side} ${options.pass} ${options.turned}`;
  const base = remembered(texts, key, () =>
    side === "seen" ? seenBase(picture, options, texts) : plainBase(picture, options, side, texts),
  );
  const planes = choiceOf(picture, options, side);
  const only = picture.planes[side].length > 1 && !planes ? picture.planes[side][plane] : undefined;
  return {
    id: side,
    role,
    title,
    caption: [captionOf(picture, side), only, biasOf(picture, options, side)]
      .filter((text) => text !== undefined)
      .join(", "),
    ...(planes && { planes }),
    base,
    ...(side !== pass.sum && { edits: editsOf(picture, options, side, plane) }),
    ...overlay,
  };
}

/** The bias of the filter whose kernel is shown, which no other grid has. */
function biasOf(picture: WindowPicture, options: SceneOptions, side: Side): string | undefined {
  const isShown = side === "weight" && options.pass === "forward" && picture.operation !== "linear";
  const bias = isShown ? picture.bias?.[filterOf(picture, options)] : undefined;
  return bias === undefined ? undefined : `bias ${bias}`;
}

/** Where the numbers of a grid stand in their tensor. */
function editsOf(picture: WindowPicture, options: SceneOptions, side: Side, plane: number): GridMark["edits"] {
  const { letter } = namingOf(picture, options, side);
  const tensor = letter === "x" ? "input" : letter === "w" ? "weight" : "gradOutput";
  const size = passOf(picture, options)[side]?.[plane]?.length ?? 0;
  return {
    tensor,
    at: (cell) => {
      const columns = columnsOf(picture, "at");
      const own = side === "seen" ? seenAt(picture, Math.floor(cell / columns), cell % columns) : cell;
      return own < 0 ? undefined : plane * size + (side === "weight" && options.turned ? size - 1 - own : own);
    },
  };
}

/** What can be chosen at a grid: the plane that is summed up, or which of those that meet there is shown. */
function choiceOf(picture: WindowPicture, options: SceneOptions, side: Side): Planes | undefined {
  const pass = passOf(picture, options);
  const names = picture.planes[side];
  if (side === pass.sum) return names.length > 1 ? { names, shown: options.plane, choose: "plane" } : undefined;
  const parts = pass.parts[options.plane] ?? [];
  const isFactor = side === factorOf(pass);
  if (!isFactor || parts.length < 2) return undefined;
  return { names: parts.map(({ planes }) => names[planes[side]] ?? ""), shown: options.part, choose: "part" };
}

/** The tensor, besides the one that is summed up, whose planes differ from part to part. */
const factorOf = ({ sum }: Pass): Side => (sum === "seen" ? "windows" : "seen");

function plainBase(
  picture: WindowPicture,
  options: SceneOptions,
  side: "windows" | "weight",
  texts: readonly string[],
): GridBase {
  const [down, across] = picture.axes;
  const [rows, columns] =
    side === "weight" ? [down.kernel, across.kernel] : [down.windows.length, across.windows.length];
  const place = (row: number, col: number) => ownPlace(picture, options, side, row, col);
  return {
    rowHeads: upTo(rows).map((row) => (picture.rank === 1 ? "" : minus(place(row, 0).row))),
    colHeads: upTo(columns).map((col) => minus(place(0, col).col)),
    texts,
    grounds: texts.map((): Ground => "plain"),
    digits: longest(texts),
    name: (cell) => elementName(picture, options, side, cell),
  };
}

/** What the windows see, with the padding around it. */
function seenBase(picture: WindowPicture, options: SceneOptions, texts: readonly string[]): GridBase {
  const [down, across] = picture.axes;
  const [rows, columns] = [drawn(down), drawn(across)];
  const [readRows, readColumns] = [readOf(down), readOf(across)];
  const isSummed = passOf(picture, options).sum === "seen";
  const shown: string[] = [];
  const grounds: Ground[] = [];
  for (let row = 0; row < rows; row++)
    for (let col = 0; col < columns; col++) {
      const seen = seenAt(picture, row, col);
      const isBeyond = row >= rows - down.beyond || col >= columns - across.beyond;
      const isPadding = !isOwn(down, row) || !isOwn(across, col);
      const ground = isBeyond
        ? "beyond"
        : isPadding
          ? "padding"
          : readRows.has(row) && readColumns.has(col)
            ? "plain"
            : "unread";
      grounds.push(ground);
      // A sum has no place in the padding: what falls there is lost, or belongs to the place that it repeats.
      const nothing = picture.padding === "nothing" ? "−∞" : "0";
      shown.push(isBeyond || (isSummed && isPadding) ? "" : seen < 0 ? nothing : (texts[seen] ?? ""));
    }
  return {
    rowHeads: upTo(rows).map((row) => (picture.rank === 1 ? "" : minus(row - down.before))),
    colHeads: upTo(columns).map((col) => minus(col - across.before)),
    texts: shown,
    grounds,
    digits: longest(shown),
    name: (cell) => {
      if (grounds[cell] === "beyond") return "past the padding";
      if (grounds[cell] === "padding") return "padding";
      return elementName(picture, options, "seen", seenAt(picture, Math.floor(cell / columns), cell % columns));
    },
  };
}

const isOwn = (axis: AxisPicture, index: number): boolean => index >= axis.before && index < axis.before + axis.size;

/** The number that is seen at a drawn place; −1 where there is none. */
export function seenAt({ axes: [down, across] }: WindowPicture, row: number, col: number): number {
  const [from, to] = [down.seen[row] ?? -1, across.seen[col] ?? -1];
  return from < 0 || to < 0 ? -1 : from * across.size + to;
}

/** Where a number of what is seen is drawn: its own place, not where the padding repeats it. */
export function placeOf(picture: WindowPicture, cell: number): number {
  const [down, across] = picture.axes;
  const [row, col] = [Math.floor(cell / across.size), cell % across.size];
  return (row + down.before) * columnsOf(picture, "at") + col + across.before;
}

/** The frame of a window over what it sees; undefined where it reaches nothing. */
export function windowBox(picture: WindowPicture, window: number): Box | undefined {
  const [down, across] = picture.axes;
  const columns = across.windows.length;
  const [rowReach, colReach] = [down.reach[Math.floor(window / columns)], across.reach[window % columns]];
  if (!rowReach || !colReach) return undefined;
  const [[top, bottom], [left, right]] = [rowReach, colReach];
  return { row: top + down.before, col: left + across.before, height: bottom - top + 1, width: right - left + 1 };
}

/** The frame of one cell. */
export const cellBox = (cell: number, columns: number): Box => ({
  row: Math.floor(cell / columns),
  col: cell % columns,
  height: 1,
  width: 1,
});

function captionOf(picture: WindowPicture, side: Side): string {
  const [down, across] = picture.axes;
  if (side === "weight") return sizeText(picture, down.kernel, across.kernel);
  if (side === "windows") return sizeText(picture, down.windows.length, across.windows.length);
  const size = sizeText(picture, down.size, across.size);
  const [rows, columns] = [down, across].map((axis) => axis.before + axis.size + axis.after) as [number, number];
  const whole = sizeText(picture, rows, columns);
  if (whole === size) return size;
  const number = whole.replace("length ", "");
  return picture.transposed ? `${size}, cut out of ${number}` : `${size}, after padding ${number}`;
}

/** The drawn positions that stand for a number some window reads. */
function readOf(axis: AxisPicture): ReadonlySet<number> {
  const indices = new Set(axis.windows.flat().map(({ at }) => axis.seen[at + axis.before]));
  return new Set(upTo(drawn(axis)).filter((at) => indices.has(axis.seen[at])));
}
