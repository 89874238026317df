import type { WindowPicture } from "../../src/protocol.js";
import type { CellState, Role } from "./marks.js";
import { bracketed, numberIn } from "./numbers.js";
import { partOf, passOf, type SceneOptions } from "./options.js";
import { productsOf } from "./sums.js";
import { columnsOf, drawn } from "./terms.js";

/** A number as a stem: where it stands, how high it is, and what is written at it. */
export interface Stem {
  readonly at: number;
  readonly value: number;
  readonly text: string;
  readonly state: CellState;
}

/** A row of stems: the input, the kernel where it lies, their products, or the output. */
export interface StemRow {
  readonly title: string;
  readonly role: Role;
  readonly stems: readonly Stem[];
  /** The letter of the index that counts along it, and the integer at each place. */
  readonly letter: "k" | "n";
  readonly ticks: readonly { readonly at: number; readonly index: number }[];
}

/** The ticks that can be written without touching, so many pixels wide each: all, every second one, and so on. */
export function ticksWritten(ticks: StemRow["ticks"], across: number, wide: number): StemRow["ticks"] {
  const apart = Math.abs((ticks[1]?.at ?? 1) - (ticks[0]?.at ?? 0)) * across;
  const every = Math.max(1, Math.ceil(wide / apart));
  return ticks.filter(({ index }) => index % every === 0);
}

/** Flip and drag: a 1-D convolution as rows of stems over the same positions; undefined for any other layer, and going back. */
export function stemRows(picture: WindowPicture, options: SceneOptions, step: number): readonly StemRow[] | undefined {
  const pass = passOf(picture, options);
  const part = partOf(picture, options);
  const isForward = pass.kind === "forward" && pass.sum === "windows" && !options.predicting;
  if (picture.rank !== 1 || !pass.weight || !part || !isForward) return undefined;
  const [, across] = picture.axes;
  const products = productsOf(picture, options, part, step);
  const under = new Set(products.map(({ term }) => term.at));
  const own = pass.seen[part.planes.seen] ?? [];
  const input = Array.from({ length: drawn(across) }, (_, at): Stem => {
    const seen = across.seen[at] ?? -1;
    const text = seen < 0 ? "0" : (own[seen] ?? "0");
    return { at, value: numberIn(text), text, state: under.has(at) ? "lit" : "quiet" };
  });
  const kernel = products.map(
    ({ term, factor = "0" }): Stem => ({ at: term.at, value: numberIn(factor), text: factor, state: "lit" }),
  );
  const product = products.map(({ term, value, factor = "0" }): Stem => {
    const result = numberIn(value) * numberIn(factor);
    return { at: term.at, value: result, text: `${value}·${bracketed(factor)}`, state: "lit" };
  });
  const first = (across.reach[0]?.[0] ?? 0) + across.before;
  const stride = across.stride ?? 1;
  const output = Array.from({ length: columnsOf(picture, "windows") }, (_, window): Stem => {
    const text = part.sums[window] ?? "0";
    const state = window === step ? "chosen" : window > step ? "later" : "quiet";
    return { at: first + window * stride, value: numberIn(text), text, state };
  });
  const along = { letter: "k", ticks: input.map(({ at }) => ({ at, index: at - across.before })) } as const;
  const isAlone = (pass.parts[options.plane]?.length ?? 0) < 2;
  return [
    { title: "x", role: "input", stems: input, ...along },
    {
      title: options.turned ? "h, flipped, and dragged along" : "w, dragged along",
      role: "weight",
      stems: kernel,
      ...along,
    },
    { title: "products", role: "gradient", stems: product, ...along },
    {
      title: isAlone ? "their sum" : "their sum, of this channel",
      role: "output",
      stems: output.filter(({ state }) => state !== "later"),
      letter: "n",
      ticks: output.map(({ at }, index) => ({ at, index })),
    },
  ];
}
