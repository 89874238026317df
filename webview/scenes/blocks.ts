import type { WindowPicture } from "../../src/protocol.js";
import { upTo } from "./numbers.js";
import { partOf, passOf, type SceneOptions } from "./options.js";

/** Places in a row of which some may be left out: the index of each that is drawn; undefined stands for those left out. */
export type Places = readonly (number | undefined)[];

/** The weights of a layer as blocks, one a filter, and which of them is in what is shown; plain data. */
export interface Blocks {
  readonly filters: Places;
  /** What each block is called, by a filter's index. */
  readonly name: (filter: number) => string;
  /** The cells of a block: its channels one behind the other, each of them in slices of rows and columns. */
  readonly channels: Places;
  readonly slices: number;
  readonly rows: Places;
  readonly columns: Places;
  /** What is written at the edges of a block: how many channels, and its height and width. */
  readonly edges: { readonly channels?: string; readonly rows?: string; readonly columns: string };
  /** The edge whose number does not meet what it should. */
  readonly fault?: "channels" | "columns";
  readonly bias: boolean;
  /** What is shown now; absent where it is all of them. */
  readonly shown: { readonly filter?: number; readonly channel?: number; readonly column?: number };
  readonly say: string;
  readonly marked: string;
  readonly count: string;
  /** What is drawn, for one who does not see it. */
  readonly spoken: string;
}

/** The blocks of a layer that has weights. */
export function blocksOf(picture: WindowPicture, options: SceneOptions, step: number): Blocks | undefined {
  const { weights, operation, heading } = picture;
  const total = heading.facts.find(({ name }) => name === "parameters");
  if (!weights || !total) return undefined;
  const { filters, kernel, groups, each } = weights;
  const all = groups === "1" ? weights.channels : `${weights.channels}/${groups}`;
  const channels = Number.isFinite(each) ? `${each}` : all;
  const bias = picture.bias !== undefined;
  const isLinear = operation === "linear";
  const shown = isLinear ? shownOfLinear(picture, options, step) : shownOf(picture, options);
  const [width, height, depth] = [...kernel].reverse();
  const one = isLinear ? "row" : "filter";
  const size = [isLinear ? channels : `${channels} ${each === 1 ? "channel" : "channels"}`, ...kernel].join(" × ");
  const block = [all, ...kernel].join(" × ");
  const which = filters === "1" ? `The one ${one}` : `Each of the ${filters} ${one}s`;
  const beside = bias ? ", and one bias beside it" : "; there is no bias";
  const say = `${which} ${isLinear ? "has" : "is a block of"} ${size} weights${beside}.`;
  const across = isLinear ? channels : `${width ?? 1}`;
  const marked = [
    ...(shown.filter === undefined ? [] : [`${one} ${shown.filter}`]),
    ...(shown.channel === undefined ? [] : [`channel ${shown.channel}`]),
    ...(shown.column === undefined ? [] : [`column ${shown.column}`]),
  ];
  return {
    filters: few(filters, MOST_BLOCKS, shown.filter),
    name: (filter) => `${one} ${filter}`,
    channels: isLinear ? [0] : few(channels, MOST_LAYERS, shown.channel),
    slices: Math.min(depth ?? 1, MOST_SLICES),
    rows: few(`${height ?? 1}`, MOST_CELLS, undefined),
    columns: few(across, isLinear ? MOST_BLOCKS * 2 : MOST_CELLS, shown.column),
    edges: {
      ...(!isLinear && { channels: depth === undefined ? channels : `${channels} × ${depth}` }),
      ...(height !== undefined && { rows: `${height}` }),
      columns: across,
    },
    bias,
    shown,
    say,
    marked: `Marked: ${marked.join(", ")}.`,
    count: `${filters} × ${bias ? `(${block} + 1)` : block} = ${total.text} parameters`,
    spoken: `${filters} ${one}${filters === "1" ? "" : "s"} of ${size} weights${bias ? " and a bias" : ""}`,
  };
}

/** How many of each are drawn before the middle ones are left out. */
const MOST_BLOCKS = 4;
const MOST_LAYERS = 6;
const MOST_SLICES = 4;
const MOST_CELLS = 11;

/** The places of a row: all of them, or the first, the one that is shown, and the last; a symbol stands for many. */
export function few(text: string, most: number, shown: number | undefined): Places {
  const count = Number(text);
  if (count <= most) return upTo(count);
  const first = upTo(most - 2);
  const kept = new Set(shown === undefined ? first : [...first, shown]);
  const places = [...kept].flatMap((place, index, all) =>
    place - (all[index - 1] ?? -1) > 1 ? [undefined, place] : [place],
  );
  const last = Number.isNaN(count) ? undefined : count - 1;
  return last !== undefined && kept.has(last) ? places : [...places, undefined, ...(last === undefined ? [] : [last])];
}

/** The filter of the output's plane and, of the channels that it reads, the one of the input's. */
function shownOf(picture: WindowPicture, options: SceneOptions): Blocks["shown"] {
  const { planes, transposed, weights } = picture;
  const part = partOf(picture, options);
  if (!part || !weights) return {};
  const [filters, channels, each] = weights.sample;
  const [from, to] = transposed ? (["windows", "seen"] as const) : (["seen", "windows"] as const);
  return {
    filter: Math.floor((part.planes[to] * filters) / planes[to].length),
    channel: Math.floor((part.planes[from] * channels) / planes[from].length) % each,
  };
}

/** A row of the weight for an output, a column for an input, one of its numbers for a weight. */
function shownOfLinear(picture: WindowPicture, options: SceneOptions, step: number): Blocks["shown"] {
  const { sum } = passOf(picture, options);
  const columns = picture.axes[1].kernel;
  if (sum === "windows") return { filter: step };
  return sum === "seen" ? { column: step } : { filter: Math.floor(step / columns), column: step % columns };
}
