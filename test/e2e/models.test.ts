import assert from "node:assert/strict";
import { test } from "node:test";
import { openVSCode, type VSCode } from "./vscode.js";

const NET = `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 6, 5, padding=2)
        self.pool = nn.MaxPool2d(2)
        self.fc = nn.LazyLinear(10)

    def forward(self, x):
        x = self.pool(self.conv(x))
        x = self.pool(x).flatten(1)
        return self.fc(x)


net = Net()
net(torch.randn(8, 1, 28, 28))
`;

const TWICE = `${NET.replace("nn.LazyLinear(10)", "nn.Conv2d(6, 10, 1)").replace(".flatten(1)", "")}net(torch.randn(2, 1, 64, 64))
`;

/** What was copied, as a text file takes it. */
async function pasted(code: VSCode): Promise<string> {
  await code.openFile("notes.txt");
  await code.goTo(1);
  await code.page.keyboard.press("ControlOrMeta+v");
  await code.page.waitForTimeout(400);
  return code.text();
}

test("Model Summary shows the modules as a tree with their numbers, and a click goes to the layer.", async () => {
  const code = await openVSCode({ "net.py": NET, "notes.txt": "" });
  await code.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await code.openFile("net.py");
  await code.until(async () => (await code.inlayHints()).length >= 2);
  await code.runCommand("Dimsum: Model Summary");
  const report = await code.webview(".tree");
  // Beside the code not every column is in view.
  const rows = await report
    .locator(".row")
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? "").join(" ")));
  const plain = rows.map((row) => row.replace(/\s+/g, " ").trim());
  assert.match(plain[1] ?? "", /^Net \(8, 10\) 3,106 100\.0 % 964,320/);
  assert.match(plain[2] ?? "", /^conv Conv2d \(8, 6, 28, 28\) 156 5\.0 % 940,800/);
  assert.match(plain[3] ?? "", /^pool MaxPool2d ×2 \(8, 6, 14, 14\) \| \(8, 6, 7, 7\) –/);
  assert.match(await report.locator("dl").innerText(), /1 multiply-add = 2 FLOPs/);
  await report.locator("a", { hasText: "fc" }).click();
  await code.until(async () =>
    /Ln 10, Col \d+ \(17 selected\)/.test(await code.page.locator(".statusbar").innerText()),
  );
  await report.locator("a.button", { hasText: "Markdown" }).click();
  await code.page.waitForTimeout(400);
  assert.match(await pasted(code), /\| · conv \(Conv2d\) \| \(8, 6, 28, 28\) \| 156 \| 5\.0 % \| 940,800 \|/);
});

test("A model that the file calls with several inputs has a second lens, and what is chosen there holds for hints and summary.", async () => {
  const code = await openVSCode({ "net.py": TWICE });
  await code.openFile("net.py");
  await code.until(async () => (await code.inlayHints()).some((h) => h.text === "8×6×14×14 | 2×6×32×32"));
  const more = code.page.locator(".codelens-decoration a", { hasText: "1 more input…" });
  await more.click();
  const rows = code.page.locator(".quick-input-list .monaco-list-row");
  await rows.first().waitFor();
  assert.equal(await rows.count(), 2);
  await rows.filter({ hasText: "(2, 1, 64, 64)" }).click();
  await code.until(async () => (await code.inlayHints()).some((h) => h.text === "2×6×32×32"));
  await code.until(async () => /\(2, 1, 64, 64\) → \(2, 10, 16, 16\)/.test((await code.codeLenses()).join(" ")));
  await code.runCommand("Dimsum: Model Summary");
  await (await code.webview(".tree")).locator(".tree", { hasText: "(2, 6, 64, 64)" }).waitFor();
  await (await code.webview(".tree")).locator("nav a", { hasText: "(8, 1, 28, 28)" }).click();
  await code.page.locator(".editor-group-container .view-line").first().click();
  await code.until(async () => (await code.inlayHints()).some((h) => h.text === "8×6×14×14"));
});

test("A model whose file loads MNIST is shown with its images until another size is said, which is written above forward.", async () => {
  const loaded = `from torchvision import datasets, transforms\ntrain = datasets.MNIST(".", transform=transforms.ToTensor())\n${NET.slice(0, NET.indexOf("net = "))}`;
  const code = await openVSCode({ "net.py": loaded });
  await code.openFile("net.py");
  await code.until(async () => (await code.inlayHints()).some((h) => h.text === "N×6×14×14"));
  await code.until(async () =>
    /\(N, 1, 28, 28\).*assumed: MNIST is loaded in line 2/.test((await code.codeLenses()).join(" ")),
  );
  await code.page.locator(".codelens-decoration a", { hasText: "1 more input…" }).click();
  const rows = code.page.locator(".quick-input-list .monaco-list-row");
  await rows.filter({ hasText: "Another size…" }).click();
  const box = code.page.locator(".quick-input-box input");
  await code.until(async () => (await box.inputValue()) === "N, 1, 28, 28");
  await code.page.keyboard.press("ControlOrMeta+a");
  await code.page.keyboard.type("8, 1, 30, 30");
  await code.page.keyboard.press("Enter");
  await code.until(async () => (await code.text()).includes("# dimsum: input x = (8, 1, 30, 30)"));
  await code.until(async () => (await code.inlayHints()).some((h) => h.text === "8×6×15×15"));
  await code.until(async () => /input from the comment/.test((await code.codeLenses()).join(" ")));
});

test("Insert Shape Comments writes the shapes under each other in one step, and brings them up to date the next time.", async () => {
  const code = await openVSCode({ "net.py": NET });
  await code.openFile("net.py");
  await code.until(async () => (await code.inlayHints()).length >= 2);
  await code.runCommand("Dimsum: Insert Shape Comments");
  const first = "x = self.pool(self.conv(x))  # (N, 6, 14, 14)";
  await code.until(async () => (await code.text()).includes(first));
  assert.match(await code.text(), /x = self\.pool\(x\)\.flatten\(1\) {2}# \(N, 294\)/);
  assert.match(await code.text(), /return self\.fc\(x\) {12}# \(N, 10\)/);
  await code.page.waitForTimeout(600);
  assert.deepEqual(await code.squiggles(), []);
  await code.goToText("padding=2");
  for (let i = 0; i < "padding=2".length; i++) await code.page.keyboard.press("Delete");
  await code.type("padding=0");
  await code.runCommand("Dimsum: Insert Shape Comments");
  await code.until(async () => (await code.text()).includes("# (N, 6, 12, 12)"));
  assert.equal((await code.text()).match(/# \(N/g)?.length, 3);
  await code.page.keyboard.press("ControlOrMeta+z");
  await code.until(async () => (await code.text()).includes(first));
});

test("Insert CNN Table writes a model of the workspace into a Markdown file, where every cell is right.", async () => {
  const code = await openVSCode({ "net.py": NET, "notes.md": "# My network\n\n" });
  await code.openFile("notes.md");
  await code.goTo(3);
  await code.runCommand("Dimsum: Insert CNN Table");
  await code.until(async () => /\| `nn\.Conv2d\(1, 6, 5, padding=2\)` \| 28×28×6 +\| +156 \|/.test(await code.text()));
  await code.until(async () => (await code.codeLenses()).some((l) => /^\d+ ✓$/.test(l)));
});

test("Copy as PyTorch copies the table at the cursor as an nn.Sequential.", async () => {
  const code = await openVSCode({
    "table.md":
      "| Layer | Output | Params |\n|---|---|---|\n| Input | 28x28x1 | 0 |\n| CONV3-10 | 28x28x10 | 100 |\n| POOL2 | 14x14x10 | 0 |\n| FC-3 | 3 | ? |\n",
    "notes.txt": "",
  });
  await code.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await code.openFile("table.md");
  await code.goTo(4, 3);
  await code.runCommand("Dimsum: Copy as PyTorch");
  await code.page.waitForTimeout(400);
  const text = await pasted(code);
  assert.match(text, /nn\.Conv2d\(1, 10, 3, padding=1\), +# \(N, 10, 28, 28\)/);
  assert.match(text, /nn\.Flatten\(\), +# \(N, 1960\)\n +nn\.Linear\(1960, 3\), +# \(N, 3\)/);
});

test("The outline lists a model with its layers and what they give.", async () => {
  const code = await openVSCode({ "net.py": NET });
  await code.openFile("net.py");
  await code.until(async () => (await code.inlayHints()).length >= 2);
  await code.runCommand("Go to Symbol in Editor...");
  const rows = code.page.locator(".quick-input-list .monaco-list-row");
  await code.until(async () => (await rows.allInnerTexts()).some((t) => /conv/.test(t)));
  const names = (await rows.allInnerTexts()).join("\n");
  assert.match(names, /Net[\s\S]*conv[\s\S]*pool[\s\S]*fc/);
});
