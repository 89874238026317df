import assert from "node:assert/strict";
import { after, before } from "node:test";
import { type Browser, chromium, type Page } from "playwright-core";
import { findBrowser } from "../../.scripts/browser.mjs";
import { panelPage } from "../../.scripts/panelPage.mjs";
import { type LayerCall, layerPicture } from "../../src/check/picture.js";

let browser: Browser;

before(async () => {
  const found = await findBrowser();
  assert.ok(found, "No browser was found.");
  const env = found.env as Record<string, string>;
  browser = await chromium.launch({
    executablePath: found.executablePath,
    env,
    args: ["--no-sandbox", "--disable-gpu"],
  });
});

after(() => browser.close());

/** A layer to look at. */
export const conv: LayerCall = {
  name: "Conv2d",
  args: { in_channels: 1, out_channels: 2, kernel_size: 3, padding: 1 },
  input: [1, 1, 5, 5],
};

interface Opened {
  readonly page: Page;
  /** What the panel has told its host of a kind. */
  readonly told: (type: string) => Promise<Record<string, unknown>[]>;
  readonly text: () => Promise<string>;
}

/** The panel with a layer, in a page of its own. */
export async function open(call: LayerCall, { width = 700, theme = "light", reveal = "answer" } = {}): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width, height: 1000 } });
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.setContent(panelPage(theme as "light"));
  const data = { type: "picture", view: "layer", picture: layerPicture(call), pinned: false, reveal };
  await page.evaluate((message) => dispatchEvent(new MessageEvent("message", { data: message })), data);
  assert.deepEqual(errors, []);
  return {
    page,
    told: (type) =>
      page.evaluate(
        (kind) =>
          (globalThis as unknown as { told: { type: string }[] }).told.filter((message) => message.type === kind),
        type,
      ),
    text: () => page.locator("body").innerText(),
  };
}

/** Waits until something has come true. */
export const until = async (condition: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 200; tries++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`This did not come true in 10 s: ${condition}`);
};
