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
const output = (cell: number) => ({ grid: "windows", cell });

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
    run({ do: "move", grid: "windows", rows: 0, columns: 2 }),
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
  const lit = (model: Model) => frameShown(model)?.grids.map((grid) => new Set(grid.lit).size);
  const input = run({ do: "hover", target: { grid: "seen", cell: 1 } });
  assert.deepEqual(lit(input), [1, 2, 2]);
  const weight = run({ do: "hover", target: { grid: "weight", cell: 1 } });
  assert.deepEqual(lit(weight), [16, 1, 16]);
});

test("The arrow keys walk through the input and stay inside", () => {
  const first = run({ do: "move", grid: "seen", rows: 0, columns: 1 });
  assert.deepEqual(first.pin, { grid: "seen", cell: 0 });
  const far = Array.from({ length: 9 }, (): Action => ({ do: "move", grid: "seen", rows: 1, columns: 0 })).reduce(
    after,
    first,
  );
  assert.deepEqual(far.pin, { grid: "seen", cell: 30 });
});

test("A padded place that repeats a number stands for that number, and one that has none is no target", () => {
  const padded = (padding_mode: string): Model =>
    begin(
      layerPicture({
        name: "Conv2d",
        args: { in_channels: 1, out_channels: 1, kernel_size: 3, padding: 1, padding_mode },
        input: [1, 1, 4, 4],
      }),
    );
  const corner: Action = { do: "hover", target: { grid: "seen", cell: 0 } };
  assert.match(frameShown(after(padded("replicate"), corner))?.sentence ?? "", /^x\[0, 0\] is read by/);
  assert.match(frameShown(after(padded("zeros"), corner))?.sentence ?? "", /^The window lies/);
});

test("Going back begins at the first gradient, and what was chosen holds where it fits", () => {
  const model = run(
    { do: "seek", step: 7 },
    { do: "choose", options: { part: 2 } },
    { do: "choose", options: { pass: "input" } },
  );
  assert.match(title(model), /^dX\[0, 0\]/);
  assert.deepEqual([model.step, model.options.part], [0, 0]);
  assert.match(title(after(model, { do: "choose", options: { pass: "weight", plane: 5 } })), /^dW\[0, 0\]/);
});

test("A prediction that is right is shown, and a wrong one named by its mistake; what is hidden is nowhere in the frame", () => {
  const hidden = run({ do: "choose", options: { predicting: true } });
  const asked = frameShown(hidden)?.asked;
  assert.ok(asked);
  const { grids, title: said, sums, tiles } = frameShown(hidden) as NonNullable<ReturnType<typeof frameShown>>;
  assert.match(said, /= \?$/);
  assert.deepEqual([sums, tiles], [[], []]);
  assert.equal(grids.find(({ id }) => id === "windows")?.over?.get(0), "?");
  const right = after(hidden, { do: "predict", text: asked.answer.replace("−", "-") });
  assert.equal(right.prediction?.isRight, true);
  assert.equal(frameShown(right)?.asked, undefined);
  const forgotten = asked.slips.find(({ say }) => /bias/.test(say));
  const wrong = after(hidden, { do: "predict", text: forgotten?.text ?? "" });
  assert.deepEqual([wrong.prediction?.isRight, wrong.prediction?.slip], [false, forgotten?.say]);
  assert.equal(frameShown(wrong)?.asked?.name, asked.name);
});

test("Choosing an output channel keeps the input channel among those that it reads", () => {
  const depthwise = begin(
    layerPicture({
      name: "Conv2d",
      args: { in_channels: 3, out_channels: 3, kernel_size: 3, groups: 3 },
      input: [1, 3, 6, 6],
    }),
  );
  const model = after(depthwise, { do: "choose", options: { plane: 2 } });
  assert.match(frameShown(model)?.grids[0]?.caption ?? "", /channel 2$/);
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

test("At twice the speed every pause is half as long", () => {
  for (const speed of [0.5, 2, 4])
    for (let beat = 0; beat < 12; beat++) assert.equal(pauseBefore(beat, speed) * speed, pauseBefore(beat));
});

test("Another speed lets time go on, and holds for the next picture", () => {
  const playing = run({ do: "play", on: true }, { do: "tick" });
  const faster = after(playing, { do: "choose", options: { speed: 2 } });
  assert.deepEqual([faster.playing, faster.step, faster.options.speed], [true, 1, 2]);
  const next = begin(messagePicture("There is no layer.", "Move on."), faster.options);
  assert.deepEqual(next.options, { ...start.options, speed: 2 });
});
