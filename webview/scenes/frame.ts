import type { PlanePart, Side, WindowPicture } from "../../src/protocol.js";
import { cellBox, type Overlay, placeOf, tensorGrid, windowBox } from "./grids.js";
import type { Frame, GridMark, KernelPlace } from "./marks.js";
import { asMatrix, asWindowMatrix, withoutMatrix } from "./matrix.js";
import { elementName, namingOf } from "./names.js";
import { said, upTo } from "./numbers.js";
import { canScatter, partOf, passOf, type SceneOptions, settled } from "./options.js";
import { originGrid } from "./origin.js";
import { shareLines, totalsAt } from "./scatter.js";
import { cellsOf, probeSentence, scatterSentence, stepSentence } from "./sentence.js";
import { asCorrelation } from "./spread.js";
import { MOST_WRITTEN, productsOf, sumLines, tilesOf } from "./sums.js";
import { columnsOf, countTerms, kernelPlace, metTerms, type Term, termsOf } from "./terms.js";

/** Meetings up to which all that belong to a selection are lit. */
const MOST_LIT = 4000;

const SIDES = ["seen", "weight", "windows"] as const;

/** The number of steps: one a cell of what is summed up, or one a window that adds its share; the options fit the picture. */
export function stepsOf(picture: WindowPicture, options: SceneOptions): number {
  const { sum } = passOf(picture, options);
  const side = options.scattered && canScatter(picture, options) ? "windows" : sum;
  const [down, across] = picture.axes;
  if (side === "weight") return down.kernel * across.kernel;
  return side === "windows" ? down.windows.length * across.windows.length : down.size * across.size;
}

/** Everything that is seen at a step: a function of the picture, a number and what is chosen, and of nothing else. */
export function frameOf(picture: WindowPicture, number: number, asked: SceneOptions): Frame {
  const options = settled(picture, asked);
  const steps = stepsOf(picture, options);
  const step = Math.min(Math.max(0, Math.trunc(number) || 0), steps - 1);
  const pass = passOf(picture, options);
  const nothing: PlanePart = { planes: { windows: 0, weight: 0, seen: 0, [pass.sum]: options.plane }, sums: [] };
  const part = partOf(picture, options) ?? nothing;
  const shared = { step, steps, role: namingOf(picture, options, pass.sum).role };
  if (options.scattered && part.stamps) return { ...shared, ...scattered(picture, options, part, step) };
  return { ...shared, ...summed(picture, options, part, step) };
}

type Shown = Omit<Frame, "step" | "steps" | "role">;

function summed(picture: WindowPicture, options: SceneOptions, part: PlanePart, step: number): Shown {
  const pass = passOf(picture, options);
  const probe = probeOf(options);
  const isWritten = countTerms(picture, pass.sum, step) <= MOST_WRITTEN;
  const products = isWritten && partOf(picture, options) ? productsOf(picture, options, part, step) : [];
  const terms = products.map(({ term }) => term);
  const isFew = !probe || countTerms(picture, probe.side, probe.cell) <= MOST_LIT;
  const lit = probe ? (isFew ? metTerms(picture, options, part, probe.side, probe.cell) : []) : terms;
  const isLit = (term: Term): boolean => probe !== undefined && term[probe.side] === probe.cell;
  const text = pass[pass.sum]?.[options.plane]?.[step] ?? "";
  const name = elementName(picture, options, pass.sum, step);
  const isHidden = options.predicting && step > options.known;
  const grids = sidesOf(picture, options).map(
    (side): GridMark =>
      tensorGrid(picture, options, side, part, {
        ...overlayOf(picture, options, side, lit, step, probe),
        ...(options.byPlace && { places: placesOn(picture, side, pass.sum, probe ? [] : terms) }),
        ...(side === pass.sum && options.predicting && { over: hiddenFrom(picture, options, side) }),
      }),
  );
  const origin = originGrid(
    picture,
    options,
    part,
    probe ? { grid: probe.side, cell: probe.cell } : { grid: pass.sum, cell: step },
  );
  const also = options.predicting ? undefined : alsoOf(picture, options, part, step, products.length > 0 && !probe);
  const isOther = probe !== undefined && !(probe.side === pass.sum && probe.cell === step);
  return {
    title: isOther && probe ? probeTitle(picture, options, part, probe) : `${name} ${isHidden ? "= ?" : said(text)}`,
    sentence: probe
      ? probeSentence(picture, options, probe.side, probe.cell)
      : stepSentence(picture, options, step, products),
    grids: origin ? [origin, ...grids] : grids,
    sums: isHidden ? [] : sumLines(picture, options, step, text, products, isLit),
    tiles: isHidden ? [] : tilesOf(picture, options, products, isLit),
    tilesTotal: part.sums[step] ?? "0",
    ...(stepsOf(picture, options) <= 64 && pass.sum === "windows" && { links: ["seen", "windows"] as const }),
    ...(also && { also }),
    ...(isHidden && { asked: { name, answer: text, slips: slipsAt(picture, options, step) } }),
  };
}

/** The same numbers in the arrangement that is chosen. */
function alsoOf(
  picture: WindowPicture,
  options: SceneOptions,
  part: PlanePart,
  step: number,
  isSummed: boolean,
): Frame["also"] {
  if (options.view !== "windows" && !partOf(picture, options)) return undefined;
  if (options.view === "matrix") return asMatrix(picture, options, step) ?? withoutMatrix(options, "matrix");
  if (options.view === "im2col") return asWindowMatrix(picture, options, step) ?? withoutMatrix(options, "im2col");
  return isSummed ? asCorrelation(picture, options, part, step) : undefined;
}

function scattered(picture: WindowPicture, options: SceneOptions, part: PlanePart, step: number): Shown {
  const totals = totalsAt(part, step);
  const own = new Map(part.stamps?.[step] ?? []);
  const terms = termsOf(picture, "windows", step).filter(({ seen }) => own.has(seen));
  const count = picture.axes[0].size * picture.axes[1].size;
  const over = new Map(upTo(count).map((cell) => [placeOf(picture, cell), totals.get(cell) ?? ""] as const));
  const box = windowBox(picture, step);
  const grids = sidesOf(picture, options).map((side): GridMark => {
    const overlay: Overlay =
      side === "seen"
        ? { lit: cellsOf(terms, "at"), over, ...(box && { frame: box }) }
        : side === "windows"
          ? { lit: [], chosen: step, frame: cellBox(step, columnsOf(picture, "windows")) }
          : { lit: cellsOf(terms, "weight") };
    const places = options.byPlace && { places: placesOn(picture, side, "windows", terms) };
    return tensorGrid(picture, options, side, part, { ...overlay, ...places });
  });
  const origin = originGrid(picture, options, part, { grid: "windows", cell: step });
  const name = elementName(picture, options, "windows", step);
  return {
    title: `${name} = ${passOf(picture, options).windows[part.planes.windows]?.[step] ?? ""}`,
    sentence: scatterSentence(picture, options, step, own.size),
    grids: origin ? [origin, ...grids] : grids,
    sums: shareLines(picture, options, part, step),
    tiles: [],
    tilesTotal: "",
  };
}

/** The grids of a layer, from what goes in to what comes out. */
function sidesOf(picture: WindowPicture, options: SceneOptions): Side[] {
  const { weight } = passOf(picture, options);
  const sides = SIDES.filter((side) => side !== "weight" || weight);
  return picture.transposed ? sides.toReversed() : sides;
}

/** The name and the number of a cell that is asked for; a result that is to be predicted is not told. */
function probeTitle(picture: WindowPicture, options: SceneOptions, part: PlanePart, { side, cell }: Probe): string {
  const pass = passOf(picture, options);
  const isHidden = side === pass.sum && options.predicting && cell > options.known;
  const text = pass[side]?.[part.planes[side]]?.[cell] ?? "";
  return `${elementName(picture, options, side, cell)} ${isHidden ? "= ?" : said(text)}`;
}

interface Probe {
  readonly side: Side;
  readonly cell: number;
}

function probeOf({ probe }: SceneOptions): Probe | undefined {
  const side = SIDES.find((name) => name === probe?.grid);
  return side && probe ? { side, cell: probe.cell } : undefined;
}

function overlayOf(
  picture: WindowPicture,
  options: SceneOptions,
  side: Side,
  terms: readonly Term[],
  step: number,
  probe: Probe | undefined,
): Overlay {
  const { sum, kind } = passOf(picture, options);
  const lit = cellsOf(terms, side === "seen" ? "at" : side);
  const place = (cell: number): number => (side === "seen" ? placeOf(picture, cell) : cell);
  const centre = probe?.side === side ? { chosen: place(probe.cell) } : {};
  if (probe && side !== sum) return { lit, ...centre };
  const reached = options.reached ?? step;
  if (side === sum) {
    const columns = columnsOf(picture, side === "seen" ? "at" : side);
    const all = picture.axes[0].size * picture.axes[1].size;
    // Time goes through the numbers themselves; the padding between the rows is on neither side of it.
    const later = side === "seen" ? (reached + 1 < all ? place(reached + 1) : undefined) : reached + 1;
    return {
      ...(probe
        ? { lit, ...centre }
        : { lit: lit.filter((at) => side === "seen" && at !== place(step)), chosen: place(step) }),
      frame: cellBox(place(step), columns),
      ...(later !== undefined && { later }),
    };
  }
  const route =
    sum === "windows" && kind === "forward" && side === "seen" ? picture.routes?.[options.plane]?.[step] : undefined;
  const isHere = route && route[0] === passOf(picture, options).parts[options.plane]?.[options.part]?.planes.seen;
  const box = side === "seen" && sum === "windows" ? windowBox(picture, step) : undefined;
  return { lit, ...(isHere && { chosen: place(route[1]) }), ...(box && { frame: box }) };
}

/** The kernel's own places, or those that meet the numbers of the step; what is made of them has no place. */
function placesOn(
  picture: WindowPicture,
  side: Side,
  sum: Side,
  terms: readonly Term[],
): ReadonlyMap<number, KernelPlace> {
  const [down, across] = picture.axes;
  if (side === "weight")
    return new Map(upTo(down.kernel * across.kernel).map((cell) => [cell, kernelPlace(picture, cell)]));
  if (side === sum) return new Map();
  return new Map(terms.map((term) => [side === "seen" ? term.at : term[side], kernelPlace(picture, term.weight)]));
}

/** Results that are not known yet, as question marks. */
function hiddenFrom(picture: WindowPicture, options: SceneOptions, side: Side): ReadonlyMap<number, string> {
  const place = (cell: number): number => (side === "seen" ? placeOf(picture, cell) : cell);
  const steps = upTo(stepsOf(picture, options));
  return new Map(steps.filter((cell) => cell > options.known).map((cell) => [place(cell), "?"] as const));
}

function slipsAt(picture: WindowPicture, options: SceneOptions, step: number): { say: string; text: string }[] {
  const { slips = [] } = passOf(picture, options);
  return slips.map(({ text, values }) => ({ say: text, text: values[options.plane]?.[step] ?? "" }));
}
