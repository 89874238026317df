import assert from "node:assert/strict";
import { test } from "node:test";
import { layerPicture } from "../../src/check/picture.js";
import type { WindowPicture } from "../../src/protocol.js";
import { layoutOf } from "../../webview/render/layout.js";
import { paintCell } from "../../webview/render/paintGrid.js";
import { paper } from "../../webview/render/palette.js";
import { frameOf } from "../../webview/scenes/frame.js";
import { textAt } from "../../webview/scenes/marks.js";
import { firstOptions } from "../../webview/scenes/options.js";

test("Where a matrix is too wide for numbers, its weights are still seen beside the empty places, at every width", () => {
  const picture = layerPicture({
    name: "Conv2d",
    args: { in_channels: 1, out_channels: 1, kernel_size: 3 },
    input: [1, 1, 6, 6],
  }) as WindowPicture;
  const grid = frameOf(picture, 0, { ...firstOptions, view: "matrix" }).also?.grids[0];
  assert.ok(grid);
  let bare = 0;
  for (let room = 150; room < 1400; room += 25) {
    const layout = layoutOf(grid.base, room, undefined);
    const fillOf = (cell: number): string | undefined => {
      let fill: string | undefined;
      const surface = {
        rect: (...[, , , , ink]: [number, number, number, number, { readonly fill?: string }]) => {
          fill = ink.fill;
        },
        hatch: () => {},
        line: () => {},
        text: () => {},
      };
      paintCell(surface, grid, layout, paper, cell, "quiet");
      return fill;
    };
    const cells: readonly (readonly [string, string | undefined])[] = [...grid.base.texts.keys()].map((cell) => [
      textAt(grid, cell),
      fillOf(cell),
    ]);
    const told = layout.letters === 0 ? paper.lit.weight : paper.ground.weight;
    for (const [text, fill] of cells) assert.equal(fill, text === "" ? paper.surface : told, `${room}`);
    if (layout.letters === 0 && layout.side >= 12) bare++;
  }
  assert.ok(bare > 0, "no width has room for cells but not for numbers");
});
