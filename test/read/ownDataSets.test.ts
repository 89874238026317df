import assert from "node:assert/strict";
import { test } from "node:test";
import { printSizes } from "../../src/core/layer/explain.js";
import { followPython } from "../../src/read/python/models.js";

const HEAD = `
import numpy as np
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, Dataset, random_split
class Rows(Dataset):
    def __init__(self, n):
        self.x = np.random.rand(n, 7).astype(np.float32)
        self.y = torch.randint(0, 3, (n,))
    def __len__(self):
        return len(self.x)
    def __getitem__(self, i):
        return torch.from_numpy(self.x[i]), self.y[i]
class Records(Dataset):
    def __len__(self):
        return 5
    def __getitem__(self, i):
        return {"image": torch.zeros(3, 8, 8), "label": 4, "weight": 0.5, "box": np.zeros(4)}
`;

/** The shapes that the name has in what is followed, as they are printed. */
function shapesOf(text: string, name: string): readonly string[] {
  const { trace, file } = followPython(`${HEAD}${text}`);
  const found = new Set<string>();
  for (const { place, values } of trace.noted())
    if (file.text.slice(place.from, place.to) === name)
      for (const v of values) found.add(v.kind === "tensor" && v.shape ? printSizes(v.shape) : v.kind);
  return [...found];
}

test("a loader puts what a data set of the file gives side by side", () => {
  const text = `
train, test = random_split(Rows(20), [15, 5])
for x, y in DataLoader(train, batch_size=4, shuffle=True):
    out = nn.Linear(7, 3)(x)
    loss = nn.CrossEntropyLoss()(out, y)
`;
  assert.deepEqual([shapesOf(text, "x"), shapesOf(text, "y")], [["(N, 7)"], ["(N)"]]);
  assert.deepEqual(followPython(`${HEAD}${text}`).trace.mismatches, []);
});

test("batches of dictionaries are dictionaries of batches", () => {
  const text = `
for batch in DataLoader(Records(), 2):
    a, b, c, d = batch["image"], batch["label"], batch["weight"], batch["box"]
    e = a, b, c, d
`;
  assert.deepEqual(
    ["a", "b", "c", "d"].map((name) => shapesOf(text, name)),
    [["(N, 3, 8, 8)"], ["(N)"], ["(N)"], ["(N, 4)"]],
  );
});

test("a layer that does not take what the loader gives is said", () => {
  const { trace } = followPython(`${HEAD}
for x, _ in DataLoader(Rows(20)):
    out = nn.Linear(8, 3)(x)
`);
  assert.deepEqual(
    trace.mismatches.map((m) => m.code),
    ["Linear/in-features"],
  );
});

test("a function of the file that puts samples together makes batches of any number of them", () => {
  const shapes = (made: string): readonly string[] =>
    shapesOf(`for x in DataLoader(Rows(20), 4, collate_fn=lambda s: ${made}):\n    y = x\n`, "x");
  assert.deepEqual(shapes("torch.stack([a for a, _ in s])"), ["(N, 7)"]);
  assert.deepEqual(shapes("torch.stack([a for a, _ in s], 1)"), ["(7, N)"]);
  assert.deepEqual(shapes("torch.cat([a for a, _ in s])"), ["(?)"]);
  assert.deepEqual(shapes("torch.zeros(len(s) + 1, 2)"), ["(?, 2)"]);
  // One that asks for a certain number of samples is not followed with another.
  assert.deepEqual(shapes("torch.stack([a for a, _ in s]).view(4, 7)"), ["unknown"]);
});
