import type { MismatchPicture } from "../../src/protocol.js";
import { type Blocks, few, type Places } from "./blocks.js";
import { upTo } from "./numbers.js";

/** What is said of a layer and an input that do not fit: what comes, what is taken, and both in one sentence. */
export function mismatchTexts({ of, comes, takes }: MismatchPicture): {
  readonly comes: string;
  readonly takes: string;
  readonly say: string;
} {
  const counted = (count: number | string | undefined): string =>
    `${count} ${of.slice(0, -1)}${count === 1 ? "" : "s"}`;
  if (of !== "places") {
    const [come, take] = [counted(comes[0]), counted(takes[0])];
    const verb = comes[0] === 1 ? "comes" : "come";
    return {
      comes: `${come} ${verb} in`,
      takes: `this layer takes ${take}`,
      say: `${come} ${verb} in here, this layer takes ${takes[0]}.`,
    };
  }
  const [there, covered] = [comes.join(" × "), takes.join(" × ")];
  return {
    comes: `the input with its padding is ${there}`,
    takes: `the window covers ${covered}`,
    say: `The window covers ${covered} places, the input with its padding has only ${there}.`,
  };
}

/** Places of a side up to which each is drawn; a longer side is blank. */
const MOST = 9;
const BLANK: Places = [undefined, undefined, undefined];

const placesOf = (size: string): Places => (Number(size) <= MOST ? upTo(Number(size)) : BLANK);

/** A tensor without numbers as a block, from its channels or features to its columns. */
export function blockOf({ of }: MismatchPicture, sizes: readonly (number | string)[]): Blocks {
  const isRow = of === "features";
  const [channels = "1", ...places] = sizes.map(String);
  const [width = "1", height = "1", depth = "1"] = isRow ? [channels] : places.toReversed();
  return {
    filters: [0],
    name: () => "",
    channels: isRow ? [0] : few(channels, 6, undefined),
    slices: Math.min(Number(depth) || 1, 4),
    rows: placesOf(height),
    columns: isRow ? few(width, MOST, undefined) : placesOf(width),
    edges: {
      ...(!isRow && { channels }),
      ...(places.length > 1 && { rows: height }),
      columns: isRow || places.length > 0 ? width : "",
    },
    fault: isRow ? "columns" : "channels",
    bias: false,
    shown: {},
    say: "",
    marked: "",
    count: "",
    spoken: "",
  };
}

/** The two axes along which places are drawn: all that there are, or of three the first that has too few, and the last. */
export function placesDrawn({ comes, takes }: MismatchPicture): readonly (readonly [comes: number, takes: number])[] {
  const pairs = takes.map((take, axis) => [Number(comes[axis]), take] as const);
  const short = pairs.findIndex(([come, take]) => come < take);
  const across = pairs.slice(-1);
  if (pairs.length === 1) return [[1, 1], ...across];
  return [pairs[Math.min(short, pairs.length - 2)] ?? [1, 1], ...across];
}
