import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type ChosenModel, chooseModel } from "../../src/check/summary/chosenModel.js";
import { reportModel } from "../../src/check/summary/modelReport.js";
import { type ModuleNode, moduleTree } from "../../src/check/summary/moduleTree.js";
import { printReport } from "../../src/check/summary/printReport.js";

interface Products {
  readonly file: string;
  readonly expr: string;
  readonly input: readonly number[];
  readonly layers: readonly (readonly [string, number])[];
  readonly functional: number;
  readonly written: number;
}

const cases: readonly Products[] = readFileSync("test/oracle/zooProducts.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

function chosen(text: string, expr?: string, input: readonly (readonly number[])[] = []): ChosenModel {
  const model = chooseModel(text, expr, input);
  assert.ok(!("problem" in model), "problem" in model ? model.problem : "");
  return model;
}

const all = (node: ModuleNode): readonly ModuleNode[] => [node, ...node.children.flatMap(all)];

for (const { file, expr, input, layers, functional, written } of cases) {
  test(`${file}: the multiply-adds of each layer of ${expr} are the products that PyTorch sums up in it`, () => {
    const tree = moduleTree(chosen(readFileSync(file, "utf8"), expr, [input]));
    const nodes = all(tree);
    const own = nodes.flatMap(({ path, children, macs }) =>
      children.length === 0 && path !== "" && macs.known !== 0 ? [[path, macs.known]] : [],
    );
    assert.deepEqual(Object.fromEntries(own), Object.fromEntries(layers));
    assert.ok(nodes.every((n) => !n.macs.more));
    assert.equal(
      tree.macs.known,
      layers.reduce((sum, [, count]) => sum + count, functional),
    );
    const report = printReport(reportModel(chosen(readFileSync(file, "utf8"), expr, [input])));
    assert.equal(/Products of tensors that the code writes itself/.test(report), written > 0);
  });
}

const TORCH = "import torch\nfrom torch import nn\n";

test("a layer that is called several times is one row, whose parameters count once", () => {
  const { root, totals } = reportModel(
    chosen(`${TORCH}class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.bn = nn.BatchNorm1d(4)
    def forward(self, x):
        return self.bn(self.fc(self.fc(self.fc(x))))
Net()(torch.randn(2, 4))
`),
  );
  assert.deepEqual(
    root.children.map(({ name, calls, params, macs }) => [name, calls, params, macs]),
    [
      ["fc", 3, "20", "96"],
      ["bn", 1, "8", "0"],
    ],
  );
  assert.equal(totals[0]?.value, "28");
});

test("blocks that are built alike name the first of them", () => {
  const { root } = reportModel(
    chosen(`${TORCH}net = nn.Sequential(*[nn.Sequential(nn.Linear(4, 4), nn.ReLU()) for _ in range(3)], nn.Linear(4, 2))
net(torch.randn(2, 4))
`),
  );
  assert.deepEqual(
    root.children.map((c) => c.like),
    [undefined, "0", "0", undefined],
  );
});

test("what is frozen is not trained, and the batch as a letter gives the numbers of one sample", () => {
  const { totals } = reportModel(
    chosen(`${TORCH}class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 4)
        self.b = nn.Linear(4, 2)
        for p in self.a.parameters():
            p.requires_grad = False
    def forward(self, x):
        return self.b(self.a(x))
`),
  );
  const of = (label: string): string | undefined => totals.find((t) => t.label === label)?.value;
  assert.deepEqual([of("Parameters"), of("  trained"), of("  not trained")], ["30", "10", "20"]);
  assert.deepEqual(
    [of("Multiply-adds"), of("FLOPs"), of("  of the forward pass")],
    ["24 a sample", "48 a sample", "24 bytes a sample"],
  );
});

test("what is unknown says so, with the reason and the place", () => {
  const text = `${TORCH}import mystery
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, mystery.width())
        self.b = mystery.Layer()
    def forward(self, x):
        return self.b(self.a(x))
Net()(torch.randn(2, 4))
`;
  const report = reportModel(chosen(text));
  assert.match(report.totals[0]?.value ?? "", /^unknown$|^at least /);
  assert.ok(report.unknown.length > 0);
  for (const part of report.unknown)
    assert.ok(part.reason.length > 10 && /[.]$/.test(part.reason), JSON.stringify(part));
  assert.ok(report.unknown.some((p) => p.place && text.slice(p.place.from, p.place.to).includes("mystery")));
});
