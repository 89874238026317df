import assert from "node:assert/strict";
import type { WindowPicture } from "../../src/protocol.js";
import { frameOf, stepsOf } from "../../webview/scenes/frame.js";
import { type Frame, type GridMark, textAt } from "../../webview/scenes/marks.js";
import { firstOptions, passesOf, type SceneOptions } from "../../webview/scenes/options.js";
import { ORIGIN } from "../../webview/scenes/origin.js";
import { closes, sameValue } from "./closes.js";

const WAYS = [
  [false, "windows"],
  [true, "windows"],
  [false, "matrix"],
  [false, "im2col"],
] as const;

/** Checks every frame of a picture: all passes, channels and arrangements, or forward in windows alone. */
export function everyFrame(
  picture: WindowPicture,
  check: (frame: Frame, options: SceneOptions) => void,
  which: "all" | "forward" = "all",
): void {
  for (const turned of picture.turned ? [false, true] : [false])
    for (const { kind: pass, parts, sum } of passesOf(picture, { turned }))
      for (const [plane, own] of parts.entries())
        for (let part = 0; part < Math.max(1, own.length); part++)
          for (const [scattered, view] of WAYS) {
            if (scattered && sum !== "seen") continue;
            if (which === "forward" && (pass !== "forward" || view !== "windows")) continue;
            // The matrices of every third plane: there are many, and they are one another's like.
            if (view !== "windows" && (plane + part) % 3 > 0) continue;
            const options = { ...firstOptions, pass, plane, part, turned, scattered, view };
            const steps = stepsOf(picture, options);
            for (let step = 0; step < steps; step++) check(frameOf(picture, step, options), options);
          }
}

/** Fails unless every sum of a frame closes to what its grids show. */
export function checkFrame(frame: Frame, call: string): void {
  const written = frame.sums.map(({ pieces }) => pieces.map(({ text }) => text).join(""));
  for (const text of written) assert.ok(closes(text), `${text} does not close: ${frame.title} ${call}`);
  if (frame.title.includes("added")) return;
  const result = resultText(frame);
  assert.equal(frame.title.split(" = ")[1], result, call);
  const own = frame.sums.filter(({ label }) => !label.startsWith("db"));
  const last =
    own
      .at(-1)
      ?.pieces.map(({ text }) => text)
      .join("") ?? result;
  if (frame.tilesTotal !== "")
    assert.ok(sameValue(last.split("=").at(-1) ?? "", result), `${last} is not ${result}: ${call}`);
  if (frame.tiles.length > 0) {
    const products = frame.tiles.map(({ value, factor }) => `(${value})·(${factor})`).join(" + ");
    assert.ok(sameValue(products, frame.tilesTotal), `tiles of ${frame.title}: ${call}`);
  }
  if (!frame.also) return;
  const [first, second, out] = frame.also.grids;
  if (!first || !second) {
    assert.match(frame.also.say, /Choose (?:im2col|Matrix)|more entries than can be drawn/);
    return;
  }
  const factors = first.lit.map(
    (cell, index) => [textAt(first, cell), textAt(second, second.lit[index] ?? index)] as const,
  );
  if (!out) {
    const window = factors.map(([a, b]) => `(${a})·(${b})`).join(" + ");
    assert.ok(sameValue(window, frame.tilesTotal), `as a correlation ${window} is not ${frame.tilesTotal}: ${call}`);
    return;
  }
  checkProduct(frame.also.grids as [GridMark, GridMark, GridMark], frame, call);
}

/** A matrix times a column is the other column: in the row that is shown, or in the column of the windows' matrix. */
function checkProduct([matrix, by, out]: [GridMark, GridMark, GridMark], frame: Frame, call: string): void {
  const columns = matrix.base.colHeads.length;
  const isColumn =
    matrix.frame?.width === 1 && matrix.base.rowHeads.length === (matrix.frame?.height ?? 0) && by.chosen !== undefined;
  const [factor, result] = isColumn ? [out, by] : [by, out];
  const products = matrix.lit.map((cell) => {
    const index = isColumn ? Math.floor(cell / columns) : cell % columns;
    return `(${textAt(matrix, cell)})·(${textAt(factor, index)})`;
  });
  const sum = products.length === 0 ? "0" : products.join(" + ");
  const shown = textAt(result, result.chosen ?? -1);
  const bias = frame.sums.at(-1)?.label.includes("bias") && frame.sums.at(-1)?.label.startsWith("db") !== true;
  const added = bias && result.title === "Output" ? frame.sums.at(-1)?.pieces.at(-3)?.text : undefined;
  assert.ok(
    isColumn ? sameValue(sum, frame.tilesTotal) : sameValue(added === undefined ? sum : `${sum} + ${added}`, shown),
    `as a product ${sum} is not ${shown}: ${frame.title} ${call}`,
  );
}

/** The cell that the frame stands on, as it is written in its grid. */
export function resultText(frame: Frame): string {
  const grid = frame.grids.find(
    ({ id, frame: box, chosen }) => id !== ORIGIN && box?.height === 1 && box.width === 1 && chosen !== undefined,
  );
  return grid?.chosen === undefined ? "no cell" : textAt(grid, grid.chosen);
}
