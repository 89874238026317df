import type { WindowPicture } from "../../src/protocol.js";
import type { Part, SumLine, Tile } from "./marks.js";
import { channelsRead, type SceneOptions } from "./options.js";
import { bracketed, cellAt, minus } from "./place.js";
import { readingsAt, weightText } from "./reading.js";
import type { Uses } from "./uses.js";

/** The products under the window on the chosen input channel. */
export function tilesOf(picture: WindowPicture, step: number, options: SceneOptions, uses: Uses | undefined): Tile[] {
  const part = options.inChannel - channelsRead(picture, options.outChannel).first;
  return readingsAt(picture, step, options.inChannel).map((reading) => ({
    row: reading.tapRow,
    col: reading.tapCol,
    value: reading.text,
    weight: weightText(picture, options, part, reading.tapRow, reading.tapCol),
    padding: reading.padding,
    lit: uses ? uses.input(reading.row, reading.col) && uses.tap(reading.tapRow, reading.tapCol) : false,
  }));
}

/** The chosen channel's products, every channel's sum, and what they add up to with the bias. */
export function convolutionSums(
  picture: WindowPicture,
  step: number,
  options: SceneOptions,
  tiles: readonly Tile[],
): SumLine[] {
  const { first, count } = channelsRead(picture, options.outChannel);
  const cell = cellAt(picture, step, options);
  const bias = picture.bias?.[options.outChannel];
  const parts = cell.parts ?? [];
  const alone = count === 1 && bias === undefined;
  const lines = parts.map((sum, index): SumLine => {
    const channel = first + index;
    const current = channel === options.inChannel;
    const total: Part = { text: minus(sum), ...(alone && { role: "output" }) };
    return {
      label: count === 1 ? "" : `channel ${channel}`,
      parts: current ? [...products(tiles), { text: " =\u00a0" }, total] : [total],
      ...(count > 1 && { channel }),
      current,
    };
  });
  if (alone) return lines;
  const terms = parts.flatMap((sum, index): Part[] => {
    return index === 0 ? [{ text: minus(sum) }] : [{ text: " + " }, { text: bracketed(minus(sum)) }];
  });
  const added: Part[] = bias === undefined ? [] : [{ text: " + " }, { text: bracketed(minus(bias)), role: "weight" }];
  const result: Part = { text: cell.text, role: "output" };
  const label = bias === undefined ? "together" : count === 1 ? "with the bias" : "together, with the bias";
  return [...lines, { label, parts: [...terms, ...added, { text: " =\u00a0" }, result], current: false }];
}

function products(tiles: readonly Tile[]): Part[] {
  return tiles.flatMap((tile, index): Part[] => {
    const lit = tile.lit ? { lit: true } : {};
    const value: Part = { text: bracketedFirst(tile.value, index), role: tile.padding ? "padding" : "input", ...lit };
    const product: Part[] = [value, { text: "·" }, { text: bracketed(tile.weight), role: "weight", ...lit }];
    return index === 0 ? product : [{ text: " + " }, ...product];
  });
}

function bracketedFirst(text: string, index: number): string {
  return index === 0 ? text : bracketed(text);
}
