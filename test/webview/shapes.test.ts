import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { shapeText } from "../../src/check/picture/layerCall.js";
import { printSizes } from "../../src/core/layer/explain.js";
import { crossed, withCrosses } from "../../webview/network/shapes.js";
import { drawnIn } from "../check/network/drawn.js";

test("A shape of the network view is written as the layer view writes it", () => {
  for (const shape of [[], [10], [4, 3], [4, 3, 32, 32]]) assert.equal(crossed(printSizes(shape)), shapeText(shape));
});

test("Lists of shapes, symbols and what is no shape keep what they are", () => {
  const cases: Readonly<Record<string, string>> = {
    "(N, 3, H, W)": "N × 3 × H × W",
    "(N, 16, ⌊(H − 5)/2⌋ + 1, 2*(W - 1))": "N × 16 × (⌊(H − 5)/2⌋ + 1) × (2*(W - 1))",
    "[(1, 5), (1, 7)]": "[1 × 5, 1 × 7]",
    "{out: (1, 21)}": "{out: 1 × 21}",
    "(1, 5), (2, ?)": "1 × 5, 2 × ?",
    "?": "?",
    None: "None",
    "47,882": "47,882",
  };
  for (const [text, wanted] of Object.entries(cases)) assert.equal(crossed(text), wanted);
});

test("Nothing of a network that is shown has a shape in brackets", () => {
  let shapes = 0;
  for (const name of ["plain", "residual", "unet", "mismatch"])
    for (const picture of drawnIn(readFileSync(`test/fixtures/networks/${name}.py`, "utf8"))) {
      const { nodes, edges, heading } = withCrosses(picture);
      const texts = [...nodes.map(({ shape }) => shape), ...heading.facts.map(({ text }) => text)];
      for (const text of [...texts, ...edges.flatMap(({ meets = [] }) => meets)]) assert.doesNotMatch(text, /\(\w+, /);
      shapes += texts.filter((text) => text.includes(" × ")).length;
    }
  assert.ok(shapes > 40, `${shapes}`);
});
