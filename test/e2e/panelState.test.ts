import assert from "node:assert/strict";
import { test } from "node:test";
import type { Frame, Page } from "playwright-core";
import { openVSCode, type VSCode } from "./vscode.js";

/** What VS Code has written down of the workspace: by name, what Dimsum asked for among it, and which editors are open. */
async function remembered(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const found: unknown[] = [];
    for (const { name = "" } of await indexedDB.databases()) {
      if (!name.startsWith("vscode-web-state-db-")) continue;
      const database = await answerOf(indexedDB.open(name));
      const items = database.transaction("ItemTable").objectStore("ItemTable");
      for (const key of ["dimsum.dimsum", "memento/workbench.parts.editor"]) found.push(await answerOf(items.get(key)));
      database.close();
    }
    return found.join("\n");
  });
}

/** Loads VS Code anew, once what the panel shows is written down: the extension starts afresh, as when VS Code starts. */
async function reload(code: VSCode, until: (kept: string) => boolean): Promise<void> {
  await code.until(async () => {
    // VS Code writes when the browser is idle, which one without a screen may never be again until another frame is drawn.
    await code.page.evaluate(() => new Promise(requestAnimationFrame));
    return until(await remembered(code.page));
  });
  await code.page.reload();
  await code.page.locator("iframe.webview").first().waitFor({ state: "attached", timeout: 60_000 });
}

/** VS Code writes down which editors are open some seconds later. */
const isOpen = (kept: string): boolean => kept.includes("workbench.editors.files.fileEditorInput");

/** Opens the panel by a command with the cursor at a place of the sample file. */
async function openPanel(code: VSCode, at: string, command: string, selector: string): Promise<Frame> {
  await code.openFile("lenet.py");
  await code.until(async () => (await code.inlayHints()).length >= 6);
  await code.goToText(at);
  await code.runCommand(command);
  return code.webview(selector);
}

async function openLayer(code: VSCode, at: string): Promise<Frame> {
  const panel = await openPanel(code, at, "Dimsum: Show Layer", ".pin");
  await panel.getByRole("button", { name: "Forward" }).waitFor();
  return panel;
}

/** Gives an editor the focus where it says something. */
const clickLine = (code: VSCode, hasText: RegExp): Promise<void> =>
  code.page.locator(".editor-instance .view-line", { hasText }).first().click();

/** The place on the rail, as in "5 / 16". */
const stepOf = async (panel: Frame): Promise<string> =>
  /\d+ \/ \d+/.exec(await panel.locator("body").innerText())?.[0] ?? "";

/** The speed that is chosen. */
const speedOf = (panel: Frame): Promise<string> =>
  panel.getByRole("combobox", { name: "Speed" }).evaluate((list: HTMLSelectElement) => list.value);

/** Goes back to dX for so many steps, and says what number that is. */
async function gradientAt(code: VSCode, panel: Frame, count: number): Promise<string> {
  await panel.getByRole("button", { name: "Back to dX" }).click();
  for (let i = 0; i < count; i++) await panel.getByRole("slider").press("ArrowRight");
  await code.until(async () => (await stepOf(panel)) === `${count + 1} / 16`);
  const value = /dX\[\d, \d\] = \S+/.exec(await panel.locator("body").innerText())?.[0] ?? "";
  assert.notEqual(value, "");
  return value;
}

async function expectGradient(code: VSCode, step: string, value: string): Promise<Frame> {
  const panel = await code.webview(".pin");
  await code.until(async () => (await stepOf(panel)) === step);
  const text = await panel.locator("body").innerText();
  assert.match(text, /nn\.Conv2d\(1, 6, kernel_size=5, padding=2\) line 11/);
  assert.ok(text.includes(value), text);
  return panel;
}

test("A pinned layer is there again after a reload: its pass, its step and its pin.", async () => {
  const code = await openVSCode();
  let panel = await openLayer(code, "self.conv1 = nn");
  const value = await gradientAt(code, panel, 4);
  await panel.getByRole("button", { name: /^Pin:/ }).click();
  const isPinned = (): Promise<void> =>
    panel.getByRole("button", { name: "Pinned: follow the cursor again" }).waitFor();
  await isPinned();
  // The cursor goes elsewhere: it is the pin that brings the layer back.
  await code.goToText("self.fc1 = nn");
  await reload(code, (kept) => kept.includes('"step":4') && kept.includes('["layer",true') && isOpen(kept));
  panel = await expectGradient(code, "5 / 16", value);
  await isPinned();
  await panel.getByRole("button", { name: "Pinned: follow the cursor again" }).click();
  await panel.getByRole("button", { name: /^Pin:/ }).waitFor();
  // The editor has the focus again before a line is asked for.
  await clickLine(code, /self\.pool.=/);
  await code.until(async () => /nn\.MaxPool2d/.test(await panel.locator("body").innerText()));
});

test("The layer that was on show is there again where no file is open any more, at its speed.", async () => {
  const code = await openVSCode();
  const panel = await openLayer(code, "self.conv1 = nn");
  const value = await gradientAt(code, panel, 2);
  const speed = panel.getByRole("combobox", { name: "Speed" });
  await speed.press("ArrowDown");
  assert.equal(await speedOf(panel), "2");
  await code.runCommand("View: Close All Editors");
  await code.page.locator(".tab").first().waitFor({ state: "detached" });
  await reload(code, (kept) => kept.includes('"step":2') && kept.includes('"speed":2'));
  const again = await expectGradient(code, "3 / 16", value);
  await code.until(async () => (await speedOf(again)) === "2");
});

test("The network is there again after a reload, with what was chosen of it.", async () => {
  const code = await openVSCode();
  let panel = await openPanel(code, "self.fc1 = nn", "Dimsum: Show Network", ".box");
  await panel.getByRole("button", { name: "Table" }).click();
  await panel.locator("table.steps").waitFor();
  await reload(code, (kept) => kept.includes('["network",false') && kept.includes('"form":"table"') && isOpen(kept));
  panel = await code.webview(".topic");
  await code.until(async () => (await panel.locator("table.steps").count()) === 1);
  await code.until(async () => /LeNet\(\) line 8/.test(await panel.locator("body").innerText()));
});

test("The numbers that were put into a network are there again after a reload, and can be taken back.", async () => {
  const code = await openVSCode();
  let panel = await openPanel(code, "self.fc1 = nn", "Dimsum: Show Network", ".box");
  await panel.getByRole("button", { name: "MLP", exact: true }).click();
  const input = () => panel.getByRole("grid", { name: /^Input x/ });
  const put = async (number: string): Promise<void> => {
    await input().focus();
    await input().press("ArrowRight");
    await input().press("Enter");
    await panel.getByLabel("Another number for x[0]").fill(number);
    await panel.getByLabel("Another number for x[0]").press("Enter");
  };
  const isShown = (number: string): Promise<void> =>
    code.until(async () => (await panel.locator("body").innerText()).includes(`·${number} + `));
  await put("-1/3");
  await isShown("(−1/3)");
  // The page is built anew with every number; what is refused leaves it as it is.
  await put("1000");
  await panel.getByRole("alert").filter({ hasText: "up to 100" }).waitFor();
  await panel.getByLabel("Another number for x[0]").press("Escape");
  await reload(code, (kept) => kept.includes('["mlp",false') && kept.includes('"do":"cell"') && isOpen(kept));
  panel = await code.webview(".topic");
  await isShown("(−1/3)");
  await put("7");
  await isShown("7");
  await input().press("Control+Z");
  await isShown("(−1/3)");
});

test("The panel in an editor's tab is there again after a reload, with its layer, pass and step.", async () => {
  const code = await openVSCode();
  const panel = await openPanel(code, "self.conv1 = nn", "Dimsum: Show Layer in an Editor Tab", ".pin");
  const value = await gradientAt(code, panel, 4);
  // Nothing but the tab is left: it is what wakes the extension.
  await clickLine(code, /self\.conv1.=/);
  await code.runCommand("View: Close All Editors in Group");
  await reload(
    code,
    (kept) => kept.includes('"step":4') && kept.includes("mainThreadWebview-dimsum.panel") && !isOpen(kept),
  );
  await code.page.locator(".tab", { hasText: "Dimsum: Layer" }).waitFor();
  await expectGradient(code, "5 / 16", value);
});

test("The panel's page keeps to its own policy: nothing is written to the console about it.", async () => {
  const code = await openVSCode();
  const panel = await openLayer(code, "self.conv1 = nn");
  // A button of the toolkit is framed by the keyboard's focus, not by a click.
  const forward = panel.getByRole("button", { name: "Forward" });
  await forward.click();
  await code.until(async () => (await stepOf(panel)) === "1 / 16");
  assert.deepEqual(
    code.console.filter((line) => /Content Security Policy/i.test(line)),
    [],
  );
});
