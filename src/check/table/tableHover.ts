import { applyOp } from "../../core/layer/apply.js";
import { explain } from "../../core/layer/explain.js";
import { type Fields, fieldsAfter } from "../../core/network.js";
import type { Hover, Reveal, Verdict } from "../finding.js";
import { layerHover } from "../layerHover.js";
import type { LayerCall } from "../picture.js";
import { toPictureCall } from "../python/pictureCall.js";
import type { CellCheck, TableCheck } from "../tables.js";
import type { Done } from "./done.js";
import { tableTorch } from "./tableTorch.js";
import { ANY_BATCH, toShape } from "./volume.js";
import type { RowResult } from "./walk.js";

/** A layer of a row, with what one of its outputs sees of the network's input. */
interface PlacedLayer {
  readonly done: Done;
  readonly fields: Fields;
}

/** The layers of each row, in order, with their receptive fields; unknown from a row on that is not understood, and where rows branch. */
function placedLayers(results: readonly RowResult[], isChain: boolean): ReadonlyMap<RowResult, readonly PlacedLayer[]> {
  const placed = new Map<RowResult, readonly PlacedLayer[]>();
  let fields: Fields;
  for (const result of results) {
    const layers: PlacedLayer[] = [];
    if (!result.worked && result.row.row.readings[0]?.steps[0]?.kind !== "input") fields = null;
    for (const done of result.worked?.right ?? []) {
      if (done.op && done.applied && done.input.axes.length > 0) fields = fieldsAfter(fields, done.op, done.applied);
      layers.push({ done, fields: done.op?.axes === 0 ? undefined : isChain ? fields : null });
    }
    placed.set(result, layers);
  }
  return placed;
}

/** The layer of a row that a hover or the panel shows: the one with weights or windows. */
const mainLayer = (layers: readonly PlacedLayer[]): PlacedLayer | undefined =>
  layers.find(
    (l) =>
      l.done.op &&
      l.done.applied &&
      ["conv", "linear", "maxpool", "avgpool", "adaptive", "globalpool", "batchnorm"].includes(l.done.given.kind),
  ) ?? layers.find((l) => l.done.op && l.done.applied);

/** The hover over a row: its layers' formulas and numbers, as far as they may be told. */
function rowHover(
  layers: readonly PlacedLayer[],
  label: string,
  span: Hover["span"],
  said: string | undefined,
  reveal: Reveal,
): Hover | undefined {
  const parts = said ? [said] : [];
  if (reveal === "answer") {
    // The batch is a letter where it is shown.
    const shown = layers.filter((l) => l.done.given.kind !== "keep" || layers.length === 1);
    for (const { done, fields } of shown)
      if (done.op && done.applied) {
        const input = toShape(done.input, ANY_BATCH);
        parts.push(layerHover(done.op, applyOp(done.op, done.args, input), { label, input, fields }));
      }
  } else if (reveal === "hint") {
    const { op, applied } = mainLayer(layers)?.done ?? {};
    if (op) {
      const lines = applied ? explain(op, applied).map((l) => `- ${l.quantity}: \`${l.formula}\``) : [];
      parts.push([`**${op.name}** ${op.summary}`, ...lines].join("\n"));
    }
  }
  return parts.length > 0 ? { span, markdown: parts.join("\n\n") } : undefined;
}

/** A row's layer for the panel. */
function rowLayer(layers: readonly PlacedLayer[], label: string): LayerCall | undefined {
  const { op, args, applied, input } = mainLayer(layers)?.done ?? {};
  if (!op || !args || !applied) return undefined;
  const shape = toShape(input ?? { channels: undefined, axes: [] }, ANY_BATCH);
  const shown = applyOp(op, args, shape);
  const call = toPictureCall(op, args, shape, shown);
  // A side with one more zero than the other cannot be drawn.
  if ([call.args.padding].flat().some((side) => typeof side === "number" && !Number.isInteger(side))) return undefined;
  return { ...call, title: label };
}

const MARKS: Readonly<Record<Verdict, string>> = {
  right: "✓",
  rounded: "≈",
  wrong: "✗",
  blank: "…",
  "not understood": "",
};

/** The hovers and layers of a checked table, by offset; in a chain each row takes what the one before gives. */
export function tableLookups(
  results: readonly RowResult[],
  cells: readonly CellCheck[],
  reveal: Reveal,
  isChain: boolean,
): Pick<TableCheck, "hoverAt" | "layerAt" | "torch"> {
  const placed = placedLayers(results, isChain);
  const rowAt = (offset: number): RowResult | undefined =>
    results.find(({ row }) => row.row.row.span.from <= offset && offset <= row.row.row.span.to);
  return {
    hoverAt: (offset) => {
      const claim = cells.find((c) => c.span.from <= offset && offset <= c.span.to);
      const result = rowAt(offset);
      const said = claim && claim.verdict !== "not understood" ? `${MARKS[claim.verdict]} ${claim.reason}` : undefined;
      if (!result) return said && claim ? { span: claim.span, markdown: said } : undefined;
      const { row, label } = result.row.row;
      const cell = row.cells.find((c) => c && c.span.from <= offset && offset <= c.span.to);
      return rowHover(placed.get(result) ?? [], label, claim?.span ?? cell?.span ?? row.span, said, reveal);
    },
    torch: () => (reveal === "answer" && isChain ? tableTorch(results) : undefined),
    layerAt: (offset) => {
      const result = rowAt(offset);
      return result && reveal === "answer" ? rowLayer(placed.get(result) ?? [], result.row.row.label) : undefined;
    },
  };
}
