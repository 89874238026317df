import assert from "node:assert/strict";
import { test } from "node:test";
import { layerPicture, messagePicture } from "../../src/check/picture.js";
import { pauseBefore } from "../../webview/clock.js";
import { type Action, after, begin, frameShown, type Model } from "../../webview/model.js";

const picture = layerPicture({
  name: "Conv2d",
  args: { in_channels: 3, out_channels: 2, kernel_size: 3 },
  input: [1, 3, 6, 6],
});
const start = begin(picture);
const run = (...actions: readonly Action[]): Model => actions.reduce(after, start);
const title = (model: Model): string => frameShown(model)?.title ?? "";
const output = (step: number) => ({ kind: "output", step }) as const;

test("The panel starts paused on the first output", () => {
  assert.equal(start.playing, false);
  assert.match(title(start), /^y\[0, 0\]/);
});

test("Play, step, drag and hover are ways to choose the same number", () => {
  const ways = [
    run({ do: "seek", step: 2 }),
    run({ do: "step", by: 1 }, { do: "step", by: 1 }),
    run({ do: "play", on: true }, { do: "tick" }, { do: "tick" }),
    run({ do: "hover", target: output(2) }),
    run({ do: "pick", target: output(2) }),
    run({ do: "move", grid: "output", rows: 0, columns: 2 }),
  ];
  for (const model of ways) assert.match(title(model), /^y\[0, 2\]/);
});

test("Playing ends on the last output, and play begins again from there", () => {
  let model = run({ do: "seek", step: 14 }, { do: "play", on: true });
  model = after(model, { do: "tick" });
  assert.deepEqual([model.step, model.playing], [15, false]);
  assert.deepEqual(after(model, { do: "tick" }), model);
  assert.equal(after(model, { do: "play", on: true }).step, 0);
});

test("A hover shows a cell and leaving it brings the time's own back", () => {
  const hovered = run({ do: "seek", step: 5 }, { do: "hover", target: output(10) });
  assert.match(title(hovered), /^y\[2, 2\]/);
  assert.match(title(after(hovered, { do: "hover", target: undefined })), /^y\[1, 1\]/);
});

test("A click pins, a hover elsewhere changes nothing, Escape and a second click let go", () => {
  const pinned = run({ do: "pick", target: output(10) }, { do: "hover", target: output(3) });
  assert.match(title(pinned), /^y\[2, 2\]/);
  assert.equal(after(pinned, { do: "let go" }).pin, undefined);
  assert.equal(after(pinned, { do: "pick", target: output(10) }).pin, undefined);
});

test("An input cell lights all outputs that it feeds, a weight all its uses", () => {
  const lit = (model: Model, id: string) =>
    frameShown(model)
      ?.grids.find((grid) => grid.id === id)
      ?.cells.filter((cell) => cell.state !== "quiet" && cell.state !== "later").length;
  const input = run({ do: "hover", target: { kind: "input", row: 0, col: 1 } });
  assert.deepEqual([lit(input, "input"), lit(input, "kernel"), lit(input, "output")], [1, 2, 2]);
  const weight = run({ do: "hover", target: { kind: "weight", row: 0, col: 1 } });
  assert.deepEqual([lit(weight, "input"), lit(weight, "kernel"), lit(weight, "output")], [16, 1, 16]);
});

test("The arrow keys walk through the input and stay inside", () => {
  const first = run({ do: "move", grid: "input", rows: 0, columns: 1 });
  assert.deepEqual(first.pin, { kind: "input", row: 0, col: 0 });
  const far = Array.from({ length: 9 }, (): Action => ({ do: "move", grid: "input", rows: 1, columns: 0 })).reduce(
    after,
    first,
  );
  assert.deepEqual(far.pin, { kind: "input", row: 5, col: 0 });
});

test("Right is right on the screen, in a turned kernel too", () => {
  const model = run(
    { do: "choose", options: { turned: true } },
    { do: "pick", target: { kind: "weight", row: 1, col: 1 } },
    { do: "move", grid: "kernel", rows: 0, columns: 1 },
  );
  assert.deepEqual(model.pin, { kind: "weight", row: 1, col: 0 });
});

test("Choosing an output channel keeps the input channel among those that it reads", () => {
  const depthwise = begin(
    layerPicture({
      name: "Conv2d",
      args: { in_channels: 3, out_channels: 3, kernel_size: 3, groups: 3 },
      input: [1, 3, 6, 6],
    }),
  );
  const model = after(depthwise, { do: "choose", options: { outChannel: 2 } });
  assert.deepEqual([model.options.outChannel, model.options.inChannel], [2, 2]);
});

test("A message has no frame and takes no action", () => {
  const model = begin(messagePicture("There is no layer.", "Move on."));
  assert.equal(frameShown(model), undefined);
  assert.equal(after(model, { do: "play", on: true }), model);
});

test("The first beats are slow, then it quickens and never races", () => {
  const pauses = Array.from({ length: 20 }, (_, beat) => pauseBefore(beat));
  assert.ok(
    (pauses[0] ?? 0) >= 1000 && pauses.every((pause, beat) => pause >= 350 && pause <= (pauses[beat - 1] ?? pause)),
  );
});
