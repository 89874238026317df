import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { drawnWindow } from "../../src/check/picture/drawnWindow.js";
import { layerPicture } from "../../src/check/picture.js";
import { type Nested, tensorOf } from "../../src/core/tensor/tensor.js";
import { windowLayer } from "../../src/core/tensor/windowLayer.js";
import type { WindowPicture } from "../../src/protocol.js";
import { frameOf } from "../../webview/scenes/frame.js";
import type { Frame } from "../../webview/scenes/marks.js";
import { channelsRead, firstOptions } from "../../webview/scenes/options.js";
import { closes, sameValue } from "./closes.js";
import { randomLayer } from "./randomLayer.js";

interface Answer {
  readonly layer: string;
  readonly args: Record<string, unknown>;
  readonly input: Nested;
  readonly weight?: Nested;
  readonly bias?: Nested;
  readonly output: Nested;
}

test("What is shown is exact: every displayed sum closes to its displayed result", () => {
  const drawn = { convolution: 0, max: 0, average: 0 };
  for (let seed = 1; seed <= 800; seed++) {
    const call = randomLayer(seed);
    const picture = layerPicture(call);
    if (picture.kind !== "window") continue;
    drawn[picture.operation]++;
    everyFrame(picture, (frame) => checkFrame(frame, JSON.stringify(call)));
  }
  assert.ok(Math.min(...Object.values(drawn)) > 100, `drawn: ${JSON.stringify(drawn)}`);
});

test("What is shown is exact: the frames show PyTorch's own outputs", () => {
  let lines = 0;
  for (const line of readFileSync("test/oracle/numbers.jsonl", "utf8").split("\n")) {
    if (line === "" || /"(Linear|ConvTranspose)|[a-z]3d"/.test(line.slice(0, 40))) continue;
    const { layer: name, args, input, weight, bias, output } = JSON.parse(line) as Answer;
    const layer = windowLayer(name, args);
    if (typeof layer === "string") assert.fail(layer);
    const optional = (numbers: Nested | undefined) => (numbers === undefined ? undefined : tensorOf(numbers));
    const scene = drawnWindow(layer, { input: tensorOf(input), weight: optional(weight), bias: optional(bias) });
    if (!scene) assert.fail(line);
    const picture = {
      ...scene,
      heading: { key: "", title: name, summary: "", facts: [], formulas: [] },
      sample: "",
      notes: [],
    };
    const truth = tensorOf(output).data;
    everyFrame(picture, (frame, outChannel, turned) => {
      checkFrame(frame, line.slice(0, 200));
      if (turned) return;
      const shown = numberOf(outputText(frame));
      assert.ok(
        Math.abs(shown - (truth[outChannel * frame.steps + frame.step] as number)) <= 1e-12,
        `${frame.title} ${line.slice(0, 200)}`,
      );
    });
    lines++;
  }
  assert.ok(lines > 200, `${lines} layers`);
});

function everyFrame(picture: WindowPicture, check: (frame: Frame, outChannel: number, turned: boolean) => void): void {
  for (const turned of picture.turned ? [false, true] : [false]) {
    for (let outChannel = 0; outChannel < picture.output.length; outChannel++) {
      const { first, count } = channelsRead(picture, outChannel);
      for (let inChannel = first; inChannel < first + count; inChannel++) {
        const options = { ...firstOptions, outChannel, inChannel, turned };
        const { steps } = frameOf(picture, 0, options);
        for (let step = 0; step < steps; step++) check(frameOf(picture, step, options), outChannel, turned);
      }
    }
  }
}

function checkFrame(frame: Frame, call: string): void {
  const result = outputText(frame);
  assert.equal(frame.title.split(" = ")[1], result, call);
  for (const { parts } of frame.sums) {
    const text = parts.map((part) => part.text).join("");
    assert.ok(closes(text), `${text} does not close: ${call}`);
  }
  const last =
    frame.sums
      .at(-1)
      ?.parts.map((part) => part.text)
      .join("") ?? "";
  assert.ok(sameValue(last.split("=").at(-1) ?? "", result), `${last} is not ${result}: ${call}`);
  if (frame.tiles.length === 0) return;
  const products = frame.tiles.map(({ value, weight }) => `(${value})·(${weight})`).join(" + ");
  assert.ok(sameValue(products, frame.tilesTotal), `tiles of ${frame.title}: ${call}`);
}

/** The output cell that the frame stands on, as it is written in the grid. */
function outputText(frame: Frame): string {
  const cell = frame.grids.find((grid) => grid.id === "output")?.cells.find((mark) => mark.state === "chosen");
  return cell?.text ?? "no cell";
}

function numberOf(text: string): number {
  const [top = "", bottom = "1"] = text.replace("−", "-").split("/");
  return Number(top) / Number(bottom);
}
