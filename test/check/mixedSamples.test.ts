import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { analyzePython } from "../../src/check/python/pythonAnalysis.js";

/** A model, and whether PyTorch gives a sample something else in a batch than alone. */
interface Model {
  readonly init: readonly string[];
  readonly forward: readonly string[];
  readonly input: readonly number[];
  readonly mixes: boolean;
}

const models: readonly Model[] = readFileSync("test/oracle/mixing.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

const HEAD = ["import torch", "from torch import nn", "import torch.nn.functional as F"];

const source = ({ init, forward, input }: Pick<Model, "init" | "forward" | "input">): string =>
  [
    ...HEAD,
    "class Net(nn.Module):",
    "    def __init__(self):",
    "        super().__init__()",
    ...init.map((line) => `        ${line}`),
    "    def forward(self, x):",
    ...forward.map((line) => `        ${line}`),
    `Net()(torch.zeros(${input.join(", ")}))`,
    "",
  ].join("\n");

const codesIn = (text: string): readonly string[] => {
  const { findings } = analyzePython(text, "answer");
  assert.ok(
    findings.every((f) => f.severity === "warning"),
    `${text}\n${findings.map((f) => f.message).join("\n")}`,
  );
  return findings.map((f) => f.code);
};

test("a model is warned about exactly where PyTorch mixes its samples", () => {
  assert.ok(models.length >= 600);
  assert.ok(models.filter((m) => m.mixes).length >= 200);
  // What is laid out in one row before any layer has taken it may be a sample.
  const isOpen = ({ forward: [first = ""] }: Model): boolean => /flatten\((x|x, 0)?\)$|Flatten\(0\)/.test(first);
  const differing = models.filter((m) => codesIn(source(m)).length > 0 !== (m.mixes && !isOpen(m))).map(source);
  assert.equal(differing.length, 0, differing.slice(0, 5).join("\n"));
});

test("the dimension that is offered keeps the samples apart", () => {
  let mended = 0;
  for (const model of models.filter((m) => m.mixes)) {
    const text = source(model);
    const [edit] = analyzePython(text, "answer").findings[0]?.fixes?.[0]?.edits ?? [];
    if (!edit) continue;
    mended++;
    assert.deepEqual(codesIn(text.slice(0, edit.span.from) + edit.text + text.slice(edit.span.to)), [], text);
  }
  assert.ok(mended > 100);
});

/** Programs in which the first dimension is no batch, or its samples are meant to be weighed against each other. */
const meant: Readonly<Record<string, readonly string[]>> = {
  "one image that has no batch": [
    "net = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.Flatten(0), nn.Linear(144, 10), nn.Softmax(dim=0))",
    "net(torch.randn(1, 8, 8))",
  ],
  "the scores of one image": [
    "net = nn.Sequential(nn.Flatten(), nn.Linear(64, 10))",
    "scores = F.softmax(net(torch.randn(4, 1, 8, 8))[0], dim=0)",
    "best = scores.argmax(0)",
  ],
  "similarities of images and texts": [
    "def compare(a, b):",
    "    logits = a @ b.t()",
    "    return F.cross_entropy(logits, torch.arange(8)) + F.cross_entropy(logits.t(), torch.arange(8))",
    "net = nn.Sequential(nn.Flatten(), nn.Linear(64, 8), nn.Softmax(dim=0))",
    "loss = compare(torch.randn(8, 5), torch.randn(8, 5))",
    "other = net(torch.randn(8, 1, 8, 8))",
  ],
  "attention over the steps of a sequence that stands first": [
    "class Pool(nn.Module):",
    "    def __init__(self):",
    "        super().__init__()",
    "        self.score = nn.Linear(6, 1)",
    "    def forward(self, x):",
    "        return (F.softmax(self.score(x), dim=0) * x).sum(0)",
    "Pool()(torch.randn(7, 4, 6))",
  ],
  "attention over the nodes of a graph": [
    "score = nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.Tanh(), nn.Linear(8, 3), nn.Softmax(dim=0))",
    "weights = score(torch.randn(20, 6))",
  ],
  "instances of a bag": [
    "class Bag(nn.Module):",
    "    def __init__(self):",
    "        super().__init__()",
    "        self.conv = nn.Conv2d(1, 4, 3)",
    "        self.score = nn.Linear(144, 2)",
    "        self.out = nn.Linear(144, 3)",
    "    def forward(self, x):",
    "        h = F.relu(self.conv(x)).flatten(1)",
    "        a = F.softmax(self.score(h), dim=0)",
    "        return self.out(a.t() @ h)",
    "Bag()(torch.randn(9, 1, 8, 8))",
  ],
  "classes and regions": [
    "class Regions(nn.Module):",
    "    def __init__(self):",
    "        super().__init__()",
    "        self.classes = nn.Linear(64, 20)",
    "        self.regions = nn.Linear(64, 20)",
    "    def forward(self, x):",
    "        h = x.flatten(1)",
    "        return F.softmax(self.classes(h), dim=1) * F.softmax(self.regions(h), dim=0)",
    "Regions()(torch.randn(9, 1, 8, 8))",
  ],
  "experts, and weights that are learned": [
    "w = nn.Parameter(torch.randn(4, 5))",
    "mixed = (F.softmax(w, dim=0).unsqueeze(-1) * torch.randn(4, 5, 6)).sum(0)",
  ],
  "a target that is laid out": [
    "net = nn.Sequential(nn.Conv2d(1, 1, 3, padding=1), nn.Sigmoid())",
    "x = torch.randn(4, 1, 8, 8)",
    "loss = F.binary_cross_entropy(net(x).flatten(), torch.rand(4, 1, 8, 8).flatten())",
    "words = F.cross_entropy(torch.randn(4, 7, 11).flatten(0, 1), torch.zeros(4, 7).long().flatten())",
  ],
  "one score a sample": [
    "net = nn.Sequential(nn.Conv2d(1, 1, 8), nn.Flatten(0))",
    "out = net(torch.randn(4, 1, 8, 8))",
    "loss = F.binary_cross_entropy_with_logits(out, torch.ones(4))",
  ],
  "one image with a batch of 1": [
    "class Net(nn.Module):",
    "    def __init__(self):",
    "        super().__init__()",
    "        self.conv = nn.Conv2d(1, 4, 3)",
    "        self.fc = nn.Linear(144, 10)",
    "    def forward(self, x):",
    "        return self.fc(self.conv(x).flatten())",
    "Net()(torch.randn(1, 1, 8, 8))",
  ],
};

test("what people do on purpose along the first dimension is not warned about", () => {
  for (const [what, lines] of Object.entries(meant))
    assert.deepEqual(codesIn([...HEAD, ...lines, ""].join("\n")), [], what);
});

/** Programs in which what follows says that the first dimension is the batch. */
const proved: Readonly<Record<string, readonly string[]>> = {
  "a loss takes rows": [
    "net = nn.Sequential(nn.Linear(6, 3), nn.LogSoftmax(dim=0))",
    "loss = nn.NLLLoss()(net(torch.randn(4, 6)), torch.zeros(4).long())",
  ],
  "a loss takes rows, of a function": [
    "def step(x, y):",
    "    return F.cross_entropy(torch.softmax(x, 0), y)",
    "step(torch.randn(4, 6), torch.zeros(4).long())",
  ],
  "bmm takes a batch": [
    "q, k, v = torch.randn(3, 4, 5, 6)",
    "out = torch.bmm(F.softmax(torch.bmm(q, k.transpose(1, 2))), v)",
  ],
  "the largest of each row is asked for": [
    "net = nn.Sequential(nn.Flatten(), nn.Linear(64, 10))",
    "best = F.softmax(net(torch.randn(4, 1, 8, 8)), dim=0).argmax(dim=1)",
  ],
  "a model that nobody calls": [
    "class Net(nn.Module):",
    "    def __init__(self):",
    "        super().__init__()",
    "        self.fc = nn.Linear(784, 10)",
    "    def forward(self, x):",
    "        return F.log_softmax(self.fc(x.view(-1, 784)), dim=0)",
  ],
  "a model with batch norm that nobody calls": [
    "class Net(nn.Module):",
    "    def __init__(self):",
    "        super().__init__()",
    "        self.conv = nn.Conv2d(1, 4, 3)",
    "        self.norm = nn.BatchNorm2d(4)",
    "        self.pool = nn.AdaptiveAvgPool2d(2)",
    "        self.fc = nn.Linear(16, 10)",
    "    def forward(self, x):",
    "        return self.fc(self.pool(self.norm(self.conv(x))).flatten())",
  ],
};

test("what takes the first dimension for the batch shows that it was weighed or laid out by mistake", () => {
  for (const [what, lines] of Object.entries(proved))
    assert.equal(codesIn([...HEAD, ...lines, ""].join("\n")).length, 1, what);
});
