import assert from "node:assert/strict";
import { test } from "node:test";
import { mlpOf } from "../../src/check/network/mlpPlan.js";
import { fileModels } from "../../src/check/summary/fileModels.js";

const TORCH = "import torch, torch.nn as nn, torch.nn.functional as F\n";
const KERAS = "from tensorflow import keras\nfrom tensorflow.keras import layers\n";

/** The only model of a program as the panel draws it: its layers with their activations, its losses, or why it is not drawn. */
function drawn(program: string): readonly string[] {
  const models = fileModels(program, new Map(), { isDrawn: true });
  const [model] = models;
  assert.equal(models.length, 1, program);
  const picture = mlpOf(model);
  if (picture.kind !== "mlp") assert.fail(picture.kind);
  const [note = ""] = picture.notes;
  if (note !== "") return [note.replace(/^.*neuron by neuron: | This is an example\.$/g, "")];
  const layers = picture.layers.map(({ name, activation, count }) =>
    [name, activation, count].filter(Boolean).join(" "),
  );
  return [...layers, picture.losses.map(({ kind }) => kind).join(" ")];
}

const sequential = (layers: string, features: number): string =>
  `${TORCH}net = nn.Sequential(${layers})\nnet(torch.zeros(2, ${features}))\n`;

const module = (forward: string): string => `${TORCH}class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 32, bias=False)
        self.drop = nn.Dropout(0.5)
        self.fc2 = nn.Linear(32, 10)
    def forward(self, x):
${forward.replace(/^/gm, "        ")}
Net()(torch.zeros(8, 1, 28, 28))
`;

test("A model that is one chain of linear layers is drawn neuron by neuron, however it is written.", () => {
  assert.deepEqual(drawn(sequential("nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1)", 2)), ["0 Tanh", "2", "squared"]);
  assert.deepEqual(drawn(sequential("nn.Linear(6, 5), nn.Sigmoid(), nn.Linear(5, 1), nn.Sigmoid()", 6)), [
    "0 Sigmoid 4 of 5",
    "2 Sigmoid",
    "squared sigmoid",
  ]);
  const functional =
    "x = x.view(x.size(0), -1)\nx = self.drop(F.relu(self.fc1(x)))\nreturn F.log_softmax(self.fc2(x), dim=1)";
  assert.deepEqual(drawn(module(functional)), ["fc1 ReLU 4 of 32", "fc2 4 of 10", "softmax"]);
  assert.deepEqual(drawn(module("x = torch.flatten(x, 1)\nreturn self.fc2(self.fc1(x).tanh())")), [
    "fc1 Tanh 4 of 32",
    "fc2 4 of 10",
    "squared softmax",
  ]);
  const dense = 'layers.Dense(3, activation="relu"), layers.Dense(4), layers.Activation("sigmoid")';
  assert.deepEqual(drawn(`${KERAS}net = keras.Sequential([keras.Input(shape=(4,)), ${dense}])\n`), [
    "dense ReLU",
    "dense_1 Sigmoid",
    "squared sigmoid",
  ]);
});

test("Activations of one number are drawn with their own arguments.", () => {
  const bendsOf = (program: string): readonly string[] => {
    const picture = mlpOf(fileModels(program, new Map(), { isDrawn: true })[0]);
    return picture.kind === "mlp" ? picture.layers.map(({ activation, bends }) => `${activation}: ${bends[0]}`) : [];
  };
  const behind = (activation: string): string =>
    bendsOf(sequential(`nn.Linear(2, 3), ${activation}, nn.Linear(3, 1)`, 2))[0] ?? "";
  assert.match(behind("nn.LeakyReLU(0.2)"), /^LeakyReLU: max\(0, .*\) \+ 0\.2·min\(0, /);
  assert.match(behind("nn.LeakyReLU()"), /\+ 0\.01·min/);
  assert.match(behind("nn.ELU(alpha=0.5)"), /\+ 0\.5·min\(0, e\^/);
  assert.match(behind("nn.SELU()"), /^SELU: 1\.0507·/);
  assert.match(behind("nn.GELU()"), /^GELU: .*·Φ/);
  assert.match(behind("nn.GELU(approximate='tanh')"), /^GELU: ½·.*tanh/);
  assert.match(behind("nn.SiLU()"), /^SiLU: .*\/\(1 \+ e\^/);
  assert.match(behind("nn.Softplus(beta=2)"), /^Softplus: ln\(1 \+ e\^\(2·.*\/2$/);
  assert.match(behind("nn.Hardtanh(-2, 2)"), /^Hardtanh: min\(2, max\(−2, /);
  const forward = (bend: string): string =>
    bendsOf(module(`x = ${bend}\nreturn self.fc2(x)`.replace("H", "self.fc1(torch.flatten(x, 1))")))[0] ?? "";
  assert.match(forward("F.leaky_relu(H, 0.3)"), /^LeakyReLU: .*0\.3·/);
  assert.match(forward("F.gelu(H)"), /^GELU/);
  assert.match(forward("F.elu(H)"), /^ELU/);
  assert.match(forward("F.silu(H)"), /^SiLU/);
  const dense = (name: string): string =>
    bendsOf(`${KERAS}net = keras.Sequential([keras.Input(shape=(4,)), layers.Dense(3, activation="${name}")])\n`)[0] ??
    "";
  assert.match(dense("leaky_relu"), /^LeakyReLU: .*0\.2·/);
  assert.match(dense("swish"), /^SiLU/);
});

test("A model that is none says what it has besides linear layers.", () => {
  for (const [layers, reason] of [
    ["nn.Linear(2, 3), nn.PReLU(), nn.Linear(3, 1)", "PReLU is not drawn with numbers."],
    ["nn.Linear(2, 3), nn.BatchNorm1d(3)", "BatchNorm1d is not drawn with numbers."],
    ["nn.Linear(2, 3), nn.ReLU(), nn.Sigmoid()", "it has two activations in a row."],
    ["nn.Linear(2, 3), nn.Softmax(dim=1), nn.Linear(3, 1)", "there is a softmax within it."],
    ["nn.Identity()", "it has no linear layer."],
    [
      "nn.Linear(2, 3), nn.LeakyReLU(float(input()))",
      "negative_slope is not known here; with a number the layer can be drawn.",
    ],
  ] as const)
    assert.deepEqual(drawn(sequential(layers, 2)), [reason]);
  assert.deepEqual(drawn(module("x = x.view(-1, 784)\nh = self.fc1(x)\nreturn self.fc2(h + torch.relu(h))")), [
    "it is not one chain of layers.",
  ]);
});
