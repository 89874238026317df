import assert from "node:assert/strict";
import { test } from "node:test";
import { openVSCode } from "./vscode.js";

test("Wrong cells of a Markdown table are underlined at the cell, live while typing, with the mistake's name.", async () => {
  const code = await openVSCode();
  await code.openFile("homework.md");
  await code.until(async () => (await code.squiggles()).length >= 3);
  assert.deepEqual(
    (await code.squiggles()).slice(0, 3).map(({ severity, text }) => [severity, text]),
    [
      ["error", "90"],
      ["error", "1000"],
      ["error", "1470"],
    ],
  );
  const hover = await code.hoverAt("1470");
  assert.match(hover, /3·\(490 \+ 1\) = 1,473/);
  assert.match(hover, /Bias forgotten/);
  await code.goToText("1470");
  await code.applyQuickFix("1473");
  await code.until(async () => !(await code.squiggles()).some((s) => s.text === "1470"));
  await code.goToText("90         |");
  await code.page.keyboard.press("Delete");
  await code.type("10");
  await code.until(async () => !(await code.squiggles()).some((s) => s.text === "90"));
});

test("Check CNN Table shows every cell with its verdict, and a click jumps to the cell.", async () => {
  const code = await openVSCode();
  await code.openFile("homework.md");
  await code.until(async () => (await code.squiggles()).length >= 3);
  await code.runCommand("Dimsum: Check CNN Table");
  const report = await code.webview("table");
  assert.equal(await report.locator("section").count(), 4);
  assert.equal(await report.locator("section").nth(1).locator("td.wrong").count(), 3);
  assert.equal(await report.locator("section").nth(1).locator("td.right").count(), 10);
  assert.equal(await report.locator("section").nth(2).locator("td.blank").count(), 4);
  await report.locator("td.wrong a", { hasText: "1000" }).click();
  await code.until(async () => /Ln 27, Col \d+ \(4 selected\)/.test(await code.page.locator(".statusbar").innerText()));
});

test("A blank cell is filled in on request, alone or with all others of its table.", async () => {
  const code = await openVSCode();
  await code.openFile("homework.md");
  await code.until(async () => (await code.squiggles()).length >= 3);
  await code.goToText("?        | 0");
  assert.deepEqual(await code.quickFixes(), ["Fill in 14×14×6", "Fill in all 4 blank cells of this table"]);
  await code.page.keyboard.press("Escape");
  await code.applyQuickFix("all 4 blank cells");
  await code.until(async () => /MaxPool 2×2, stride 2 +\| 14×14×6/.test(await code.text()));
  assert.match(await code.text(), /Conv 5×5, 6, pad 0 +\| 28×28×6 +\| 456/);
});

test("LaTeX tables and the Markdown cells of a notebook are checked too.", async () => {
  const code = await openVSCode();
  await code.openFile("homework.tex");
  // Both wrong cells have to be in view.
  await code.goTo(39);
  await code.until(async () => (await code.squiggles()).length >= 2);
  assert.deepEqual(
    (await code.squiggles()).map((s) => s.line),
    [36, 42],
  );
  await code.openFile("notebook.ipynb");
  await code.page.waitForTimeout(1500);
  await code.editCell(0);
  await code.until(async () => (await code.squiggles()).some((s) => s.text === "4,608"));
});

test("With the setting at verdict, no message, hover or fix gives a number away.", async () => {
  const code = await openVSCode({
    "homework.md":
      "| Layer | Output | Params |\n|---|---|---|\n| Input | 28x28x1 | 0 |\n| CONV3-10 | 28x28x10 | 90 |\n| POOL2 | 14x14x10 | 0 |\n| FC-3 | 3 | ? |\n",
    ".vscode/settings.json": '{ "dimsum.reveal": "verdict" }',
  });
  await code.openFile("homework.md");
  await code.until(async () => (await code.squiggles()).length === 1);
  assert.doesNotMatch(await code.hoverAt("90 |"), /100/);
  await code.goToText("? |");
  assert.deepEqual(await code.quickFixes(), []);
});
