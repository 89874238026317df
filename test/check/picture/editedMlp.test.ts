import assert from "node:assert/strict";
import { test } from "node:test";
import { type MlpPlan, mlpPicture, SMALL } from "../../../src/check/picture/mlpPicture.js";
import type { Edit, EditedTensor, MlpPicture } from "../../../src/protocol.js";

const heading = { key: "", title: "", text: "", facts: [], formulas: [] };
const drawn = (plan: MlpPlan, ...edits: readonly Edit[]): MlpPicture => mlpPicture(plan, heading, [], edits);
const put = (tensor: EditedTensor, at: number, value: number): Edit => ({ do: "cell", tensor, at, value });

function worth(text: string): number {
  const [top = "", bottom = "1"] = text.replace("≈", "").replace("−", "-").split("/");
  return Number(top) / Number(bottom);
}

const plans: readonly MlpPlan[] = ["Tanh", "Sigmoid", "ReLU", ""].flatMap((hidden) =>
  ["", "Sigmoid", "Softmax"].map((last) => ({
    inputs: 3,
    layers: [
      { name: "fc1", outputs: 2, hasBias: true, activation: hidden },
      { name: "fc2", outputs: 3, hasBias: last !== "Sigmoid", activation: last },
    ],
  })),
);

test("A number that is changed stands where it was put, a fraction as one, and all others stay", () => {
  const picture = drawn(SMALL);
  const changed = drawn(
    SMALL,
    put("input", 1, -1 / 3),
    put("weight", 7, 0.125),
    put("bias", 4, 2 / 7),
    put("target", 1, 3),
  );
  assert.deepEqual(changed.input, picture.input.with(1, "−1/3"));
  const [first, second] = changed.layers;
  // The first layer has 6 weights and 3 biases.
  assert.deepEqual(first?.weight, picture.layers[0]?.weight);
  assert.deepEqual(second?.weight.flat(), picture.layers[1]?.weight.flat().with(1, "0.125"));
  assert.deepEqual([first?.bias, second?.bias], [picture.layers[0]?.bias, picture.layers[1]?.bias.with(1, "2/7")]);
  assert.deepEqual(changed.target, picture.target.with(1, "3"));
});

test("A loss changes with every number that is moved as the gradient that is shown says", () => {
  let moved = 0;
  for (const plan of plans) {
    const picture = drawn(plan);
    for (const [which, loss] of picture.losses.entries()) {
      const check = (tensor: EditedTensor, at: number, own: string | undefined, gradient: string | undefined): void => {
        const [up, down] = [0.05, -0.05].map((by) =>
          worth(drawn(plan, put(tensor, at, worth(own ?? "") + by)).losses[which]?.value ?? ""),
        ) as [number, number];
        // The losses are rounded to three digits, and ReLU may bend between.
        const isBent = plan.layers.some(({ activation }) => activation === "ReLU");
        const rate = (up - down) / 0.1;
        if (!isBent)
          assert.ok(Math.abs(rate - worth(gradient ?? "")) < 0.05, `${tensor} ${at} ${JSON.stringify(plan)}`);
        moved++;
      };
      for (const [at, own] of picture.input.entries()) check("input", at, own, loss.input[at]);
      const gradients = loss.layers.flatMap(({ weight }) => weight.flat());
      const weights = picture.layers.flatMap(({ weight }) => weight.flat());
      for (const [at, own] of weights.entries()) check("weight", at, own, gradients[at]);
      const biases = picture.layers.flatMap(({ bias }, row) =>
        bias.map((own, at) => [own, loss.layers[row]?.sums[at]]),
      );
      for (const [at, [own, gradient]] of biases.entries()) check("bias", at, own, gradient);
    }
  }
  assert.ok(moved > 200, `${moved}`);
});

test("Of several classes another one becomes the right one; a target that is no class leaves the squared error alone", () => {
  const [open, , classes] = plans as [MlpPlan, MlpPlan, MlpPlan];
  assert.equal(drawn(classes).isClass, true);
  assert.deepEqual(drawn(classes, put("target", 2, 1)).target, ["0", "0", "1"]);
  const kinds = (picture: MlpPicture) => picture.losses.map(({ kind }) => kind);
  assert.deepEqual(kinds(drawn(open)), ["squared", "softmax"]);
  for (const [at, value] of [
    [1, 1],
    [0, 0],
    [2, 0.5],
  ] as const) {
    const changed = drawn(open, put("target", at, value));
    assert.deepEqual(kinds(changed), ["squared"]);
    assert.match(changed.notes.join(" "), /no cross entropy/);
  }
  const moved = drawn(open, put("target", 0, 0), put("target", 2, 1));
  assert.deepEqual([kinds(moved), moved.notes], [["squared", "softmax"], []]);
});

test("The largest numbers leave every loss a number", () => {
  for (const plan of plans)
    for (const value of [100, -100]) {
      const all = (tensor: EditedTensor, count: number) =>
        Array.from({ length: count }, (_, at) => put(tensor, at, value));
      const changed = drawn(plan, ...all("input", 3), ...all("weight", 12), ...all("bias", 5));
      const texts = changed.losses.flatMap(({ value: loss, input, layers }) => [
        loss,
        ...input,
        ...layers.flatMap((layer) => [...layer.outputs, ...layer.sums, ...layer.weight.flat()]),
      ]);
      assert.ok(texts.length > 0);
      for (const text of texts) assert.ok(Number.isFinite(worth(text)), `${text} ${JSON.stringify(plan)}`);
    }
});

test("What lies outside a network, is too large, or is no number of its own is passed over", () => {
  const picture = drawn(SMALL);
  const wild = [
    put("weight", 99, 1),
    put("input", -1, 1),
    put("input", 0, 1e9),
    put("bias", 0, Number.NaN),
    put("gradOutput", 0, 1),
  ];
  assert.deepEqual(drawn(SMALL, ...wild, { do: "preset", name: "blur" }), picture);
});
