import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";

const verdicts = (text: string): readonly string[] => analyze(text, "markdown", "answer").claims.map((c) => c.verdict);

/** A small network in one line, its shapes by the formulas of the course, one of them off where that is asked. */
function chain(seed: number, arrow: string, off?: number): string {
  let side = 24 + ((seed * 5) % 17);
  let channels = 1 + (seed % 3);
  const parts = [`${side}x${side}x${channels}`];
  for (let layer = 0; layer < 3; layer++) {
    const isPool = layer === 1;
    const kernel = isPool ? 2 : 3 + 2 * ((seed + layer) % 2);
    const padding = isPool ? 0 : (seed + layer) % 2;
    const filters = 4 + ((seed * 3 + layer) % 9);
    parts.push(
      isPool ? "max pool 2x2, stride 2" : `conv ${kernel}x${kernel}, ${filters} filters, stride 1, padding ${padding}`,
    );
    side = Math.floor((side + 2 * padding - kernel) / (isPool ? 2 : 1)) + 1;
    channels = isPool ? channels : filters;
    const shown = side + (off === layer ? 1 : 0);
    parts.push(`${shown}x${shown}x${channels}`);
  }
  parts.push(`flatten ${side * side * channels + (off === 3 ? 7 : 0)}`, "fc 10");
  return parts.join(` ${arrow} `);
}

test("shapes and layers that take turns in one line are a network", () => {
  for (let seed = 1; seed <= 24; seed++)
    for (const [before, arrow] of [
      ["", "->"],
      ["- ", "→"],
      ["The second net: input ", "=>"],
    ] as const) {
      const right = `${before}${chain(seed, arrow)}`;
      assert.deepEqual(verdicts(right), ["right", "right", "right", "right"], right);
      for (const off of [0, 1, 2, 3]) {
        const wrong = `${before}${chain(seed, arrow, off)}`;
        // A pooling that does not say its padding may have some.
        assert.ok((off === 1 ? ["wrong", "not understood"] : ["wrong"]).includes(verdicts(wrong)[off] ?? ""), wrong);
      }
    }
});

test("arrows between other things are no network", () => {
  for (const text of [
    "64x64x3 -> 32x32x16 -> 16x16x32 -> 8x8x64",
    "784 -> 256 -> 64 -> 16 -> 64 -> 256 -> 784",
    "input -> hidden -> hidden -> output",
    "A -> B -> 3x3 -> C -> 5x5 -> D",
    "28x28 -> read the file -> sort -> print -> done",
    "f: x -> 2x -> 4x -> 8x -> 16x",
  ])
    assert.deepEqual(analyze(text, "markdown", "answer").findings, [], text);
});
