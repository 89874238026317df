import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";
import type { Edit } from "../../../src/check/finding.js";
import { outlineOf } from "../../../src/check/python/outline.js";
import { shapeComments } from "../../../src/check/python/shapeComments.js";
import { fileModels } from "../../../src/check/summary/fileModels.js";
import { checkTables } from "../../../src/check/tables.js";

const TORCH = "import torch\nfrom torch import nn\n\n\n";

const edited = (text: string, edits: readonly Edit[]): string =>
  [...edits]
    .sort((a, b) => b.span.from - a.span.from)
    .reduce((now, { span, text: added }) => now.slice(0, span.from) + added + now.slice(span.to), text);

const files = ["test/fixtures/zoo", "test/fixtures/python"].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".py"))
    .map((name) => `${folder}/${name}`),
);

test("the shapes written behind the lines of any file are never found wrong, and writing them again changes nothing", () => {
  let written = 0;
  let right = 0;
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    const once = edited(text, shapeComments(text));
    assert.equal(edited(once, shapeComments(once)), once, file);
    const wrong = (of: string): number =>
      analyze(of, "python", "answer").findings.filter((f) => f.code === "comment/shape").length;
    assert.ok(wrong(once) <= wrong(text), file);
    const count = (of: string): number =>
      analyze(of, "python", "answer").claims.filter((c) => c.verdict === "right").length;
    written += once.split("\n").filter((line, i) => line !== text.split("\n")[i]).length;
    right += count(once) - count(text);
  }
  assert.ok(written > 300, `${written} written`);
  assert.ok(right > 0.6 * written, `${right} of ${written} right`);
});

const NET = `${TORCH}class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 6, 5)

    def forward(self, x):
        x = self.conv(x)  # the first layer
        x = torch.relu(x)
        return x.flatten(1)


net = Net()
net(torch.randn(2, 1, 9, 9))
net(
    torch.randn(3, 1, 7, 7)
)
`;

test("a line with another comment is left as it is; the others are aligned", () => {
  const text = edited(NET, shapeComments(NET));
  assert.ok(text.includes("x = self.conv(x)  # the first layer\n"));
  assert.ok(text.includes("        x = torch.relu(x)    # (N, 6, 5, 5)\n        return x.flatten(1)  # (N, 150)\n"));
});

test("hints, hovers and the lens follow the input that is chosen for a model; every call is still checked", () => {
  const [model] = fileModels(NET, new Map());
  assert.deepEqual(
    model?.candidates.map((c) => c.inputs),
    ["(2, 1, 9, 9)", "(3, 1, 7, 7)"],
  );
  const hints = (choices: ReadonlyMap<string, string>): readonly string[] =>
    analyze(NET, "python", "answer", {}, choices).hints.map((h) => h.text);
  assert.ok(hints(new Map()).includes("2×6×5×5 | 3×6×3×3"));
  const choices = new Map([["Net", model?.candidates[1]?.key ?? ""]]);
  assert.deepEqual(hints(choices), ["3×6×3×3", "3×6×3×3", "3×54"]);
  const { lenses, hover, findings } = analyze(NET, "python", "answer", {}, choices);
  assert.match(lenses[0]?.title ?? "", /^\(3, 1, 7, 7\) → \(3, 54\)/);
  assert.deepEqual([lenses[1]?.title, lenses[1]?.opens], ["1 more input…", "inputs"]);
  assert.match(hover(NET.indexOf("relu"))?.markdown ?? "", /\(3, 6, 3, 3\)/);
  assert.deepEqual(findings, []);
  const wrong = NET.replace("randn(2, 1, 9, 9)", "randn(2, 4, 9, 9)");
  assert.equal(analyze(wrong, "python", "answer", {}, choices).findings.length, 1);
});

test("where only changed shapes are wanted, the same shape again is left out, but not in another function", () => {
  const { hints } = analyze(NET.replace(/net\(\n[^)]*\)\n\)\n/, ""), "python", "answer");
  assert.deepEqual(
    hints.map((h) => [h.text, h.isSame ?? false]),
    [
      ["2×6×5×5", false],
      ["2×6×5×5", true],
      ["2×150", false],
    ],
  );
});

test("the outline has each model with its layers where they are made", () => {
  const [item, ...more] = outlineOf(NET);
  assert.deepEqual(more, []);
  assert.equal(item?.detail, "(2, 1, 9, 9) → (2, 150) · 156 parameters");
  const [layer] = item?.children ?? [];
  assert.deepEqual([layer?.name, layer && NET.slice(layer.span.from, layer.span.to)], ["conv", "nn.Conv2d(1, 6, 5)"]);
  assert.match(layer?.detail ?? "", /^Conv2d ×2 \(2, 6, 5, 5\)|^Conv2d \(2, 6, 5, 5\)$/);
});

test("a table as PyTorch has a layer for each row, and the flattening that the table leaves out", () => {
  const table =
    "| Layer | Output | Params |\n|---|---|---|\n| Input | 28x28x1 | 0 |\n| CONV3-10 | 28x28x10 | 100 |\n| POOL2 | 14x14x10 | 0 |\n| FC-3 | 3 | 5883 |\n";
  const [check] = checkTables(table, "markdown", { reveal: "answer" });
  assert.deepEqual(check?.torch()?.code.split("\n"), [
    "import torch",
    "from torch import nn",
    "",
    "# input: (N, 1, 28, 28)",
    "model = nn.Sequential(",
    "    nn.Conv2d(1, 10, 3, padding=1),  # (N, 10, 28, 28)",
    "    nn.MaxPool2d(2),                 # (N, 10, 14, 14)",
    "    nn.Flatten(),                    # (N, 1960)",
    "    nn.Linear(1960, 3),              # (N, 3)",
    ")",
    "print(model(torch.zeros(2, 1, 28, 28)).shape)",
    "",
  ]);
  assert.equal(checkTables(table, "markdown", { reveal: "hint" })[0]?.torch(), undefined);
});

test("Dimsum follows the PyTorch that it writes for a table to the shapes beside it", () => {
  const text = readFileSync("test/fixtures/tables/readmes.md", "utf8");
  let compared = 0;
  for (const check of checkTables(text, "markdown", { reveal: "answer" })) {
    const torch = check.torch();
    if (!torch?.code.includes("print(")) continue;
    const { claims, findings } = analyze(torch.code, "python", "answer");
    assert.deepEqual(findings, [], torch.code);
    compared += claims.filter((c) => c.verdict === "right").length;
  }
  assert.ok(compared > 20, `${compared}`);
});
