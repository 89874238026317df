import assert from "node:assert/strict";
import { test } from "node:test";
import { analyzePython } from "../../src/check/python/pythonAnalysis.js";

/** A line of a small network for 4 images of 1×28×28, a comment behind it, and what is said of the comment; "" where it claims nothing. */
type Case = readonly [line: string, comment: string, verdict: "right" | "wrong" | "not understood" | ""];

const CONV1 = "self.conv1 = nn.Conv2d(1, 10, 5)";
const CONV2 = "self.conv2 = nn.Conv2d(10, 20, 5, padding=2)";
const NORM = "self.norm = nn.BatchNorm2d(20)";
const FC = "self.fc = nn.Linear(20 * 6 * 6, 50)";
const CALL1 = "x = F.relu(self.conv1(x))";
const POOL = "x = F.max_pool2d(x, 2)";
const CALL2 = "x = self.norm(self.conv2(x))";
const FLAT = "x = x.view(-1, 720)";
const LAST = "return self.fc(x)";

const cases: readonly Case[] = [
  [CALL1, "(N, 10, 24, 24)", "right"],
  [CALL1, "-> (N, 10, 24, 24)", "right"],
  [CALL1, "[4, 10, 24, 24]", "right"],
  [CALL1, "torch.Size([4, 10, 24, 24])", "right"],
  [CALL1, "10x24x24", "right"],
  [CALL1, "24x24x10", "right"],
  [CALL1, "24 × 24 × 10", "right"],
  [CALL1, "10 * 24 * 24", "right"],
  [CALL1, "output: 10x24x24", "right"],
  [CALL1, "output shape (10, 24, 24)", "right"],
  [CALL1, "now 10 x 24 x 24", "right"],
  [CALL1, "28x28x1 -> 24x24x10", "right"],
  [CALL1, "(N, 1, 28, 28) => (N, 10, 24, 24)", "right"],
  [CALL1, "1 * 28 * 28 -> 10 * 24 * 24", "right"],
  [CALL1, "shape: [None, 10, 24, 24]", "right"],
  [CALL1, "(?, 10, 24, 24)", "right"],
  [CALL1, "(N, 10, 24, 24).", "right"],
  [CALL1, "(N, 10, H, W)", "not understood"],
  [CALL1, "[B, C, H, W]", "not understood"],
  [CALL1, "(batch, channels, height, width)", "not understood"],
  [CALL1, "N x C x H x W", "not understood"],
  [CALL1, "(N, 10, 26, 26)", "wrong"],
  [CALL1, "10x28x28", "wrong"],
  [CALL1, "28x28x1 -> 26x26x10", "wrong"],
  [CALL1, "(N, 20, 24, 24)", "wrong"],
  [CALL1, "(4, 10, 26, 26)", "wrong"],
  // What goes in, and what may be meant of something else.
  [CALL1, "(N, 1, 28, 28)", "not understood"],
  [CALL1, "(10, 1, 5, 5)", "not understood"],
  [CALL1, "24x24", "not understood"],
  [CALL1, "(3, 7, 9)", "not understood"],
  [CALL1, "(N, 24, 24, 10)", "right"],
  [CALL1, "3x3 conv", ""],
  [CALL1, "5x5x1 kernel", ""],
  [CALL1, "kernel 5x5", ""],
  [CALL1, "64 filters", ""],
  [CALL1, "TODO (1, 2, 3)", ""],
  [CALL1, "(N, 10, 24, 24) after the first layer", ""],
  [CALL1, "see section 3.2", ""],
  [CALL1, "conv -> relu", ""],
  [CALL1, "(28 - 5) / 1 + 1 = 24", ""],
  [CALL1, "noqa: E501", ""],
  [CALL1, "type: ignore", ""],
  [POOL, "10x12x12", "right"],
  [POOL, "2x2", "not understood"],
  [POOL, "24x24x10 -> 12x12x10", "right"],
  [POOL, "10 x 24 x 24 -> 10 x 14 x 14", "wrong"],
  [POOL, "H/2 x W/2", ""],
  [FLAT, "(N, 720)", "right"],
  [FLAT, "(N, 320)", "wrong"],
  [FLAT, "20*6*6", "not understood"],
  [FLAT, "720", ""],
  [FLAT, "784 = 28*28", ""],
  [LAST, "(batch, 50)", "right"],
  [LAST, "(batch, 10)", "wrong"],
  [LAST, "50 classes", ""],
  [CONV1, "params: 260", "right"],
  [CONV1, "260 parameters", "right"],
  [CONV1, "params: 250", "wrong"],
  [CONV1, "weights: 250", "not understood"],
  [CONV1, "# params: 5*5*1*10 + 10", "right"],
  [CONV1, "params = 2,600", "wrong"],
  [CONV1, "3 params", "not understood"],
  [CONV1, "(in, out, kernel)", "not understood"],
  [CONV1, "(1, 10, 5)", "not understood"],
  [CONV1, "10x24x24", "right"],
  [CONV1, "10x26x26", "wrong"],
  [CONV2, "20*5*5", "not understood"],
  [CONV2, "params: 5,020", "right"],
  [CONV2, "params: 5,000", "wrong"],
  [CONV2, "1.2M params", ""],
  [NORM, "params: 40", "right"],
  [NORM, "params: 80", "not understood"],
  [CALL2, "[4, 20, 12, 12]", "right"],
  [CALL2, "[4, 20, 8, 8]", "wrong"],
  [CALL2, "(12, 12, 20)", "right"],
  [FC, "20*6*6 -> 50", ""],
  [FC, "params: 36,050", "right"],
  [FC, "trainable params: 36050", "right"],
  [FC, "params: 36,000", "wrong"],
];

const source = (line: string, comment: string): string =>
  [
    "import torch",
    "from torch import nn",
    "import torch.nn.functional as F",
    "class Net(nn.Module):",
    "    def __init__(self):",
    "        super().__init__()",
    ...[CONV1, CONV2, NORM, FC].map((l) => `        ${l}`),
    "    def forward(self, x):",
    ...[CALL1, POOL, CALL2, POOL, FLAT, LAST].map((l) => `        ${l}`),
    "Net()(torch.zeros(4, 1, 28, 28))",
    "",
  ]
    .join("\n")
    .replace(`        ${line}\n`, `        ${line}  # ${comment}\n`);

test("of comments behind code only certain contradictions are warned about", () => {
  assert.ok(cases.length >= 60);
  const wrong: string[] = [];
  for (const [line, comment, verdict] of cases) {
    const { claims, findings } = analyzePython(source(line, comment), "answer");
    const [claim] = claims;
    const isWarned = findings.length > 0;
    if ((claim?.verdict ?? "") !== verdict || isWarned !== (verdict === "wrong"))
      wrong.push(`${line}  # ${comment}: ${claim?.verdict ?? "nothing"}, expected ${verdict || "nothing"}`);
    assert.ok(findings.every((f) => f.severity === "warning"));
  }
  assert.deepEqual(wrong, []);
});
