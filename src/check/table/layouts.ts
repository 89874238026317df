import { readShape, type WrittenShape } from "./shapeText.js";
import type { TableModel } from "./tableModel.js";
import type { Volume } from "./volume.js";

/** How a table writes its shapes. */
export interface Layout {
  readonly axes: 1 | 2 | 3;
  readonly order: "last" | "first";
  /** Whether a number stands in front for the batch. */
  readonly batch: boolean;
  /** Whether the table writes the channels along with spatial sizes. */
  readonly writesChannels: boolean;
}

/** The ways in which a table may write its shapes, the usual ones first. */
export function layoutsOf(model: TableModel): readonly Layout[] {
  const shapes: WrittenShape[] = [];
  const stated = new Set<number>();
  const sides = new Set<number>();
  for (const row of model.rows) {
    for (const { axes, kernel } of row.readings.flatMap((r) => r.steps)) {
      if (axes) stated.add(axes);
      if (kernel && kernel.length > 1) sides.add(kernel.length);
    }
    for (const claim of row.claims) {
      const shape = claim.kind === "output" || claim.kind === "input" ? readShape(claim.text)?.shape : undefined;
      if (shape) shapes.push(shape);
    }
  }
  const long = Math.max(0, ...shapes.map((s) => s.sizes.length));
  const fronts = new Set(shapes.filter((s) => s.sizes.length === long).map((s) => s.sizes[0]));
  const mayBatch =
    fronts.size === 1 && shapes.filter((s) => s.sizes.length === long).length > 1 && !shapes.some((s) => s.hasBatch);
  // A window of two sides speaks for images, if not as surely as a layer's name does.
  const rank =
    stated.size === 1 ? [...stated] : [...new Set([...(sides.size === 1 ? sides : []), ...axesFor(long, mayBatch)])];
  const layouts: Layout[] = [];
  for (const axes of rank as (1 | 2 | 3)[]) {
    for (const batch of mayBatch && long >= axes + 2 ? [true, false] : [false]) {
      const full = shapes.filter((s) => s.sizes.length - (batch ? 1 : 0) >= axes + 1).length;
      const spatial = shapes.filter((s) => s.sizes.length - (batch ? 1 : 0) === axes && s.sizes.length > 1).length;
      const order: readonly Layout["order"][] = shapes.some((s) => s.channelsFirst) ? ["first"] : ["last", "first"];
      // In a sentence of a list, height and width alone say no more than that.
      const writesChannels = !model.list && full > 0 && full >= spatial;
      for (const o of order) layouts.push({ axes, order: o, batch, writesChannels });
    }
  }
  return layouts.sort((a, b) => mismatches(shapes, a) - mismatches(shapes, b));
}

/** How many shapes have unequal sides in a layout: images are mostly square, so the likelier layout comes first. */
function mismatches(shapes: readonly WrittenShape[], { axes, order, batch }: Layout): number {
  return shapes.filter(({ sizes }) => {
    const own = batch ? sizes.slice(1) : sizes;
    const sides = order === "first" ? own.slice(1) : own.slice(0, -1);
    return own.length === axes + 1 && axes > 1 && sides.some((s) => s !== sides[0]);
  }).length;
}

/** How many axes volumes may have whose longest shape has so many sizes. */
function axesFor(long: number, mayBatch: boolean): readonly number[] {
  if (long >= 4) return mayBatch ? [2, 3] : [3];
  if (long === 3) return mayBatch ? [2, 1] : [2];
  if (long === 0) return [2, 1, 3];
  return long === 2 ? [2, 1] : [2];
}

/** A volume that a written shape may be. */
export interface ReadVolume {
  readonly volume: Volume;
  /** Spatial sizes alone, in a table that writes the channels elsewhere in this column. */
  readonly lacksChannels: boolean;
}

/** What a written shape may say in a layout, for a row whose volume is spatial, or in one row of features. */
export function volumesOf(shape: WrittenShape, layout: Layout, isSpatial: boolean): readonly ReadVolume[] {
  const { axes } = layout;
  const found: ReadVolume[] = [];
  const add = (channels: number | undefined, sizes: readonly (number | undefined)[], lacksChannels = false): void => {
    found.push({ volume: { channels, axes: sizes }, lacksChannels });
  };
  const all = shape.sizes;
  const cuts = layout.batch && all.length > 1 && !shape.hasBatch ? [all.slice(1)] : [all];
  // A single sample's batch of 1 may be written in some rows only.
  if (!layout.batch && all.length > 1 && all[0] === 1 && all.length !== axes + 1) cuts.push(all.slice(1));
  for (const sizes of cuts) {
    const n = sizes.length;
    if (n === axes + 1) {
      const first = shape.channelsFirst || layout.order === "first";
      if (first) add(sizes[0], sizes.slice(1));
      else add(sizes[n - 1], sizes.slice(0, n - 1));
      // 400×1 or 1×120 in a table of images is a row of features.
      if (axes === 1 && !isSpatial && sizes.includes(1)) add(sizes[0] === 1 ? sizes[1] : sizes[0], []);
    } else if (n === axes && n > 1) {
      if (isSpatial) add(undefined, sizes, layout.writesChannels);
      if (sizes.includes(1) && n === 2) add(sizes[0] === 1 ? sizes[1] : sizes[0], []);
    } else if (n === 1) {
      if (isSpatial && axes > 1)
        add(
          undefined,
          Array.from({ length: axes }, () => sizes[0]),
          layout.writesChannels,
        );
      if (isSpatial && axes === 1) add(undefined, sizes, layout.writesChannels);
      add(sizes[0], []);
    } else if (n === 2) {
      if (sizes.includes(1)) add(sizes[0] === 1 ? sizes[1] : sizes[0], []);
      if (axes === 3 || !isSpatial) add(sizes[1], [sizes[0]]);
    }
  }
  return found;
}
