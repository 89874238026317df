import assert from "node:assert/strict";
import { test } from "node:test";
import { summarize } from "../../src/check/summary.js";

const MODEL = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.fc = nn.Linear(8, 1000)

    def forward(self, x):
        return self.fc(self.body(x))

model = Net()
print(model(torch.randn(4, 3, 32, 32)).shape)
`;

/** What a summary says of the whole and of its last layer. */
function said(text: string): unknown {
  const summary = summarize(text, undefined, []);
  assert.ok(!("problem" in summary), JSON.stringify(summary));
  const { input, output, params, leaves } = summary;
  return [input, output, params, leaves.at(-1)];
}

const BODY = 3 * 8 * 9 + 8;

test("a summary shows a model as it is in the end, also where it was called before its head was replaced", () => {
  const asItWas = [[[4, 3, 32, 32]], [4, 1000], BODY + 9000, ["fc", "Linear", [4, 1000], 9000]];
  assert.deepEqual(said(MODEL), asItWas);
  const replaced = `${MODEL}model.fc = nn.Linear(8, 10)\n`;
  const asItIs = [[[4, 3, 32, 32]], [4, 10], BODY + 90, ["fc", "Linear", [4, 10], 90]];
  assert.deepEqual(said(replaced), asItIs);
  const [, ...other] = asItIs;
  assert.deepEqual(said(`${replaced}model(torch.zeros(1, 3, 64, 64))\n`), [
    [[1, 3, 64, 64]],
    [1, 10],
    other[1],
    ["fc", "Linear", [1, 10], 90],
  ]);
});

test("layers that a model makes in forward, or never calls, do not hide its first run", () => {
  const inForward = MODEL.replace("return self.fc(", "return nn.Linear(1000, 5)(self.fc(").replace("x))", "x)))");
  const unused = inForward.replace("self.fc = ", "self.unused = nn.Linear(2, 2)\n        self.fc = ");
  const summary = summarize(`${unused}model(torch.zeros(1, 3, 64, 64))\n`, undefined, []);
  assert.ok(!("problem" in summary), JSON.stringify(summary));
  assert.deepEqual(summary.input, [[4, 3, 32, 32]]);
  assert.deepEqual(summary.output, [4, 5]);
});
