import { openVSCode } from "./vscode.js";

/** Takes the README's and the walkthrough's pictures: `node .scripts/drive.mjs test/e2e/pictures.ts`. */
const folder = "media/pictures";
const code = await openVSCode();
const { page } = code;

/** Waits until nothing moves any more, then takes a part of the window. */
async function picture(
  name: string,
  clip: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): Promise<void> {
  await page.waitForTimeout(1500);
  await page.screenshot({ path: `${folder}/${name}.png`, clip });
}

/** Only the editors: no side bar. */
async function hideSideBar(): Promise<void> {
  await page.keyboard.press("Control+B");
  await page.waitForTimeout(400);
}

await code.setTheme("light");
await code.openFile("mistakes.py");
await hideSideBar();
await code.until(async () => (await code.squiggles()).length >= 4);
await code.hoverAt("64 * 8 * 8");
await picture("python", { x: 48, y: 62, width: 1000, height: 560 });
await page.keyboard.press("Escape");
await code.goToText("64 * 8 * 8");
await page.keyboard.press("ControlOrMeta+.");
await page.locator(".action-widget .monaco-list-row.action").first().waitFor();
await picture("fix", { x: 48, y: 62, width: 1000, height: 560 });
await page.keyboard.press("Escape");

await hideSideBar();
await code.openFile("lenet.py");
await code.codeLenses();
await code.goToText("self.conv2 = nn");
await code.runCommand("Dimsum: Show Layer");
const panel = await code.webview("#panel");
await code.until(async () => /Conv2d/.test(await panel.locator("body").innerText()));
for (let i = 0; i < 7; i++) await panel.locator("[role=slider], input[type=range]").first().press("ArrowRight");
await picture("panel", { x: 0, y: 35, width: 1100, height: 845 });

await code.openFile("homework.md");
await hideSideBar();
await code.goTo(22, 1);
await code.runCommand("Dimsum: Check CNN Table");
await code.webview("table");
await picture("table", { x: 48, y: 35, width: 1350, height: 700 });
