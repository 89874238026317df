import assert from "node:assert/strict";
import { test } from "node:test";
import { broughtIn, layoutOf } from "../../webview/render/layout.js";
import { paintCell } from "../../webview/render/paintGrid.js";
import { type Palette, paper } from "../../webview/render/palette.js";
import type { Ink, Surface } from "../../webview/render/surface.js";
import type { CellState, GridMark, Ground } from "../../webview/scenes/marks.js";

const base = (rows: number, columns: number, digits = 1) => ({
  rowHeads: Array.from({ length: rows }, (_, row) => (rows === 1 ? "" : String(row))),
  colHeads: Array.from({ length: columns }, (_, column) => String(column)),
  digits,
});

test("A cell is whole pixels, and a grid is as wide as its room at most, or scrolls with cells that are read with ease", () => {
  for (const room of [180, 256, 372, 500, 672])
    for (const rows of [1, 3, 7, 19])
      for (let columns = 1; columns <= 120; columns++)
        for (const digits of [1, 2, 4, 6]) {
          const layout = layoutOf(base(rows, columns, digits), room);
          const told = `${rows} × ${columns} of ${digits} in ${room}`;
          assert.ok(Number.isInteger(layout.side) && Number.isInteger(layout.across), told);
          if (layout.width > room) assert.ok(layout.side === 3 || (layout.side === 21 && layout.letters >= 7), told);
          // What would fit with a little less of each cell does fit.
          if (columns * 18 + 18 <= room && digits === 1) assert.ok(layout.width <= room && layout.letters >= 7, told);
        }
});

test("One row of numbers keeps them, and scrolls, where a grid of as many columns would be a picture", () => {
  for (const room of [256, 372, 672])
    for (const columns of [31, 48, 64, 100]) {
      assert.ok(layoutOf(base(1, columns, 2), room).letters >= 7, `${columns} in ${room}`);
      if (columns * 21 > room)
        assert.equal(layoutOf(base(columns, columns, 2), room).letters, 0, `${columns} in ${room}`);
    }
  assert.equal(layoutOf(base(1, 1000), 372).letters, 0);
});

test("A view moves no more than it must: the first stretch that fits is seen whole, and none that does not fit moves it", () => {
  for (let start = 0; start <= 200; start += 20)
    for (let from = 0; from < 300; from += 13)
      for (const size of [1, 20, 60, 100, 101, 250]) {
        const to = from + size;
        const moved = broughtIn(start, 100, [[from, to]]);
        if (size > 100) assert.equal(moved, start);
        else assert.ok(moved <= from && moved + 100 >= to, `${from} to ${to} from ${start} is ${moved}`);
        if (from >= start + 20 && to <= start + 80) assert.equal(moved, start);
        assert.equal(broughtIn(moved, 100, [[from, to]]), moved, "once it is seen, it stays");
        // A frame over all columns leaves the choice to the cells of the step.
        assert.equal(
          broughtIn(start, 100, [
            [0, 400],
            [from, to],
          ]),
          moved,
        );
      }
});

test("A cell covers all that stood in its place, however translucent its own colours are", () => {
  const glass: Palette = { ...paper, quiet: "rgba(0, 0, 0, 0.2)", hatch: "rgba(0, 0, 0, 0.2)" };
  const states: readonly CellState[] = ["quiet", "lit", "chosen", "later"];
  const grounds: readonly Ground[] = ["plain", "padding", "beyond", "unread"];
  for (const columns of [4, 20, 40])
    for (const state of states)
      for (const ground of grounds) {
        const texts = Array.from({ length: columns * columns }, () => "1");
        const grid: GridMark = {
          id: "seen",
          role: "input",
          title: "",
          caption: "",
          base: { ...base(columns, columns), texts, grounds: texts.map(() => ground), name: String },
          lit: [],
        };
        const layout = layoutOf(grid.base, 372);
        const drawn: {
          readonly x: number;
          readonly y: number;
          readonly wide: number;
          readonly tall: number;
          ink: Ink;
        }[] = [];
        const nothing = (): void => {};
        const surface: Surface = {
          rect: (x, y, wide, tall, ink) => void drawn.push({ x, y, wide, tall, ink }),
          hatch: nothing,
          line: nothing,
          text: nothing,
        };
        paintCell(surface, grid, layout, glass, columns + 2, state);
        assert.deepEqual(drawn[0], {
          x: layout.left + 2 * layout.across,
          y: layout.head + layout.side,
          wide: layout.across,
          tall: layout.side,
          ink: { fill: paper.surface },
        });
      }
});
