import assert from "node:assert/strict";
import { test } from "node:test";
import { summarize } from "../../src/check/summary.js";

test("a lazy layer is the layer itself once it has been called", () => {
  const text = `
import torch.nn as nn
net = nn.Sequential(nn.LazyConv2d(8, 3), nn.LazyBatchNorm2d(), nn.Flatten(), nn.LazyLinear(5))
`;
  const found = summarize(text, "net", [[2, 3, 6, 6]]);
  assert.ok(!("problem" in found));
  // What PyTorch 1.13 says of it.
  assert.deepEqual(found.leaves, [
    ["0", "Conv2d", [2, 8, 4, 4], 224],
    ["1", "BatchNorm2d", [2, 8, 4, 4], 16],
    ["2", "Flatten", [2, 128], 0],
    ["3", "Linear", [2, 5], 645],
  ]);
});
