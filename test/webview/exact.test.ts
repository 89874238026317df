import assert from "node:assert/strict";
import { test } from "node:test";
import { axesOver, drawnLayer } from "../../src/check/picture/drawnLayer.js";
import { drawnWindow } from "../../src/check/picture/drawnWindow.js";
import { drawnLinear } from "../../src/check/picture/linearPicture.js";
import { layerPicture } from "../../src/check/picture.js";
import { elements, type Tensor } from "../../src/core/tensor/tensor.js";
import type { WindowPicture } from "../../src/protocol.js";
import { frameOf, stepsOf } from "../../webview/scenes/frame.js";
import { type Frame, type GridMark, textAt } from "../../webview/scenes/marks.js";
import { firstOptions, passesOf, type SceneOptions } from "../../webview/scenes/options.js";
import { type Case, cases } from "../core/gradientAnswers.js";
import { closes, sameValue } from "./closes.js";
import { randomLayer } from "./randomLayer.js";

test("What is shown is exact: every displayed sum closes to its displayed result, forward and backward", () => {
  const drawn = { convolution: 0, linear: 1000, max: 0, average: 0, transposed: 0, slices: 0 };
  for (let seed = 1; seed <= 150; seed++) {
    const call = randomLayer(seed);
    const picture = layerPicture(call);
    if (picture.kind !== "window") continue;
    drawn[picture.operation]++;
    if (picture.transposed) drawn.transposed++;
    if (picture.rank === 3) drawn.slices++;
    everyFrame(picture, (frame) => checkFrame(frame, JSON.stringify(call)));
  }
  assert.ok(Math.min(...Object.values(drawn)) > 8, `drawn: ${JSON.stringify(drawn)}`);
});

test("What is shown is exact: the frames show PyTorch's own outputs and gradients", () => {
  let [layers, count] = [0, 0];
  for (const answer of cases) {
    const shown = numbersShown(answer);
    if (shown === undefined) continue;
    count += shown;
    layers++;
  }
  assert.ok(layers > 300 && count > 20_000, `${layers} layers, ${count} numbers`);
});

/** How many numbers the frames of an answer's layer show, all of them PyTorch's; undefined for a layer without windows. */
function numbersShown({ name, args, line: text, numbers, gradOutput, output, gradients }: Case): number | undefined {
  const layer = name === "Linear" ? undefined : drawnLayer(name, args);
  if (typeof layer === "string") return undefined;
  const { input, weight, bias } = numbers;
  const line = text.slice(0, 200);
  // A picture shows one input; a batch of them is several.
  if (input.shape.length !== (layer?.rank ?? 0) + 1) return undefined;
  const own = { input, weight, bias, gradOutput, per: 1 };
  const scene = layer ? drawnWindow(layer, axesOver(layer, input.shape.slice(1)), own) : drawnLinear(own);
  const heading = { key: "", title: name, summary: "", facts: [], formulas: [] };
  const picture: WindowPicture = { ...scene, heading, sample: "", notes: [], real: "no" };
  const truth: Record<string, Tensor | undefined> = { ...gradients, forward: output };
  let count = 0;
  everyFrame(picture, (frame, { pass, plane, turned, scattered }) => {
    checkFrame(frame, line);
    if (turned || scattered) return;
    const values = truth[pass];
    const shown = numberOf(resultText(frame));
    const expected = values?.data[plane * frame.steps + frame.step] as number;
    assert.ok(Math.abs(shown - expected) <= 1e-12, `${frame.title} ${pass}, PyTorch ${expected}: ${line}`);
    count++;
  });
  const sums = gradients.bias?.data;
  picture.passes
    .find(({ kind }) => kind === "weight")
    ?.bias?.forEach((text, filter) => {
      assert.equal(numberOf(text), sums?.[filter]);
      count++;
    });
  assert.equal(
    picture.passes.reduce(
      (sum, pass) => sum + pass.parts.length * stepsOf(picture, { ...firstOptions, pass: pass.kind }),
      0,
    ),
    [output, gradients.input, gradients.weight].reduce((sum, tensor) => sum + (tensor ? elements(tensor.shape) : 0), 0),
    `every number is shown: ${line}`,
  );
  return count;
}

const WAYS = [
  [false, "windows"],
  [true, "windows"],
  [false, "matrix"],
  [false, "im2col"],
] as const;

function everyFrame(picture: WindowPicture, check: (frame: Frame, options: SceneOptions) => void): void {
  for (const turned of picture.turned ? [false, true] : [false])
    for (const { kind: pass, parts, sum } of passesOf(picture, { turned }))
      for (const [plane, own] of parts.entries())
        for (let part = 0; part < Math.max(1, own.length); part++)
          for (const [scattered, view] of WAYS) {
            if (scattered && sum !== "seen") continue;
            // The matrices of every third plane: there are many, and they are one another's like.
            if (view !== "windows" && (plane + part) % 3 > 0) continue;
            const options = { ...firstOptions, pass, plane, part, turned, scattered, view };
            const steps = stepsOf(picture, options);
            for (let step = 0; step < steps; step++) check(frameOf(picture, step, options), options);
          }
}

function checkFrame(frame: Frame, call: string): void {
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
  if (!first || !second) assert.fail(call);
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
function resultText(frame: Frame): string {
  const grid = frame.grids.find(
    ({ frame: box, chosen }) => box?.height === 1 && box.width === 1 && chosen !== undefined,
  );
  return grid?.chosen === undefined ? "no cell" : textAt(grid, grid.chosen);
}

function numberOf(text: string): number {
  const [top = "", bottom = "1"] = text.replace("−", "-").split("/");
  return Number(top) / Number(bottom);
}
