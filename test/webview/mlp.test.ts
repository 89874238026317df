import assert from "node:assert/strict";
import { test } from "node:test";
import { erf, evaluate } from "mathjs";
import { drawnMlp, mlpPicture, SMALL } from "../../src/check/picture/mlpPicture.js";
import type { MlpPicture } from "../../src/protocol.js";
import type { Frame } from "../../webview/scenes/marks.js";
import { mlpScene } from "../../webview/scenes/mlp.js";
import { firstOptions } from "../../webview/scenes/options.js";
import { networks } from "../core/perceptronAnswers.js";

const heading = { key: "", title: "", text: "", facts: [], formulas: [] };

test("The frames of a multilayer perceptron show PyTorch's sums, outputs, losses and derivatives.", () => {
  let count = 0;
  for (const { input, target, layers, losses } of networks) {
    const planned = layers.map(({ activation, args = {} }) => ({ name: "", count: "", activation, args }));
    const picture = { ...drawnMlp(planned, { input, layers, target }), heading, sample: "", notes: [] };
    const same = (shown: string, wanted: number | undefined): void => {
      assert.ok(isRounded(shown, wanted ?? Number.NaN), `${shown} is not ${wanted}: ${JSON.stringify(layers)}`);
      count++;
    };
    for (const [at, loss] of losses.entries())
      everyFrame(picture, at, (frame, pass) => {
        const rows = frame.graph?.rows ?? [];
        const number = (row: number, node: number, letter: string) =>
          rows[row]?.nodes[node]?.lines.find((line) => line.letter === letter)?.text ?? "";
        if (frame.step + 1 < frame.steps) return;
        for (const [row, layer] of layers.entries())
          for (const node of layer.sums.keys()) {
            same(number(row + 1, node, "z"), layer.sums[node]);
            if (layer.activation !== "") same(number(row + 1, node, "a"), layer.outputs[node]);
            if (pass === "input") same(number(row + 1, node, "δ"), loss.layers[row]?.sums[node]);
          }
        same(number(rows.length - 1, 0, "L"), loss.value);
        if (pass === "input") for (const node of input.keys()) same(number(0, node, "dx"), loss.input[node]);
      });
  }
  assert.ok(count > 8000, String(count));
});

test("What a frame of a multilayer perceptron writes closes: exactly after `=`, up to its rounded digits after `≈`.", () => {
  const found = { "=": 0, "≈": 0 };
  for (const { input, target, layers, losses } of networks.filter((_, at) => at < 120 || at >= 300)) {
    const planned = layers.map(({ activation, args = {} }) => ({ name: "", count: "", activation, args }));
    const picture = { ...drawnMlp(planned, { input, layers, target }), heading, sample: "", notes: [] };
    for (const at of losses.keys())
      everyFrame(picture, at, (frame) => {
        for (const { pieces } of frame.sums) {
          const text = pieces.map((piece) => piece.text).join("");
          const [, left = "", sign = "", right = ""] = /^(.+) ([=≈])\u00a0(.+)$/.exec(text) ?? [];
          if (sign === "" || left.startsWith("p ")) continue;
          assert.ok(closes(left, sign, right), `${text}: ${frame.title}`);
          found[sign as "="]++;
        }
      });
  }
  assert.ok(Math.min(found["="], found["≈"]) > 1000, JSON.stringify(found));
});

test("A number that is to be predicted stands nowhere in its frame, and is the one that is shown otherwise.", () => {
  let count = 0;
  let named = 0;
  for (const { input, target, layers, losses } of networks.filter((_, at) => at % 5 === 0)) {
    const planned = layers.map(({ activation, args = {} }) => ({ name: "", count: "", activation, args }));
    const picture = { ...drawnMlp(planned, { input, layers, target }), heading, sample: "", notes: [] };
    const scene = mlpScene(picture);
    for (const loss of losses.keys())
      for (const pass of ["forward", "input"] as const) {
        const options = { ...firstOptions, pass, loss };
        for (let step = 0; step < scene.steps(options); step++) {
          const hidden = scene.frame(step, { ...options, predicting: true, known: step - 1 });
          const shown = scene.frame(step, options);
          const { name = "", answer = "", slips = [] } = hidden.asked ?? {};
          assert.equal(hidden.title, `${name} = ?`);
          assert.deepEqual(hidden.sums, []);
          assert.ok(shown.title.includes(name) && shown.title.split(/ [=≈] /).at(-1) === answer, shown.title);
          const node = hidden.graph?.rows.flatMap(({ nodes }) => nodes).find(({ state }) => state === "chosen");
          const own =
            node?.lines.filter(({ letter }) => (pass === "input" ? /^(?:δ|dx)$/ : /^[zaL]$/).test(letter)) ?? [];
          if (!(pass === "input" && name === "L"))
            assert.ok(
              own.every(({ text }) => text === ""),
              hidden.title,
            );
          assert.ok(slips.every(({ text }) => text !== answer));
          named += slips.length;
          count++;
        }
        assert.equal(scene.frame(0, { ...options, predicting: true, known: 0 }).asked, undefined);
      }
  }
  assert.ok(count > 1000 && named > 300, `${count} ${named}`);
});

test("A large network is drawn with four neurons a layer, and says so; where there is none, there is a small one.", () => {
  const layers = [128, 64, 10].map((outputs, at) => ({
    name: `fc${at + 1}`,
    outputs,
    hasBias: true,
    activation: "ReLU",
  }));
  const large = mlpPicture({ inputs: 784, layers }, heading, []);
  assert.deepEqual(
    [large.input, ...large.layers.map(({ outputs }) => outputs)].map(({ length }) => length),
    [4, 4, 4, 4],
  );
  assert.match(large.sample, /784 → 128 → 64 → 10; at most 4 neurons/);
  assert.deepEqual(
    large.layers.map(({ count }) => count),
    ["4 of 128", "4 of 64", "4 of 10"],
  );
  const small = mlpPicture(SMALL, heading, []);
  assert.match(small.sample, /^One example goes through/);
  // Some hidden neuron is on and some is off: both can be seen.
  const [hidden] = small.layers;
  assert.ok(hidden?.outputs.includes("0") && hidden.outputs.some((text) => text !== "0"));
});

function everyFrame(picture: MlpPicture, loss: number, check: (frame: Frame, pass: "forward" | "input") => void): void {
  const scene = mlpScene(picture);
  for (const pass of ["forward", "input"] as const) {
    const options = { ...firstOptions, pass, loss };
    for (let step = 0; step < scene.steps(options); step++) check(scene.frame(step, options), pass);
  }
}

/** Whether a text is a number, rounded to three digits behind the point or to two that count. */
function isRounded(text: string, wanted: number): boolean {
  const shown = Number(text.replace("−", "-"));
  const apart = Math.abs(shown - wanted);
  return text !== "" && apart <= (Math.abs(wanted) < 0.01 ? Math.max(1e-9, Math.abs(wanted) * 0.051) : 0.000501);
}

/** The share of a normal distribution below a number. */
const below = (z: number): number => (1 + erf(z / Math.SQRT2)) / 2;

function closes(left: string, sign: string, right: string): boolean {
  const plain = (text: string): string =>
    text
      .replace(/^.* = /, "")
      .replaceAll("−", "-")
      .replaceAll("·", "*")
      .replaceAll("½", "0.5")
      .replaceAll("²", "^2")
      .replaceAll("³", "^3")
      .replaceAll(/ln ?/g, "log")
      .replaceAll(/log(\d[\d.]*)/g, "log($1)");
  const value = (text: string): number => evaluate(plain(text), { Φ: below }) as number;
  const apart = Math.abs(value(left) - value(right));
  if (sign === "=") return apart <= 1e-9 * Math.max(1, Math.abs(value(right)));
  // What each number's rounding can do, and the result's own.
  const reach = [...left.matchAll(/\d+(?:\.\d+)?(?:e-\d+)?/g)].map(({ 0: number, index }) => {
    const moved = (by: number) =>
      value(`${left.slice(0, index)}(${Number(number) + by})${left.slice(index + number.length)}`);
    const half = Number(number) > 0 && Number(number) < 0.01 ? Number(number) * 0.051 : 0.00051;
    return Math.max(...[half, -half].map((by) => Math.abs(moved(by) - value(left))));
  });
  return apart <= 1e-6 + reach.reduce((sum, by) => sum + by, 0.00051) * 1.1;
}
