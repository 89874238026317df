import assert from "node:assert/strict";
import { test } from "node:test";
import { checkDerivations } from "../../../src/check/derivations/derivations.js";
import { randomFrom } from "../../random.js";

const claimsOf = (text: string) => checkDerivations(text, "markdown", "answer").claims;

const TYPES = [
  ["float32", 4],
  ["single precision", 4],
  ["4 bytes each", 4],
  ["float16", 2],
  ["half precision", 2],
  ["float64", 8],
] as const;

test("The memory of parameters is right in either unit, rounded or cut, and wrong where it is of other bytes", () => {
  const random = randomFrom(5);
  let [right, wrong] = [0, 0];
  for (let round = 0; round < 400; round++) {
    const count = Math.floor(10 ** (5 + random() * 5));
    const [words, bytes] = TYPES[Math.floor(random() * TYPES.length)] as (typeof TYPES)[number];
    const power = count * bytes > 2e9 ? 3 : 2;
    const isBinary = random() < 0.4;
    const unit = `${power === 3 ? "G" : "M"}${isBinary ? "i" : ""}B`;
    const size = (count * bytes) / (isBinary ? 1024 : 1000) ** power;
    const digits = size < 20 ? 1 + Math.floor(random() * 2) : Math.floor(random() * 2);
    const written = (of: number): string => {
      const scale = 10 ** digits;
      return ((random() < 0.5 ? Math.floor : Math.round)(of * scale) / scale).toFixed(digits);
    };
    const said = (value: string): string => {
      const forms = [
        `The model has ${count.toLocaleString("en-US")} parameters. In ${words} that is ${value} ${unit}.`,
        `With ${count.toLocaleString("en-US")} parameters (${words}) it needs ${value} ${unit}.`,
        `$${count.toLocaleString("en-US").replaceAll(",", "{,}")}$ parameters take $${value}$ ${unit} (${words}).`,
      ];
      return forms[Math.floor(random() * forms.length)] ?? "";
    };
    const own = said(written(size));
    for (const { verdict, reason } of claimsOf(own)) assert.match(verdict, /right|rounded/, `${own} ${reason}`);
    if (claimsOf(own).length > 0) right++;
    const other = said(written(size * ([2, 8, 0.25, 1.3][Math.floor(random() * 4)] ?? 2)));
    if (claimsOf(other).some((c) => c.verdict === "wrong")) wrong++;
  }
  assert.ok(right > 390 && wrong > 370, `${right} right, ${wrong} wrong`);
});

test("What optimizers keep besides the weights is counted, and memory of more than the parameters is left alone", () => {
  const verdicts = (text: string): string[] => claimsOf(text).map((c) => c.verdict);
  const states = "Optimizer state beyond weights and gradients: ";
  assert.deepEqual(verdicts(`${states}SGD 0× the weights, momentum 1× the weights, Adam 2× the weights.`), [
    "right",
    "right",
    "right",
  ]);
  assert.deepEqual(verdicts(`${states}SGD with momentum keeps 2× the weights, Adam 3× the weights.`), [
    "wrong",
    "wrong",
  ]);
  for (const text of [
    "Training with Adam takes 4× the weights: weights, gradients and two states.",
    "Adam is 3× faster than SGD, and the extra state does not matter for the weights.",
    "The file has 1,234,567 parameters and is 12 MB on disk.",
    "It has 11,689,512 parameters; training a batch of 32 in float32 takes 6 GB for the activations.",
    "We have 5,000,000 parameters in float32 and a link of 100 MB/s.",
    "Model A has 1,000,000 parameters, model B 2,000,000 parameters; in float32 that is 8 MB.",
    "With 1,000,000 parameters and float32 weights, quantized to int8 it is 1 MB.",
  ])
    assert.ok(!verdicts(text).includes("wrong"), text);
});
