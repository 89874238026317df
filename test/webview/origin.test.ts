import assert from "node:assert/strict";
import { test } from "node:test";
import { type LayerCall, layerPicture } from "../../src/check/picture.js";
import { after, begin, frameShown, type Model } from "../../webview/model.js";
import { type GridMark, textAt } from "../../webview/scenes/marks.js";
import type { SceneOptions } from "../../webview/scenes/options.js";

const pools: readonly LayerCall[] = [
  { name: "MaxPool2d", args: { kernel_size: 2, stride: 1 }, input: [1, 2, 4, 5] },
  { name: "MaxPool2d", args: { kernel_size: 3, stride: 2, padding: 1, ceil_mode: true }, input: [1, 1, 6, 6] },
  { name: "MaxPool1d", args: { kernel_size: 3, dilation: 2 }, input: [1, 1, 12] },
  { name: "MaxPool3d", args: { kernel_size: 2 }, input: [1, 1, 4, 4, 4] },
  { name: "AdaptiveMaxPool2d", args: { output_size: [2, 3] }, input: [1, 1, 4, 7] },
  { name: "LPPool2d", args: { norm_type: 2, kernel_size: 2, stride: 1 }, input: [1, 1, 4, 4] },
];

function back(call: LayerCall, options: Partial<SceneOptions> = {}): Model {
  return after(begin(layerPicture(call)), { do: "choose", options: { pass: "input", ...options } });
}

const gridOf = (model: Model, id: string): GridMark => {
  const grid = frameShown(model)?.grids.find((mark) => mark.id === id);
  assert.ok(grid, id);
  return grid;
};

test("Backward through a maximum or a norm, the input stands beside its gradient, cell for cell", () => {
  for (const call of pools) {
    const model = back(call);
    const [origin, seen] = [gridOf(model, "origin"), gridOf(model, "seen")];
    assert.deepEqual(origin.base.colHeads, seen.base.colHeads, call.name);
    assert.deepEqual(origin.base.grounds, seen.base.grounds, call.name);
    for (let cell = 0; cell < origin.base.texts.length; cell++) {
      const [here, there] = ["origin", "seen"].map((grid) => after(model, { do: "hover", target: { grid, cell } }));
      const [own, other] = [here, there].map((at) => JSON.stringify(frameShown(at as Model)));
      assert.equal(own, other, `${call.name} ${cell}`);
      const frame = frameShown(here as Model);
      if (origin.base.grounds[cell] !== "plain") continue;
      assert.equal(gridOf(here as Model, "origin").chosen, cell);
      assert.match(
        frame?.title ?? "",
        new RegExp(`^d${origin.base.name(cell).replace(/[[\]]/g, "\\$&").toUpperCase()}`),
      );
    }
  }
});

test("At a window of a maximum, what it sees is lit in the input, and the first of its largest numbers is its centre", () => {
  let windows = 0;
  for (const call of pools.filter(({ name }) => name.includes("MaxPool") && !name.includes("3d")))
    for (const scattered of [false, true]) {
      const count = gridOf(back(call), "windows").base.texts.length;
      for (let cell = 0; cell < count; cell++) {
        const model = back(call, { scattered });
        const target = { grid: "windows", cell };
        const at = scattered ? after(model, { do: "seek", step: cell }) : after(model, { do: "pick", target });
        const origin = gridOf(at, "origin");
        const numbers = origin.lit
          .filter((place) => /plain|unread/.test(origin.base.grounds[place] ?? ""))
          .toSorted((a, b) => a - b)
          .map((place) => [place, Number(textAt(origin, place).replace("−", "-"))] as const);
        const most = Math.max(...numbers.map(([, value]) => value));
        assert.equal(origin.chosen, numbers.find(([, value]) => value === most)?.[0], `${call.name} ${cell}`);
        windows++;
      }
    }
  assert.ok(windows > 50, `${windows}`);
});

test("Where the input's numbers decide nothing, and forward, it stands once", () => {
  const average: LayerCall = { name: "AvgPool2d", args: { kernel_size: 2 }, input: [1, 1, 4, 4] };
  const conv: LayerCall = {
    name: "Conv2d",
    args: { in_channels: 1, out_channels: 1, kernel_size: 2 },
    input: [1, 1, 4, 4],
  };
  for (const model of [back(average), back(conv), ...pools.map((call) => begin(layerPicture(call)))])
    assert.equal(
      frameShown(model)?.grids.some(({ id }) => id === "origin"),
      false,
    );
});

test("The input's numbers can be changed where they stand beside the gradient", () => {
  const { edits, base } = gridOf(back(pools[1] as LayerCall), "origin");
  const places = base.texts.flatMap((_, cell) => edits?.at(cell) ?? []);
  assert.equal(edits?.tensor, "input");
  assert.deepEqual(places, [...Array(36).keys()]);
});
