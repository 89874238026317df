import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const folder = mkdtempSync(join(tmpdir(), "dimsum-"));
after(() => rmSync(folder, { recursive: true }));

/** Writes a file into a folder of this test alone. */
function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function dimsum(
  args: readonly string[],
  input = "",
): { readonly out: string; readonly err: string; readonly exit: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["dist/cli.js", ...args], {
    encoding: "utf8",
    input,
    maxBuffer: 1e9,
  });
  return { out: stdout, err: stderr, exit: status };
}

const LINES = (text: string): string[] => text.trim().split("\n");

const RIGHT =
  "import torch\nimport torch.nn as nn\nnet = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))\nnet(torch.randn(2, 1, 28, 28))\n";
const WRONG = RIGHT.replace("784", "748");

test("check ends with 0 where nothing is wrong, with 1 where something is, with 2 where a file could not be read", () => {
  const [right, wrong] = [file("right.py", RIGHT), file("wrong.py", WRONG)];
  assert.equal(dimsum(["check", right]).exit, 0);
  const found = dimsum(["check", right, wrong]);
  assert.equal(found.exit, 1);
  assert.match(
    found.out,
    /wrong\.py:3:45: error: in_features is 748, the input has 784\. Set in_features to 784\. \[Linear\/in-features\]/,
  );
  assert.equal(dimsum(["check", wrong, join(folder, "absent.py")]).exit, 2);
});

test("check says in one sentence which file it could not read: Latin-1, a broken notebook, an unknown kind", () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    [file("latin.py", Uint8Array.from([0x23, 0x20, 0xe9, 0x0a])), /latin\.py could not be read: it is not UTF-8/],
    [file("broken.ipynb", '{"cells": ['), /broken\.ipynb could not be read: .*not JSON/],
    [file("list.ipynb", "[]"), /list\.ipynb could not be read: /],
    [file("photo.png", "x"), /photo\.png could not be read: Dimsum reads \.py, /],
  ];
  for (const [path, sentence] of cases) {
    const { out, err, exit } = dimsum(["check", path, "--format", "json"]);
    assert.deepEqual([out, exit], ["", 2]);
    assert.match(err, sentence);
    assert.equal(LINES(err).length, 1);
  }
});

test("check --format json prints one finding a line, with lines and columns from 1", () => {
  const { out } = dimsum(["check", "--format", "json", file("wrong.py", WRONG)]);
  const [only, ...more] = LINES(out).map((line) => JSON.parse(line));
  assert.deepEqual(more, []);
  const { file: name, line, column, endLine, endColumn, severity, code } = only;
  assert.ok(name.endsWith("wrong.py"));
  assert.deepEqual([line, column, endLine, endColumn, severity, code], [3, 45, 3, 48, "error", "Linear/in-features"]);
  assert.equal(WRONG.split("\n")[line - 1]?.slice(column - 1, endColumn - 1), "748");
});

test("check --format sarif prints a log whose results have rules", () => {
  const log = JSON.parse(dimsum(["check", "--format", "sarif", file("wrong.py", WRONG)]).out);
  const [run] = log.runs;
  assert.equal(log.version, "2.1.0");
  assert.deepEqual(
    run.results.map((r: { ruleId: string }) => r.ruleId),
    ["Linear/in-features"],
  );
  assert.deepEqual(run.tool.driver.rules, [{ id: "Linear/in-features" }]);
});

test("check --claims prints every claim with its verdict", () => {
  const { out } = dimsum(["check", "--claims", "--format", "json", "media/samples/lenet.py"]);
  const claims = LINES(out).map((line) => JSON.parse(line));
  assert.deepEqual(
    claims.map((c) => c.verdict),
    ["right", "right", "right"],
  );
  assert.ok(claims.every((c) => typeof c.claim === "string" && c.line > 0));
});

test("a finding in a notebook is at its line and column of the file", () => {
  const { out } = dimsum(["check", "--format", "json", "media/samples/notebook.ipynb"]);
  const error = LINES(out)
    .map((line) => JSON.parse(line))
    .find((f) => f.code === "Linear/in-features");
  const line = readFileSync("media/samples/notebook.ipynb", "utf8").split("\n")[error.line - 1];
  assert.equal(line?.slice(error.column - 1, error.endColumn - 1), "32 * 7 * 7");
  assert.deepEqual([error.cell, error.cellLine], [2, 12]);
});

test("a notebook is summarized as the program that its cells are, and places in it name the cell and its line", () => {
  const { out, exit } = dimsum(["summary", "media/samples/notebook.ipynb", "--input", "1x3x32x32", "--explain"]);
  assert.equal(exit, 1);
  assert.match(out, /└─ 7 \(Linear\) +\(1, 10\) +15,690/);
  assert.match(out, /notebook\.ipynb:39:20 \(cell 2, line 12\): error: in_features is 1568/);
  assert.match(
    dimsum(["check", "media/samples/notebook.ipynb"]).out,
    /ipynb:39:20 \(cell 2, line 12\): error: in_features/,
  );
});

test("summary lists a model's layers in the order in which they run, as JSON and as a table", () => {
  const args = ["summary", "media/samples/lenet.py", "--model", "LeNet(num_classes=7)", "--input", "2x1x28x28"];
  const { out, exit } = dimsum([...args, "--format", "json"]);
  assert.equal(exit, 0);
  const found = JSON.parse(out);
  assert.deepEqual([found.model, found.input, found.output], ["LeNet(num_classes=7)", [[2, 1, 28, 28]], [2, 7]]);
  assert.equal(found.params, 156 + 2416 + 48120 + 10164 + 7 * 85);
  assert.equal(found.trainable, found.params);
  assert.deepEqual(
    found.leaves.map((l: unknown[]) => l[0]),
    ["conv1", "pool", "conv2", "pool", "fc1", "fc2", "fc3"],
  );
  assert.deepEqual(found.leaves[2], ["conv2", "Conv2d", [2, 16, 10, 10], 2416]);
  const shown = dimsum(args).out;
  assert.match(shown, /└─ fc3 \(Linear\) +\(2, 7\) +595 +1\.0 % +1,176\n/);
  assert.match(shown, /pool \(MaxPool2d\) ×2 +\(2, 6, 14, 14\) \| \(2, 16, 5, 5\)/);
  assert.match(shown, /FLOPs +1,665,072 +\(1 multiply-add = 2 FLOPs\)/);
});

test("summary takes several inputs, and a model that does not fit them is answered as check answers it, with 1", () => {
  const two = file(
    "two.py",
    "import torch\nfrom torch import nn\n\n\nclass Two(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a, self.b = nn.Linear(4, 3), nn.Linear(5, 3)\n\n    def forward(self, x, y):\n        return self.a(x) + self.b(y)\n",
  );
  const right = dimsum(["summary", two, "--input", "2x4,2x5", "--format", "json"]);
  assert.equal(right.exit, 0);
  assert.deepEqual(JSON.parse(right.out).input, [
    [2, 4],
    [2, 5],
  ]);
  const wrong = dimsum(["summary", two, "--input", "2x4,2x6"]);
  assert.equal(wrong.exit, 1);
  assert.match(
    wrong.out,
    /two\.py:8:53: error: in_features is 5, the input has 6\. Set in_features to 6\. \[Linear\/in-features\]/,
  );
});

test("what raises when a model is made is JSON on standard output and a sentence on the other, as what raises when it runs", () => {
  const source = (init: string, forward: string): string =>
    `from torch import nn\n\n\nclass M(nn.Module):\n    def __init__(self):\n        super().__init__()\n        ${init}\n\n    def forward(self, x):\n        return ${forward}\n`;
  for (const [name, text] of [
    ["made.py", source("self.k = (1, 2)[3]", "x")],
    ["run.py", source("self.k = 1", "(x, x)[3]")],
  ] as const) {
    const args = [file(name, text), "--model", "M()", "--input", "1x8"];
    const { out, err, exit } = dimsum(["summary", ...args, "--format", "json"]);
    const { input, output, leaves } = JSON.parse(out);
    assert.deepEqual([input, output, leaves.length, exit], [[[1, 8]], null, name === "made.py" ? 0 : leaves.length, 1]);
    assert.match(err, /\.py:\d+:\d+: error: The tuple has 2 items; \[3\] is asked for\./);
    assert.match(dimsum(["summary", ...args]).out, /error: The tuple has 2 items/);
    assert.match(dimsum(["table", ...args]).err, /error: The tuple has 2 items/);
  }
});

test("every command says with --help how it goes, and ends with 0", () => {
  for (const command of ["check", "summary", "table", "layers", "compute"]) {
    const { out, err, exit } = dimsum([command, "--help"]);
    assert.match(out, /^usage: dimsum check/);
    assert.deepEqual([err, exit], ["", 0]);
  }
});

test("summary --explain lists what is unknown, with its place and the reason", () => {
  const odd = file(
    "odd.py",
    "import torch\nimport mystery\nfrom torch import nn\n\nnet = nn.Sequential(nn.Linear(4, 3), mystery.Layer())\nnet(torch.randn(2, 4))\n",
  );
  assert.match(dimsum(["summary", odd]).out, /unknown; --explain lists them\.\n/);
  assert.match(dimsum(["summary", odd, "--explain"]).out, /odd\.py:5:7: net: parameters unknown\. 1: .*mystery\.Layer/);
  const none = dimsum(["summary", odd, "--model", "mystery.Net()", "--input", "1x3"]);
  assert.equal(none.exit, 2);
  assert.match(none.err, /^dimsum: Dimsum cannot follow mystery\.Net\(\): .+\.\n$/);
});

test("table writes a model as a CNN table that check finds right, in three forms", () => {
  for (const [format, name] of [
    ["markdown", "table.md"],
    ["latex", "table.tex"],
  ] as const) {
    const { out, exit } = dimsum(["table", "media/samples/lenet.py", "--format", format]);
    assert.equal(exit, 0);
    const claims = LINES(dimsum(["check", "--claims", "--format", "json", file(name, out)]).out).map((l) =>
      JSON.parse(l),
    );
    assert.ok(claims.length >= 18);
    assert.ok(claims.every((c) => c.verdict === "right"));
  }
  const csv = LINES(dimsum(["table", "media/samples/lenet.py", "--format", "csv"]).out);
  assert.deepEqual(
    [csv[0], csv[2], csv.at(-1)],
    ["Layer,Activation,Parameters", '"nn.Conv2d(1, 6, 5, padding=2)",28×28×6,156', 'Total,,"61,706"'],
  );
});

test("summary without a model takes the only one, or lists those there are", () => {
  assert.equal(dimsum(["summary", "media/samples/lenet.py"]).exit, 0);
  const several = dimsum(["summary", "media/samples/mistakes.py"]);
  assert.equal(several.exit, 2);
  assert.match(several.err, /2 models; choose one with --model: 'Classifier\(\)', 'encoder'/);
});

test("layers answers every line, also what is no JSON, and ends with 2 then", () => {
  const lines = readFileSync("test/oracle/layers.jsonl", "utf8");
  const { out, exit } = dimsum(["layers"], lines);
  assert.equal(exit, 0);
  const [asked, answered] = [LINES(lines), LINES(out)];
  assert.equal(answered.length, asked.length);
  for (const [i, line] of answered.entries()) {
    const [truth, answer] = [JSON.parse(asked[i] ?? ""), JSON.parse(line)];
    assert.deepEqual(
      [answer.layer, answer.output, "error" in answer],
      [truth.layer, truth.output, "error" in truth],
      line,
    );
  }
  const odd = dimsum(["layers"], '{"layer": "Conv2d"}\nnonsense\n\n{"layer": "Banana", "args": {}, "input": [1]}\n7\n');
  assert.equal(odd.exit, 2);
  assert.deepEqual(
    LINES(odd.out).map((line) => Object.keys(JSON.parse(line)).includes("unknown")),
    [true, true, true, true],
  );
});

test("a command line that cannot be run says why, and how it goes", () => {
  for (const args of [
    [],
    ["cook"],
    ["check"],
    ["check", "--format", "xml", "."],
    ["summary"],
    ["summary", "a.py", "--input", "axb"],
    ["check", "--colour"],
  ]) {
    const { err, exit } = dimsum(args);
    assert.equal(exit, 2);
    assert.match(err, /^dimsum: [A-Z-].*\.\nusage: dimsum check/);
  }
});
