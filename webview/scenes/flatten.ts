import type { FlattenPicture } from "../../src/protocol.js";
import type { Frame, GridBase, GridMark, Ground } from "./marks.js";
import { upTo } from "./numbers.js";
import type { SceneOptions } from "./options.js";
import type { Scene } from "./scene.js";

const bases = new WeakMap<readonly string[], GridBase>();

/** A grid of numbers without padding; the same base for the same texts. */
export function plainGrid(texts: readonly string[], columns: number, name: (cell: number) => string): GridBase {
  const known = bases.get(texts);
  if (known) return known;
  const made: GridBase = {
    rowHeads: upTo(texts.length / columns).map(String),
    colHeads: upTo(columns).map(String),
    texts,
    grounds: texts.map((): Ground => "plain"),
    digits: texts.reduce((most, { length }) => Math.max(most, length), 1),
    name,
  };
  bases.set(texts, made);
  return made;
}

/** Each number of the input goes to its place in one row; back, each gradient goes to where its number came from. */
export function flattenScene(picture: FlattenPicture): Scene {
  const { rows, columns, input, gradOutput, isLast } = picture;
  const size = rows * columns;
  const count = input.length * size;
  const placeOf = (channel: number, cell: number): number =>
    isLast ? cell * input.length + channel : channel * size + cell;
  const cellAt = (step: number): readonly [channel: number, cell: number] =>
    isLast ? [step % input.length, Math.floor(step / input.length)] : [Math.floor(step / size), step % size];
  const row = upTo(count).map((step) => {
    const [channel, cell] = cellAt(step);
    return input[channel]?.[cell] ?? "";
  });
  const back = input.map((texts, channel) => texts.map((_, cell) => gradOutput[placeOf(channel, cell)] ?? ""));
  const settled = (options: SceneOptions): SceneOptions => ({
    ...options,
    pass: options.pass === "forward" ? "forward" : "input",
    plane: 0,
    part: 0,
    turned: false,
    scattered: false,
    predicting: false,
  });
  const frame = (number: number, asked: SceneOptions): Frame => {
    const step = Math.min(Math.max(0, Math.trunc(number) || 0), count - 1);
    const isBack = settled(asked).pass === "input";
    const reached = asked.reached ?? step;
    const [channel, cell] = cellAt(step);
    const [at, across] = [Math.floor(cell / columns), cell % columns];
    const [letter, flat] = isBack ? ["dX", "dY"] : ["x", "y"];
    const inName = (plane: number) => (index: number) => {
      const [down, along] = [Math.floor(index / columns), index % columns];
      return `${letter}[${(isLast ? [down, along, plane] : [plane, down, along]).join(", ")}]`;
    };
    const planes = (isBack ? back : input).map((texts, plane): GridMark => {
      // Of the places up to the step that was reached, those in this channel.
      const later = isLast
        ? Math.max(0, Math.ceil((reached + 1 - plane) / input.length))
        : Math.min(Math.max(0, reached + 1 - plane * size), size);
      return {
        id: `plane${plane}`,
        role: isBack ? "gradient" : "input",
        title: `${isBack ? "Gradient of the input" : "Input"}, channel ${plane}`,
        caption: `${rows} × ${columns}`,
        base: plainGrid(texts, columns, inName(plane)),
        lit: [],
        ...(plane === channel && { chosen: cell }),
        ...(isBack && { later }),
      };
    });
    const texts = isBack ? gradOutput : row;
    const out: GridMark = {
      id: "row",
      role: isBack ? "gradient" : "output",
      title: isBack ? "Gradient of the output" : "Output",
      caption: `length ${count}`,
      base: { ...plainGrid(texts, count, (index) => `${flat}[${index}]`), rowHeads: [""] },
      lit: [],
      chosen: step,
      ...(!isBack && { later: reached + 1 }),
    };
    const from = inName(channel)(cell);
    const place = isLast
      ? `(${at}·${columns} + ${across})·${input.length} + ${channel}`
      : `${channel}·${size} + ${at}·${columns} + ${across}`;
    const text = texts[step] ?? "";
    return {
      step,
      steps: count,
      title: `${isBack ? from : `y[${step}]`} = ${text}`,
      role: isBack ? "gradient" : "output",
      sentence: isBack ? `dY[${step}] goes back to ${from}, unchanged.` : `${from} goes to place ${step}, unchanged.`,
      grids: isBack ? [out, ...planes] : [...planes, out],
      sums: [
        { label: "place", pieces: [{ text: place }, { text: " =\u00a0" }, { text: String(step) }], current: true },
      ],
      tiles: [],
      tilesTotal: "",
    };
  };
  return {
    settled,
    steps: () => count,
    frame,
    stepAt: ({ grid, cell }) =>
      grid === "row" ? cell : grid.startsWith("plane") ? placeOf(Number(grid.slice("plane".length)), cell) : undefined,
    probeAt: () => undefined,
  };
}
