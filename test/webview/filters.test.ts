import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { filtered, filtersPicture } from "../../src/check/picture/filters.js";
import type { Filtering } from "../../src/protocol.js";
import { IMAGES } from "../../webview/filters/images.js";
import { filterFrame } from "../../webview/scenes/filtering.js";
import { closes, sameValue } from "./closes.js";

const answers = readFileSync("test/oracle/filters.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Filtering & { readonly response: readonly number[] });

test("What a kernel answers with is PyTorch's conv2d, and every pixel's arithmetic closes to it.", () => {
  let pixels = 0;
  for (const asked of answers) {
    const response = filtered(asked);
    assert.deepEqual(
      response.map((value) => value + 0),
      asked.response,
    );
    for (const at of response.keys()) {
      const frame = filterFrame(asked, 1, response, at);
      const [sum] = frame.sums;
      const text = sum?.pieces.map((piece) => piece.text).join("") ?? "";
      assert.ok(closes(text), text);
      assert.ok(sameValue(frame.tilesTotal, String(asked.response[at]).replace("-", "−")), frame.title);
      const tiles = frame.tiles.map(({ value, factor }) => `(${value})·(${factor})`).join(" + ");
      assert.ok(sameValue(tiles, frame.tilesTotal), tiles);
      pixels++;
    }
  }
  assert.ok(answers.length >= 120 && pixels > 2000, String(pixels));
});

test("The images are grey levels of a square, and each kernel answers to each of them.", () => {
  const { presets } = filtersPicture();
  assert.ok(presets.length >= 6 && IMAGES.length >= 4);
  for (const { name, width, height, pixels } of IMAGES) {
    assert.equal(pixels.length, width * height);
    assert.ok(
      pixels.every((level) => Number.isInteger(level) && level >= 0 && level <= 255),
      name,
    );
    assert.ok(new Set(pixels).size > 3, name);
    for (const { rows } of presets)
      assert.ok(new Set(filtered({ width, pixels, rows, turned: false })).size > 3, `${name}`);
  }
});

test("A kernel over a denominator is divided in a line of its own, rounded to a digit.", () => {
  const asked = {
    width: 2,
    pixels: [10, 20, 30, 45],
    rows: [
      [1, 1],
      [1, 1],
    ],
    turned: false,
  };
  const frame = filterFrame(asked, 4, filtered(asked), 0);
  assert.equal(frame.title, "y[0, 0] ≈ 26.3");
  assert.deepEqual(
    frame.sums.map(({ pieces }) => pieces.map(({ text }) => text.replace("\u00a0", " ")).join("")),
    ["10·1 + 20·1 + 30·1 + 45·1 = 105", "105 / 4 ≈ 26.3"],
  );
});
