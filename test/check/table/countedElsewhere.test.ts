import assert from "node:assert/strict";
import { test } from "node:test";
import { findings, onlyTable, tableOf, withVerdict } from "./check.js";

const WORDS = ["frozen", "weights shared", "shared with conv1", "tied", "reused", "same weights", "not trained"];

test("a row whose weights are not trained, or are another row's, may count none of them", () => {
  for (const word of WORDS)
    for (const [count, isRight] of [
      ["0", true],
      ["584", true],
      ["576", false],
      ["583", false],
    ] as const) {
      const text = tableOf(
        "Layer;Output;Params",
        "Input;1×28×28;0",
        "Conv 3×3, 8;8×26×26;80",
        `Conv 3×3, 8, padding 1 (${word});8×26×26;${count}`,
        "Flatten;5408;0",
        "FC 10;10;54090",
        `Total;;${54170 + (isRight ? Number(count) : 584)}`,
      );
      const table = onlyTable(text);
      assert.deepEqual(withVerdict(table, "wrong"), isRight ? [] : [count], text);
    }
  const text = tableOf(
    "Layer;Output;Params",
    "Input;1×28×28;0",
    "Conv 3×3, 8;8×26×26;0",
    "Flatten;5408;0",
    "FC 10;10;54090",
  );
  assert.deepEqual(withVerdict(onlyTable(text), "wrong"), ["0"]);
});

test("a count of what is trained may be 0 beside a count of all", () => {
  const rows = [
    "Input;3×32×32;0;0",
    "Conv 3×3, 16, padding 1;16×32×32;448;0",
    "Flatten;16384;0;0",
    "FC 10;10;163850;163850",
  ];
  assert.deepEqual(findings("", onlyTable(tableOf("Layer;Output;Params;Trainable params", ...rows))), []);
});

test("a column without biases and two columns of one heading count in their own way", () => {
  for (const head of [
    "Params (no bias);Params (with bias)",
    "Params without bias;Params",
    "Params;Params",
    "# Weights excl. bias;# Params",
  ]) {
    const of = (weights: string, all: string): string =>
      tableOf(
        `Layer;Output;${head}`,
        "Input;3×32×32;0;0",
        `Conv 3×3, 16, padding 1;16×32×32;${weights};${all}`,
        "Flatten;16384;0;0",
        "FC 10;10;163840;163850",
      );
    assert.deepEqual(withVerdict(onlyTable(of("432", "448")), "wrong"), [], head);
    assert.deepEqual(withVerdict(onlyTable(of("431", "448")), "wrong"), ["431"], head);
    assert.deepEqual(withVerdict(onlyTable(of("432", "450")), "wrong"), ["450"], head);
  }
});
