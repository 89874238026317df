import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Dense, DenseBack, Loss } from "../../src/core/tensor/perceptron.js";

/** A line of test/oracle/perceptrons.jsonl: a network, its numbers, and what PyTorch made of them. */
export interface PerceptronAnswer {
  readonly input: readonly number[];
  readonly target: readonly number[];
  readonly layers: readonly (Dense & { readonly sums: readonly number[]; readonly outputs: readonly number[] })[];
  readonly losses: readonly {
    readonly kind: Loss["kind"];
    readonly value: number;
    readonly layers: readonly DenseBack[];
    readonly input: readonly number[];
  }[];
}

/** Every network of the sweep. */
export const networks = readFileSync("test/oracle/perceptrons.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as PerceptronAnswer);

/** Fails unless numbers are the same but for the last bits of a double. */
export function close(found: readonly number[], wanted: readonly number[] | undefined): void {
  assert.equal(found.length, wanted?.length);
  for (const [at, value] of found.entries()) {
    const other = wanted?.[at] as number;
    assert.ok(Math.abs(value - other) <= 1e-10 * Math.max(1, Math.abs(other)), `${value} is not ${other}`);
  }
}
