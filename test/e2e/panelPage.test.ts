import assert from "node:assert/strict";
import { test } from "node:test";
import { layerPicture } from "../../src/check/picture.js";
import { conv, open, until } from "./panelOpened.js";

test("A frame is saved as SVG and PNG, and all of them as a GIF; the arithmetic is copied.", async () => {
  const { page, told } = await open(conv);
  const saved = async (name: string): Promise<Buffer> => {
    await page.getByText(name, { exact: true }).click();
    const ending = `.${name.toLowerCase()}`;
    const found = async () => (await told("save")).find((message) => String(message.name).endsWith(ending));
    await until(async () => (await found()) !== undefined);
    return Buffer.from(String((await found())?.base64), "base64");
  };
  const svg = (await saved("SVG")).toString("utf8");
  assert.match(svg, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  const wellFormed = await page.evaluate(
    (text) => new DOMParser().parseFromString(text, "image/svg+xml").querySelector("parsererror") === null,
    svg,
  );
  assert.ok(wellFormed);
  assert.match(svg, /y\[0, 0\] = /);
  assert.equal((await saved("PNG")).subarray(1, 4).toString("latin1"), "PNG");
  const gif = await saved("GIF");
  assert.equal(gif.subarray(0, 6).toString("latin1"), "GIF89a");
  // One image a step: each begins with its control block and ends the last one's delay.
  assert.equal(gif.toString("latin1").split("\x21\xf9\x04").length - 1, 25);
  await page.getByText("Markdown", { exact: true }).click();
  await page.getByText("LaTeX", { exact: true }).click();
  await until(async () => (await told("copy")).length === 2);
  const [markdown, latex] = (await told("copy")).map(({ text }) => String(text));
  assert.match(markdown ?? "", /\| ---: \|/);
  assert.match(latex ?? "", /\\begin\{pmatrix\}[\s\S]*\\begin\{align\*\}/);
  await page.close();
});

test("A long animation shows its progress and can be ended.", async () => {
  const large = { ...conv, input: [1, 1, 10, 10] };
  const { page, told, text } = await open(large);
  await page.getByText("GIF", { exact: true }).click();
  await page.locator("progress").waitFor({ state: "visible" });
  await page.getByText("Cancel", { exact: true }).click();
  await until(async () => /was ended/.test(await text()));
  assert.deepEqual(await told("save"), []);
  assert.equal(await page.locator("progress").isVisible(), false);
  await page.close();
});

test("The keyboard alone walks through the grids, pins, lets go, plays, and asks for another number.", async () => {
  const { page, told, text } = await open(conv);
  const output = page.getByRole("grid", { name: /^Output/ });
  await output.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  assert.match(await text(), /y\[1, 1\] = /);
  assert.match((await output.getAttribute("aria-activedescendant")) ?? "", /windows/);
  await page.getByRole("grid", { name: /^Input/ }).focus();
  await page.keyboard.press("ArrowRight");
  assert.match(await text(), /x\[0, 0\] is read by 4 windows/);
  await page.keyboard.press("Enter");
  await page.keyboard.type("7");
  await page.keyboard.press("Enter");
  const cell = { do: "cell", tensor: "input", at: 0 };
  assert.deepEqual(await told("edit"), [{ type: "edit", edit: { ...cell, value: 7 } }]);
  // The page is told anew after an edit; whoever was in a grid is in it still.
  await page.keyboard.press("Enter");
  await page.keyboard.type("abc");
  await page.keyboard.press("Enter");
  assert.match((await page.getByRole("alert").textContent()) ?? "", /Write a number such as/);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("4000");
  await page.keyboard.press("Enter");
  assert.match((await page.getByRole("alert").textContent()) ?? "", /up to 1000/);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("−1/3");
  await page.keyboard.press("Enter");
  assert.deepEqual((await told("edit"))[1], { type: "edit", edit: { ...cell, value: -1 / 3 } });
  await page.keyboard.press("Control+Z");
  assert.deepEqual((await told("edit"))[2], { type: "edit", edit: { do: "undo" } });
  await page.keyboard.press("Escape");
  assert.match(await text(), /The window lies on/);
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press(" ");
  await page.getByRole("button", { name: "Pause" }).waitFor();
  await page.keyboard.press(" ");
  await page.getByRole("button", { name: "Play" }).waitFor();
  await page.close();
});

test("A matrix is asked for in the channel that is shown, of the input and of the kernel.", async () => {
  const { page, told } = await open({ ...conv, args: { ...conv.args, in_channels: 3 }, input: [1, 3, 5, 5] });
  const paste = async (button: string): Promise<unknown> => {
    await page.getByText(button, { exact: true }).click();
    return (await told("paste")).at(-1);
  };
  assert.deepEqual(await paste("… as kernel"), { type: "paste", tensor: "weight", plane: 0 });
  await page.getByRole("button", { name: "Show channel 2" }).click();
  assert.deepEqual(await paste("… as kernel"), { type: "paste", tensor: "weight", plane: 2 });
  assert.deepEqual(await paste("Matrix at the cursor as input"), { type: "paste", tensor: "input", plane: 2 });
  await page.close();
});

test("A wrong prediction names its mistake, or only that it is wrong, as the course wants; what is hidden is nowhere on the page.", async () => {
  const picture = layerPicture(conv);
  assert.ok(picture.kind === "window");
  const [forward] = picture.passes;
  const slip = forward?.slips?.find((s) => /bias/.test(s.text));
  for (const reveal of ["answer", "hint", "verdict"]) {
    const { page, text } = await open(conv, { reveal });
    await page.getByText("Predict: hide").click();
    assert.match(await text(), /y\[0, 0\] = \?/);
    assert.equal(await page.getByText("Show it", { exact: true }).isVisible(), reveal === "answer");
    await page
      .getByRole("textbox")
      .first()
      .fill(slip?.values[0]?.[0] ?? "");
    await page.keyboard.press("Enter");
    await until(async () => /is not right/.test(await text()));
    assert.equal((await text()).includes(slip?.text ?? "?"), reveal !== "verdict");
    await page
      .getByRole("textbox")
      .first()
      .fill((forward?.windows[0]?.[0] ?? "").replace("−", "-"));
    await page.keyboard.press("Enter");
    await until(async () => /is right\./.test(await text()));
    await page.close();
  }
});

for (const [width, zoom] of [
  [280, 1],
  [560, 2],
] as const) {
  test(`Nothing is cut off at ${width} pixels and ${zoom * 100} % zoom: only grids scroll, in themselves.`, async () => {
    const { page } = await open({ ...conv, input: [1, 1, 28, 28] }, { width, theme: "dark" });
    await page.evaluate((factor) => {
      document.documentElement.style.setProperty("zoom", String(factor));
      dispatchEvent(new Event("resize"));
    }, zoom);
    for (const button of ["Forward", "Back to dX", "Back to dW"]) {
      await page.getByRole("button", { name: button }).click();
      const over = await page.evaluate(() =>
        [...document.querySelectorAll("body *")]
          .filter((node) => !node.closest(".scroll, .heard, vscode-dropdown") && node.getClientRects().length > 0)
          .filter(
            (node) => node.getBoundingClientRect().right > document.documentElement.getBoundingClientRect().right + 1,
          )
          .map((node) => `${node.tagName} ${node.className}`),
      );
      assert.deepEqual(over, [], button);
    }
    await page.close();
  });
}

test("Nothing runs while the panel is hidden, and no timer is left when it stands.", async () => {
  const { page } = await open(conv);
  await page.evaluate(() => {
    const global = globalThis as unknown as { timers: number };
    global.timers = 0;
    const own = setTimeout;
    globalThis.setTimeout = ((run: () => void, ...rest: number[]) => {
      global.timers++;
      return own(run, ...rest);
    }) as unknown as typeof setTimeout;
  });
  const timers = (): Promise<number> => page.evaluate(() => (globalThis as unknown as { timers: number }).timers);
  await page.getByRole("button", { name: "Play" }).click();
  await until(async () => (await timers()) > 1);
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { value: true, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  const started = await timers();
  const step = await page.locator(".count").innerText();
  await new Promise((resolve) => setTimeout(resolve, 2500));
  assert.equal(await timers(), started);
  assert.equal(await page.locator(".count").innerText(), step);
  await page.close();
});
