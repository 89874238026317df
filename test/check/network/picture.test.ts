import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { NetworkPicture } from "../../../src/protocol.js";
import { drawnIn } from "./drawn.js";

const textOf = (name: string): string => readFileSync(`test/fixtures/networks/${name}.py`, "utf8");

function pictureOf(name: string, reveal: "answer" | "hint" = "answer"): NetworkPicture {
  const [picture] = drawnIn(textOf(name), reveal);
  assert.ok(picture);
  return picture;
}

test("Every step says where it stands: a layer where it is made, an operation where it is written", () => {
  const { nodes } = pictureOf("plain");
  const lines = textOf("plain").split("\n");
  for (const { name, role, source } of nodes) {
    const line = lines[source?.line ?? -1] ?? "";
    if (role === "layer") assert.match(line, new RegExp(`self\\.${name} = nn\\.`));
    if (role === "operation") assert.ok(line.includes(name), `${name} in ${line}`);
  }
});

test("A step that does not fit has the two numbers on its edge, and the steps behind it are drawn as they were meant", () => {
  const { nodes, edges, heading } = pictureOf("mismatch");
  const at = nodes.findIndex((n) => n.name === "conv2");
  assert.equal(nodes[at]?.problem, "conv1 gives 16 channels, conv2 takes 8. Set in_channels to 16.");
  assert.deepEqual(edges.find((e) => e.to === at)?.meets, ["16", "8"]);
  assert.equal(nodes[at + 1]?.shape, "1 × 32 × 14 × 14");
  assert.equal(heading.problem, "2 steps do not fit.");
});

test("Where a course keeps the answer back, the numbers that do not meet are kept back, too", () => {
  const { nodes, edges } = pictureOf("mismatch", "hint");
  assert.ok(nodes.every((n) => n.problem === undefined || n.problem === "It does not fit."));
  assert.ok(edges.every((e) => e.meets === undefined));
});

test("Tensors that cannot be added are said with the layers that give them, and with the two sizes that do not meet", () => {
  const [picture] = drawnIn(`import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 8, 3)
        self.b = nn.Conv2d(3, 8, 5)
    def forward(self, x):
        return torch.relu(self.a(x) + self.b(x))
Net()(torch.zeros(1, 3, 16, 16))
`);
  const at = picture?.nodes.findIndex((n) => n.name === "+") ?? -1;
  assert.equal(
    picture?.nodes[at]?.problem,
    "1 × 8 × 14 × 14 of a and 1 × 8 × 12 × 12 of b do not fit together: from the end, a size 14 meets 12. Make the two the same, or one of them 1.",
  );
  assert.deepEqual(picture?.edges.find((e) => e.to === at)?.meets, ["14", "12"]);
});

test("What Dimsum cannot follow is a step with its reason, and what it leads to is drawn", () => {
  const [picture] = drawnIn(`import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 8, 3)
        self.fc = nn.Linear(8, 2)
    def forward(self, x, mask):
        x = self.a(x)
        x = x[mask]
        return self.fc(x)
Net()(torch.zeros(1, 3, 16, 16), something())
`);
  const fc = picture?.nodes.find((n) => n.name === "fc");
  assert.ok(fc?.reason !== undefined && fc.problem === undefined);
  assert.ok(picture?.nodes.some((n) => n.name === "a" && n.shape === "1 × 8 × 14 × 14"));
});

test("Symbols go through a network as they go through a file", () => {
  const [picture] = drawnIn(`from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 8, 3, padding=1)
        self.b = nn.Conv2d(8, 8, 3, padding=1)
    def forward(self, x):
        y = self.a(x)
        return y + self.b(y)
`);
  assert.match(picture?.nodes.find((n) => n.name === "b")?.shape ?? "", /8 × H × W/);
  const sum = picture?.nodes.findIndex((n) => n.name === "+") ?? -1;
  assert.equal(picture?.edges.filter((e) => e.to === sum).length, 2);
});

test("A network is the same whether its steps are noted before or after others were followed", () => {
  for (const name of ["plain", "residual", "unet", "mismatch"]) assert.deepEqual(pictureOf(name), pictureOf(name));
});

test("Each of a file's models of Keras has its own steps, and what is added has both ways into it", () => {
  const pictures = drawnIn(`from tensorflow import keras
from tensorflow.keras import layers
inputs = keras.Input(shape=(32, 32, 3))
x = layers.Conv2D(16, 3, padding="same")(inputs)
y = layers.Conv2D(16, 3, padding="same")(x)
outputs = layers.Dense(10)(layers.Flatten()(layers.add([x, y])))
model = keras.Model(inputs, outputs)
other = keras.Sequential([layers.Input((28, 28, 1)), layers.Conv2D(8, 3), layers.Flatten()])
`);
  const whats = pictures.map(({ nodes }) => nodes.map((n) => n.what || n.role));
  assert.deepEqual(whats, [
    ["input", "Conv2D", "Conv2D", "Add", "Flatten", "Dense", "output"],
    ["input", "Conv2D", "Flatten", "output"],
  ]);
  assert.equal(pictures[0]?.edges.filter((e) => e.to === 3).length, 2);
});
