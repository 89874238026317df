import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { forward } from "../../src/core/tensor/forward.js";
import { type Nested, nestedOf, tensorOf } from "../../src/core/tensor/tensor.js";

interface Answer {
  readonly layer: string;
  readonly args: Record<string, unknown>;
  readonly input: Nested;
  readonly weight?: Nested;
  readonly bias?: Nested;
  readonly output: Nested;
}

const file = process.env.DIMSUM_NUMBERS ?? "test/oracle/numbers.jsonl";
const answers = readFileSync(file, "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line) as Answer)
  .filter(({ layer }) => !layer.startsWith("ConvTranspose"));

/** Adaptive averages divide axis by axis in PyTorch, so the last bit of a double may differ from one exact division. */
function same(layer: string, got: Nested, want: Nested): boolean {
  if (typeof got === "number" && typeof want === "number") {
    return layer.startsWith("AdaptiveAvg") ? Math.abs(got - want) <= 4e-16 * Math.abs(want) : got === want;
  }
  if (typeof got === "number" || typeof want === "number" || got.length !== want.length) return false;
  return got.every((part, index) => same(layer, part, want[index] as Nested));
}

for (const kind of new Set(answers.map(({ layer }) => layer))) {
  test(`${kind} gives PyTorch's numbers`, () => {
    for (const { layer, args, input, weight, bias, output } of answers) {
      if (layer !== kind) continue;
      const numbers = {
        input: tensorOf(input),
        weight: weight === undefined ? undefined : tensorOf(weight),
        bias: bias === undefined ? undefined : tensorOf(bias),
      };
      const got = forward(layer, args, numbers);
      if (typeof got === "string") assert.fail(`${layer} ${JSON.stringify(args)}: ${got}`);
      assert.ok(
        same(layer, nestedOf(got), output),
        `${layer} ${JSON.stringify(args)}\n${JSON.stringify(nestedOf(got))}\n${JSON.stringify(output)}`,
      );
    }
  });
}
