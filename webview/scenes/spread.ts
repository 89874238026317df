import type { AxisPicture, PlanePart, WindowPicture } from "../../src/protocol.js";
import { cellBox } from "./grids.js";
import type { Frame, GridBase, GridMark, Ground } from "./marks.js";
import { namingOf } from "./names.js";
import { minus, upTo } from "./numbers.js";
import { passOf, type SceneOptions } from "./options.js";

/** How one axis is spread: zeros between the numbers for the stride, and around them for the kernel. */
interface Spread {
  readonly length: number;
  /** By position the number that stands there; −1 for a zero. */
  readonly from: readonly number[];
  readonly dilation: number;
}

const bases = new WeakMap<readonly string[], GridBase>();

/**
 * The sum over what the windows see as a correlation: the numbers of the windows spread apart by the stride and padded, under the kernel
 * turned by 180°. Undefined where the padding repeats numbers or the windows are uneven.
 */
export function asCorrelation(
  picture: WindowPicture,
  options: SceneOptions,
  part: PlanePart,
  cell: number,
): Frame["also"] {
  const pass = passOf(picture, options);
  const weight = pass.weight?.[part.planes.weight];
  const texts = pass.windows[part.planes.windows];
  if (pass.sum !== "seen" || picture.rank === 3 || picture.padding !== "zeros" || !weight || !texts) return undefined;
  const [down, across] = picture.axes.map(spreadOf);
  if (!down || !across) return undefined;
  const [rows, columns] = [down.length, across.length];
  const known = bases.get(texts);
  const base = known ?? spreadBase(picture, texts, down, across);
  bases.set(texts, base);
  const size = picture.axes[1].size;
  const [row, col] = [Math.floor(cell / size), cell % size];
  const [tall, wide] = [picture.axes[0].kernel, picture.axes[1].kernel];
  const lit = upTo(tall).flatMap((a) =>
    upTo(wide).map((b) => (row + a * down.dilation) * columns + col + b * across.dilation),
  );
  const turned = turnedBase(picture, options, weight);
  const { title, role, letter } = namingOf(picture, options, "windows");
  const stride = Math.max(picture.axes[0].stride ?? 1, picture.axes[1].stride ?? 1);
  const zeros =
    stride > 1 ? `${stride - 1} zero${stride > 2 ? "s" : ""} between its numbers for the stride of ${stride}, ` : "";
  const grids: GridMark[] = [
    {
      id: "spread",
      role,
      title: `${title}, spread`,
      caption: picture.rank === 1 ? `length ${columns}` : `${rows} × ${columns}`,
      base,
      lit,
      frame: {
        row,
        col,
        height: down.dilation * (tall - 1) + 1,
        width: across.dilation * (wide - 1) + 1,
      },
    },
    {
      id: "turned",
      role: "weight",
      title: options.turned ? "Kernel as it is stored" : "Kernel, turned by 180°",
      caption: picture.rank === 1 ? `length ${wide}` : `${tall} × ${wide}`,
      base: turned,
      lit: upTo(tall * wide),
    },
  ];
  const say = `The same as a correlation: ${letter} with ${zeros}zeros around it, under the kernel turned by 180°. The window adds up to the same number.`;
  return { say, grids };
}

function spreadOf({ size, before, kernel, stride, dilation, windows }: AxisPicture): Spread | undefined {
  if (stride === undefined || dilation === undefined) return undefined;
  const reach = dilation * (kernel - 1);
  const length = size + reach;
  const from = new Array<number>(length).fill(-1);
  for (const [window] of windows.entries()) {
    const at = window * stride - before + reach;
    if (at >= 0 && at < length) from[at] = window;
  }
  return { length, from, dilation };
}

function spreadBase({ axes, rank }: WindowPicture, texts: readonly string[], down: Spread, across: Spread): GridBase {
  const columns = axes[1].windows.length;
  const shown: string[] = [];
  const grounds: Ground[] = [];
  for (const row of down.from)
    for (const col of across.from) {
      const isZero = row < 0 || col < 0;
      shown.push(isZero ? "0" : (texts[row * columns + col] ?? ""));
      grounds.push(isZero ? "padding" : "plain");
    }
  return {
    rowHeads: down.from.map((row) => (rank === 1 || row < 0 ? "" : minus(row))),
    colHeads: across.from.map((col) => (col < 0 ? "" : minus(col))),
    texts: shown,
    grounds,
    digits: Math.max(...shown.map(({ length }) => length)),
    name: (cell) => (grounds[cell] === "padding" ? "a zero that is put in" : `number ${cell}`),
  };
}

const turnedBases = new WeakMap<readonly string[], GridBase>();

function turnedBase(picture: WindowPicture, { turned }: SceneOptions, weight: readonly string[]): GridBase {
  const known = turnedBases.get(weight);
  if (known) return known;
  const [rows, columns] = [picture.axes[0].kernel, picture.axes[1].kernel];
  const texts = weight.toReversed();
  // A kernel that lies turned on the input is turned back here.
  const own = (index: number, count: number): number => (turned ? index : count - 1 - index);
  const made: GridBase = {
    rowHeads: upTo(rows).map((row) => (picture.rank === 1 ? "" : minus(own(row, rows)))),
    colHeads: upTo(columns).map((col) => minus(own(col, columns))),
    texts,
    grounds: texts.map((): Ground => "plain"),
    digits: Math.max(...texts.map(({ length }) => length), 1),
    name: (cell) => {
      const { row, col } = cellBox(own(cell, rows * columns), columns);
      return picture.rank === 1 ? `w[${col}]` : `w[${row}, ${col}]`;
    },
  };
  turnedBases.set(weight, made);
  return made;
}
