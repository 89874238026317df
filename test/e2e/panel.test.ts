import assert from "node:assert/strict";
import { test } from "node:test";
import { openVSCode } from "./vscode.js";

test("Show Layer opens the panel for the layer at the cursor; it steps, and follows the cursor.", async () => {
  const code = await openVSCode();
  await code.openFile("lenet.py");
  await code.until(async () => (await code.inlayHints()).length >= 6);
  await code.goToText("self.conv1 = nn");
  await code.runCommand("Dimsum: Show Layer");
  const panel = await code.webview();
  const text = (): Promise<string> => panel.locator("body").innerText();
  await code.until(async () => /Conv2d/.test(await text()));
  const first = await text();
  assert.match(first, /64 × 6 × 28 × 28/);
  assert.match(first, /y\[0, 0\] = /);
  assert.match(first, /1 \/ \d+/);
  await panel.locator("[role=slider], input[type=range]").first().press("ArrowRight");
  await code.until(async () => /y\[0, 1\] = /.test(await text()));
  await code.goToText("self.pool = nn");
  await code.until(async () => /MaxPool2d/.test(await text()));
  assert.match(await text(), /64 × 6 × 14 × 14|64 × 16 × 5 × 5/);
  await code.goToText("self.fc1 = nn");
  await code.until(async () => /Linear/.test(await text()));
  assert.match(await text(), /48,?120/);
});

test("The panel's switch turns the kernel into that of a true convolution.", async () => {
  const code = await openVSCode();
  await code.openFile("lenet.py");
  await code.until(async () => (await code.inlayHints()).length >= 6);
  await code.goToText("self.conv2 = nn");
  await code.runCommand("Dimsum: Show Layer");
  const panel = await code.webview();
  const text = (): Promise<string> => panel.locator("body").innerText();
  await code.until(async () => /Conv2d/.test(await text()));
  const before = await text();
  await panel.getByText("True convolution").click();
  await code.until(async () => (await text()) !== before);
  assert.match(await text(), /turned|180°/);
});
