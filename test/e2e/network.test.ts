import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { openVSCode } from "./vscode.js";

const files = Object.fromEntries(
  ["plain", "residual", "unet", "mismatch"].map((name) => [
    `${name}.py`,
    readFileSync(`test/fixtures/networks/${name}.py`, "utf8"),
  ]),
);

test("Show Network draws the model around the cursor; a click goes to the line, arrow keys walk, its numbers are a level down, and the switch goes back.", async () => {
  const code = await openVSCode(files);
  await code.openFile("plain.py");
  await code.goToText("def forward");
  await code.runCommand("Dimsum: Show Network");
  const panel = await code.webview(".box");
  const text = (): Promise<string> => panel.locator("body").innerText();
  assert.match(await text(), /Digits\(\)[\s\S]*29,610/);
  const box = (name: string) => panel.locator(".box", { has: panel.getByText(name, { exact: true }) });
  await box("conv2").focus();
  await code.until(async () => /y\[2, 2\] of conv2 sees rows 7 to 18/.test(await text()));
  await box("conv2").press("ArrowDown");
  await code.until(async () => /F\.relu/.test((await panel.locator(".box:focus").innerText()) ?? ""));
  await panel.locator(".box:focus").press("ArrowUp");
  await panel.locator(".box:focus").press("Enter");
  await code.until(async () => (await code.page.locator(".statusbar-item", { hasText: /^Ln 10,/ }).count()) > 0);
  await panel.getByRole("button", { name: "Table" }).click();
  await code.until(async () => (await panel.locator("table.steps tbody tr").count()) === 11);
  const title = code.page.locator(".pane-header, .composite.title").filter({ hasText: /Dimsum/i });
  await code.until(async () => /network/i.test(await title.first().innerText()));
  // One level down: the numbers of the chosen layer.
  await panel.getByRole("button", { name: "Look inside" }).click();
  await code.until(async () => (await panel.locator(".network").count()) === 0);
  await code.until(async () => /nn\.Conv2d\([\s\S]*y\[0, 0\] = /.test(await text()));
  assert.match(await text(), /line 10/);
  await code.until(async () => /layer/i.test(await title.first().innerText()));
  await panel.getByRole("button", { name: "Network", exact: true }).click();
  await code.until(async () => (await panel.locator(".network").count()) === 1);
  await panel.getByRole("button", { name: "Layer", exact: true }).click();
  await code.until(async () => (await panel.locator(".network").count()) === 0);
});

test("A residual network has its skips at the side and equal blocks as one, which a click unfolds.", async () => {
  const code = await openVSCode(files);
  await code.openFile("residual.py");
  await code.goToText("class SmallResNet");
  await code.runCommand("Dimsum: Show Network");
  const panel = await code.webview(".box");
  assert.ok((await panel.locator(".edge.skip").count()) >= 3);
  const before = await panel.locator(".box").count();
  await panel.getByRole("button", { name: "Show all 3" }).click();
  await code.until(async () => (await panel.locator(".box").count()) > before);
  await code.openFile("unet.py");
  await code.goToText("class UNet");
  // The list of files took the panel's place.
  await code.runCommand("Dimsum: Show Network");
  const other = await code.webview(".box");
  await code.until(async () => /UNet\(\)/.test(await other.locator("h1").innerText()));
  assert.equal(await other.locator(".edge.skip").count(), 2);
});

test("A step that does not fit is marked, with the two numbers that do not meet, and said in a sentence.", async () => {
  const code = await openVSCode(files);
  await code.openFile("mismatch.py");
  await code.goToText("def forward");
  await code.runCommand("Dimsum: Show Network");
  const panel = await code.webview(".box");
  assert.equal(await panel.locator(".box.wrong").count(), 2);
  assert.deepEqual(await panel.locator(".meets").allTextContents(), ["16 ≠ 8", "6272 ≠ 400"]);
  await panel.locator(".box.wrong").first().focus();
  await code.until(async () =>
    /conv1 gives 16 channels, conv2 takes 8\. Set in_channels to 16\./.test(
      await panel.locator(".details").innerText(),
    ),
  );
  // The layer itself is told with the one before it, and the network is not drawn neuron by neuron as if it fitted.
  await panel.getByRole("button", { name: "Look inside" }).click();
  const text = (): Promise<string> => panel.locator("body").innerText();
  await code.until(async () =>
    /This does not fit[\s\S]*16 channels come in here, this layer takes 8/.test(await text()),
  );
  assert.match(await panel.getByRole("alert").first().innerText(), /^conv1 gives 16 channels, conv2 takes 8\./);
  await panel.getByRole("button", { name: "MLP", exact: true }).click();
  await code.until(async () => /A small network/.test(await text()));
  assert.match(
    await panel.getByRole("alert").first().innerText(),
    /is not drawn neuron by neuron: conv1 gives 16 channels, conv2 takes 8\./,
  );
});
