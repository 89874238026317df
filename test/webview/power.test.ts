import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { axesOver, drawnLayer } from "../../src/check/picture/drawnLayer.js";
import { drawnWindow } from "../../src/check/picture/drawnWindow.js";
import { type LayerCall, layerPicture } from "../../src/check/picture.js";
import { tensorOf } from "../../src/core/tensor/tensor.js";
import type { WindowPicture } from "../../src/protocol.js";
import { frameOf, stepsOf } from "../../webview/scenes/frame.js";
import { placeOf } from "../../webview/scenes/grids.js";
import type { Frame } from "../../webview/scenes/marks.js";
import { sameNumber } from "../../webview/scenes/numbers.js";
import { firstOptions } from "../../webview/scenes/options.js";
import { cases } from "../core/gradientAnswers.js";
import { evaluated } from "./evaluated.js";
import { resultText } from "./everyFrame.js";

/** Checks every frame of a picture: its title, and that every two sides of its sum are the same, to the digits that are shown where they are rounded. */
function checkFrames(
  picture: WindowPicture,
  check: (shown: string, pass: "forward" | "input", index: number, frame: Frame) => void,
): void {
  for (const { kind: pass, parts } of picture.passes)
    for (const plane of parts.keys()) {
      const options = { ...firstOptions, pass, plane };
      const steps = stepsOf(picture, options);
      for (let step = 0; step < steps; step++) {
        const frame = frameOf(picture, step, options);
        const shown = resultText(frame);
        assert.match(frame.title, /^\w+\[[\d, ]+\] [=≈] \S+$/);
        assert.equal(frame.title.split(/ [=≈] /)[1], shown);
        assert.equal(frame.title.includes("≈"), shown.includes("."));
        if (shown !== "NaN") checkLines(frame, 1);
        assert.ok(pass !== "weight");
        check(shown, pass, plane * steps + step, frame);
      }
    }
}

function checkLines({ sums, title }: Frame, most: number): void {
  assert.ok(sums.length <= most);
  for (const { pieces } of sums) checkLine(pieces.map((piece) => piece.text).join(""), title);
}

function checkLine(text: string, title: string): void {
  const sides = text.split(/[=≈]/);
  const signs = text.match(/[=≈]/g) ?? [];
  const last = evaluated(sides.at(-1) ?? "");
  // A rounded number on the left moves what it is a factor of.
  const isRounded = text.includes(".");
  for (const side of sides) {
    const difference = Math.abs(evaluated(side) - last);
    assert.ok(difference <= (isRounded ? 2e-3 * (1 + Math.abs(last)) : 1e-9), `${side} in ${text}: ${title}`);
  }
  assert.equal(signs.at(-1) ?? "=", sides.at(-1)?.includes(".") ? "≈" : "=", text);
}

test("LP pooling shows PyTorch's own outputs and gradients, to the digits that are written", () => {
  const found = { exact: 0, rounded: 0, none: 0, layers: 0, cut: 0 };
  for (const { name, args, line, numbers, gradOutput, output, gradients } of cases) {
    const layer = /^LPPool/.test(name) ? drawnLayer(name, args) : "";
    const { input } = numbers;
    if (typeof layer === "string" || input.shape.length !== layer.rank + 1) continue;
    const drawn = drawnWindow(layer, axesOver(layer, input.shape.slice(1)), { input, gradOutput, per: 1 });
    const heading = { key: "", title: name, text: "", facts: [], formulas: [] };
    const truth = { forward: output.data, input: gradients.input?.data };
    checkFrames({ ...drawn, heading, sample: "", notes: [], real: "no" }, (shown, pass, index, frame) => {
      const expected = truth[pass]?.[index] ?? Number.NaN;
      const [top = "", bottom = "1"] = shown.replace("−", "-").split("/");
      const value = Number(top) / Number(bottom);
      if (Number.isNaN(expected)) assert.equal(shown, "NaN");
      else {
        const most = shown.includes(".") ? 0.5001e-3 : 1e-9;
        assert.ok(
          Math.abs(value - expected) <= most,
          `${frame.title} ${pass}, PyTorch ${expected}: ${line.slice(0, 300)}`,
        );
      }
      found[shown === "NaN" ? "none" : shown.includes(".") ? "rounded" : "exact"]++;
      if (frame.sentence.includes("cut short")) found.cut++;
    });
    found.layers++;
  }
  assert.ok(found.layers > 50 && found.exact > 300 && found.rounded > 300 && found.cut > 5, JSON.stringify(found));
});

test("What the windows of LP pooling send back one by one adds up to the gradient that PyTorch has", () => {
  const found = { shares: 0, overlaps: 0, none: 0 };
  for (const { name, args, line, numbers, gradOutput, gradients } of cases) {
    const layer = /^LPPool/.test(name) ? drawnLayer(name, args) : "";
    const { input } = numbers;
    if (typeof layer === "string" || input.shape.length !== layer.rank + 1) continue;
    const drawn = drawnWindow(layer, axesOver(layer, input.shape.slice(1)), { input, gradOutput, per: 1 });
    const heading = { key: "", title: name, text: "", facts: [], formulas: [] };
    const picture: WindowPicture = { ...drawn, heading, sample: "", notes: [], real: "no" };
    const cells = input.data.length / (input.shape[0] as number);
    for (let plane = 0; plane < (input.shape[0] as number); plane++) {
      const options = { ...firstOptions, pass: "input", plane, scattered: true } as const;
      const steps = stepsOf(picture, options);
      assert.equal(steps, gradOutput.data.length / (input.shape[0] as number));
      const added = new Array<number>(cells).fill(0);
      for (let step = 0; step < steps; step++) {
        const frame = frameOf(picture, step, options);
        if (frame.sums.some(({ pieces }) => pieces.at(-1)?.text === "NaN")) found.none++;
        else checkLines(frame, cells);
        for (const { pieces } of frame.sums) if (pieces[0]?.text !== "0") found.overlaps++;
        found.shares += frame.sums.length;
        if (step < steps - 1) continue;
        const grid = frame.grids.find(({ id }) => id === "seen");
        for (const at of added.keys()) {
          const expected = gradients.input?.data[plane * cells + at] ?? Number.NaN;
          const shown = grid?.over?.get(placeOf(picture, at)) || (Number.isNaN(expected) ? "NaN" : "0");
          const value = shown === "NaN" ? Number.NaN : evaluated(shown);
          if (Number.isNaN(expected)) assert.equal(shown, "NaN");
          else assert.ok(Math.abs(value - expected) <= 0.5001e-3, `${at}: ${shown}, PyTorch ${expected}: ${line}`);
        }
      }
    }
  }
  assert.ok(found.shares > 500 && found.overlaps > 50, JSON.stringify(found));
});

test("A root is predicted with as many digits as one likes, and a wrong one named by its mistake", () => {
  const picture = layerPicture(
    { name: "LPPool2d", args: { norm_type: 2, kernel_size: 2 }, input: [1, 1, 4, 4] },
    {
      edits: [
        {
          do: "matrix",
          tensor: "input",
          plane: 0,
          rows: [
            [1, 2, 3, 4],
            [3, 1, 0, 0],
            [1, 1, 2, 2],
            [1, 1, 2, 1],
          ],
        },
      ],
    },
  );
  assert.ok(picture.kind === "window");
  const { asked } = frameOf(picture, 0, { ...firstOptions, predicting: true });
  assert.ok(asked);
  const root = Math.sqrt(15);
  for (let digits = 2; digits < 9; digits++) assert.ok(sameNumber(root.toFixed(digits), asked.answer), `${digits}`);
  for (const off of [-0.02, -0.002, 0.002, 0.02])
    assert.ok(!sameNumber((root + off).toFixed(4), asked.answer), `${off}`);
  assert.deepEqual(
    asked.slips.map(({ text }) => text),
    ["15", "7"],
  );
  const back = frameOf(picture, 0, { ...firstOptions, pass: "input", predicting: true }).asked;
  assert.equal(back?.slips[0]?.text, picture.passes[1]?.windows[0]?.[0]);
});

test("A sample of LP pooling has both roots that are whole and roots that are rounded, and every sum of it closes", () => {
  const calls: readonly LayerCall[] = [
    ...[1, 2, 3, 1.2, 4].map((norm_type) => ({
      name: "LPPool2d",
      args: { norm_type, kernel_size: 2 },
      input: ["N", 2, 28, 28],
    })),
    { name: "LPPool2d", args: { norm_type: 2, kernel_size: 3, stride: 2, ceil_mode: true }, input: [1, 1, 6, 6] },
    { name: "LPPool1d", args: { norm_type: 2, kernel_size: 2, stride: 1 }, input: [1, 1, 12] },
    { name: "LPPool1d", args: { norm_type: 0.5, kernel_size: 3 }, input: [1, 1, "L"] },
  ];
  const kinds = { whole: 0, rounded: 0 };
  for (const call of calls) {
    const picture = layerPicture(call);
    assert.ok(picture.kind === "window", JSON.stringify(call));
    checkFrames(picture, (shown) => {
      assert.notEqual(shown, "NaN");
      kinds[shown.includes(".") ? "rounded" : "whole"]++;
    });
  }
  assert.ok(kinds.whole > 100 && kinds.rounded > 100, JSON.stringify(kinds));
});

test("Numbers that are put in LP pooling's place are reckoned with, and what has no root is said to be none", () => {
  const call = (norm_type: number): LayerCall => ({
    name: "LPPool2d",
    args: { norm_type, kernel_size: 2 },
    input: [1, 1, 2, 2],
  });
  const output = (norm_type: number, rows: readonly (readonly number[])[]): string | undefined => {
    const picture = layerPicture(call(norm_type), { edits: [{ do: "matrix", tensor: "input", plane: 0, rows }] });
    assert.ok(picture.kind === "window");
    checkFrames(picture, () => {});
    return picture.passes[0]?.windows[0]?.[0];
  };
  const tenths = [
    [0.3, 0.4],
    [0, 0],
  ];
  assert.equal(output(2, tenths), "1/2");
  assert.equal(output(1, tenths), "7/10");
  assert.equal(
    output(1, [
      [-3, 4],
      [1, -4],
    ]),
    "−2",
  );
  assert.equal(
    output(3, [
      [-3, 1],
      [1, 1],
    ]),
    "NaN",
  );
  assert.equal(
    output(2, [
      [0, 0],
      [0, 0],
    ]),
    "0",
  );
  assert.match(output(2.5, tenths) ?? "", /^0\.\d{3}$/);
  assert.equal(layerPicture(call(0)).kind, "card");
  assert.equal(layerPicture(call(40)).kind, "card");
});

test("LP pooling along one, two and three axes shows PyTorch's own outputs and gradients, slice by slice", () => {
  const lines = readFileSync("test/oracle/powerPools.jsonl", "utf8").trim().split("\n");
  const found: Record<string, number> = {};
  for (const line of lines) {
    const answer = JSON.parse(line);
    const layer = drawnLayer(answer.layer, answer.args);
    assert.ok(typeof layer === "object", line);
    const [input, gradOutput] = [tensorOf(answer.input), tensorOf(answer.gradOutput)];
    const drawn = drawnWindow(layer, axesOver(layer, input.shape.slice(1)), { input, gradOutput, per: 1 });
    const heading = { key: "", title: "", text: "", facts: [], formulas: [] };
    const picture: WindowPicture = { ...drawn, heading, sample: "", notes: [], real: "no" };
    const [forward, back] = picture.passes;
    const truths = [
      [forward?.windows.flat(), tensorOf(answer.output).data],
      [back?.seen.flat(), tensorOf(answer.gradInput).data],
    ] as const;
    for (const [texts, truth] of truths) {
      assert.equal(texts?.length, truth.length);
      for (const [at, text] of texts?.entries() ?? []) {
        // What is no rounded decimal is exact.
        const most = text.includes(".") ? 0.5001e-3 : 1e-9;
        assert.ok(Math.abs(evaluated(text) - (truth[at] as number)) <= most, `${text}, PyTorch ${truth[at]}: ${line}`);
      }
    }
    // What nothing comes back to has no share to round.
    for (const [at, own] of tensorOf(answer.gradInput).data.entries())
      if (own === 0 && gradOutput.data.every((value) => value >= 0)) assert.equal(back?.seen.flat()[at], "0", line);
    found[answer.layer] = (found[answer.layer] ?? 0) + 1;
    if (!picture.depth) continue;
    for (const { kind: pass, parts } of picture.passes)
      for (const [plane, own] of parts.entries())
        for (const part of own.keys()) {
          const options = { ...firstOptions, pass, plane, part };
          for (let step = 0; step < stepsOf(picture, options); step++) {
            const frame = frameOf(picture, step, options);
            assert.ok(frame.sums.length <= own.length + 1);
            // What a slice that is not shown adds up to is a number alone.
            const written = frame.sums.map(({ pieces }) => pieces.map(({ text }) => text).join(""));
            for (const text of written) if (/[=≈]/.test(text)) checkLine(text, frame.title);
          }
        }
  }
  assert.deepEqual(found, { LPPool1d: 68, LPPool2d: 72, LPPool3d: 40 });
});
