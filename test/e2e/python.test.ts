import assert from "node:assert/strict";
import { test } from "node:test";
import { openVSCode } from "./vscode.js";

test("A model with mistakes: squiggles at the numbers to change, shapes behind the lines, a lens over the model.", async () => {
  const code = await openVSCode();
  await code.openFile("mistakes.py");
  await code.until(async () => (await code.squiggles()).length >= 4);
  assert.deepEqual(await code.squiggles(), [
    { severity: "error", line: 12, text: "64" },
    { severity: "error", line: 14, text: "64 * 8 * 8" },
    { severity: "warning", line: 19, text: "# 16x16x32 -> 8x8x64" },
    { severity: "error", line: 33, text: "128" },
  ]);
  const hints = await code.inlayHints();
  assert.ok(hints.some((h) => h.line === 18 && h.text === "8×32×16×16"));
  assert.ok(hints.some((h) => h.line === 32 && h.text === "N×64×⌊H/2⌋×⌊W/2⌋"));
  const [lens] = await code.codeLenses();
  assert.match(lens ?? "", /^\(8, 3, 32, 32\) → \(8, 10\) · 60,490 parameters · input from the call in line 25$/);
});

test("A hover over a layer's call, its constructor and a variable says the shape and how it comes about.", async () => {
  const code = await openVSCode();
  await code.openFile("lenet.py");
  await code.until(async () => (await code.inlayHints()).length >= 6);
  const call = await code.hoverAt("self.conv1(x)");
  assert.match(call, /\(64, 1, 28, 28\) → \(64, 6, 28, 28\)/);
  assert.match(call, /⌊\(28 \+ 2·2 − 5\)\/1⌋ \+ 1 = 28/);
  assert.match(call, /6·\(5·5·1 \+ 1\) = 156/);
  const made = await code.hoverAt("Linear(84, n");
  assert.match(made, /Linear.*\(64, 84\) → \(64, 10\)/s);
  const name = await code.hoverAt({ line: 21, column: 9 });
  assert.match(name, /\(64, 400\)/);
});

test("The quick fix puts the right number in, and its squiggle goes.", async () => {
  const code = await openVSCode();
  await code.openFile("mistakes.py");
  await code.until(async () => (await code.squiggles()).length >= 4);
  await code.goToText("64 * 8 * 8");
  assert.deepEqual(await code.quickFixes(), ["Set 3136"]);
  await code.page.keyboard.press("Escape");
  await code.applyQuickFix("Set 3136");
  await code.until(async () => !(await code.squiggles()).some((s) => s.line === 14));
  assert.match(await code.text(), /nn\.Linear\(3136, 10\)/);
});

test("The code cells of a notebook are one program: a mistake in one cell shows through a call in another.", async () => {
  const code = await openVSCode();
  await code.openFile("notebook.ipynb");
  await code.until(async () => (await code.squiggles()).length >= 1);
  assert.ok((await code.squiggles()).some((s) => s.severity === "error" && s.text === "32 * 7 * 7"));
});

test("Half-typed code brings no exception and no new error.", async () => {
  const code = await openVSCode({
    "typing.py": "import torch\nimport torch.nn as nn\n\nnet = nn.Sequential(nn.Linear(4, 3), nn.Linear(3, 2))\n",
  });
  await code.openFile("typing.py");
  await code.goTo(5, 1);
  for (const text of ["net(torch.randn(2, 4", ")", ")\nfor layer in net", ":\n    layer.", "weight[", "0"]) {
    await code.type(text);
    await code.page.waitForTimeout(350);
    assert.deepEqual(await code.squiggles(), []);
  }
});

test("A comment that claims another size is answered with the padding that would give it, and the fix makes it true.", async () => {
  const code = await openVSCode({
    "net.py":
      "import torch\nfrom torch import nn\n\nconv = nn.Conv2d(1, 6, 5)\ny = conv(torch.randn(4, 1, 28, 28))  # (N, 6, 28, 28)\n",
  });
  await code.openFile("net.py");
  await code.until(async () => (await code.squiggles()).length === 1);
  await code.goToText("# (N, 6");
  assert.deepEqual(await code.quickFixes(), [
    "Write (4, 6, 24, 24)",
    "Set padding to 2 in Conv2d",
    "Set kernel_size to 1 in Conv2d",
  ]);
  await code.page.keyboard.press("Escape");
  await code.applyQuickFix("Set padding to 2 in Conv2d");
  await code.until(async () => (await code.squiggles()).length === 0);
  assert.match(await code.text(), /nn\.Conv2d\(1, 6, 5, padding=2\)/);
});

test("Keras, einops and operations on tensors are followed like layers of PyTorch.", async () => {
  const code = await openVSCode({
    "net.py": [
      "import torch",
      "from einops import rearrange",
      "from tensorflow.keras import Sequential, layers",
      "",
      "x = rearrange(torch.randn(2, 3, 32, 32), 'b c (h p) (w q) -> b (h w) (p q c)', p=8, q=8)",
      "y = torch.einsum('bnd,bmd->bnm', x, x) @ x",
      "model = Sequential([layers.Input((28, 28, 1)), layers.Conv2D(8, 3, padding='same'), layers.BatchNormalization()])",
      "",
    ].join("\n"),
  });
  await code.openFile("net.py");
  await code.until(async () => (await code.inlayHints()).length >= 2);
  const hints = await code.inlayHints();
  assert.ok(hints.some((h) => h.line === 5 && h.text === "2×16×192"));
  assert.ok(hints.some((h) => h.line === 6 && h.text === "2×16×192"));
  assert.match(await code.hoverAt("BatchNormalization()"), /\(N, 28, 28, 8\).*2·8 = 16.*kept, not trained.*2·8 = 16/s);
  assert.match(await code.hoverAt("einsum("), /\(2, 16, 16\).*it sums over d/s);
  assert.deepEqual(await code.squiggles(), []);
});

test("What a file imports from another file of the workspace is followed.", async () => {
  const code = await openVSCode({
    "blocks.py":
      "from torch import nn\n\n\nclass Block(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.conv = nn.Conv2d(3, 8, 3)\n\n    def forward(self, x):\n        return self.conv(x)\n",
    "main.py":
      "import torch\nfrom torch import nn\nfrom blocks import Block\n\nnet = nn.Sequential(Block(), nn.Conv2d(16, 4, 1))\ny = net(torch.randn(2, 3, 32, 32))\n",
  });
  await code.openFile("main.py");
  await code.until(async () => (await code.squiggles()).length > 0);
  assert.deepEqual(await code.squiggles(), [{ severity: "error", line: 5, text: "16" }]);
});
