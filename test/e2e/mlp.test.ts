import assert from "node:assert/strict";
import { test } from "node:test";
import type { Frame, Page } from "playwright-core";
import { openVSCode } from "./vscode.js";

const MODELS = `import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 128)
        self.drop = nn.Dropout(0.2)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = x.view(-1, 784)
        x = self.drop(F.relu(self.fc1(x)))
        return F.log_softmax(self.fc2(x), dim=1)

class Pixels(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 8, 3)

    def forward(self, x):
        return self.conv(x)

Net()(torch.zeros(4, 1, 28, 28))
Pixels()(torch.zeros(4, 1, 28, 28))
`;

test("The panel goes through a network neuron by neuron and back, and through an image pixel by pixel.", async () => {
  const code = await openVSCode({ "models.py": MODELS });
  await code.openFile("models.py");
  await code.goToText("self.fc1 = ");
  await code.runCommand("Dimsum: Show Network");
  const panel = await code.webview(".box");
  const text = (): Promise<string> => panel.locator("body").innerText();
  const press = (name: string): Promise<void> => panel.getByRole("button", { name, exact: true }).click();
  await press("MLP");
  await code.until(async () => /784 → 128 → 10; at most 4 neurons/.test(await text()));
  assert.match(await text(), /Net line 5/);
  assert.match(await text(), /a1\[0\] = /);
  // A softmax behind the last layer belongs to the loss: there is no other.
  assert.equal(await panel.getByRole("button", { name: "Squared error" }).count(), 0);
  await panel.getByRole("slider").press("End");
  await code.until(async () => /L ≈ [\s\S]*p = softmax\([^)]*\) ≈ \(/.test(await text()));
  await press("Backward");
  await code.until(async () => /δ2\[0\] = dL\/dz2\[0\] ≈ /.test(await text()));
  assert.match(await text(), /dL\/dw2\[0, 3\]/);
  await code.goToText("self.conv = ");
  await code.until(async () => /Pixels is not drawn neuron by neuron: Conv2d is not drawn/.test(await text()));
  assert.match(await text(), /A small network/);
  await press("Filters");
  const response = panel.getByRole("application", { name: "Response" });
  await code.until(async () => /y\[12, 28\] = /.test(await text()));
  await response.press("ArrowDown");
  await code.until(async () => /y\[13, 28\] = /.test(await text()));
  const before = await text();
  await press("Convolution");
  await code.until(async () => (await text()) !== before && /y\[13, 28\] = /.test(await text()));
  const value = async (): Promise<string> => /y\[13, 28\] ([=≈] \S+)/.exec(await text())?.[1] ?? "";
  // What is being typed stays, whatever is answered meanwhile.
  const middle = panel.getByRole("spinbutton", { name: "w[1, 1]" });
  await middle.fill("7");
  const { width, height } = (await response.locator("canvas").boundingBox()) ?? { width: 0, height: 0 };
  await response.hover({ position: { x: (width * 28.5) / 96, y: (height * 14.5) / 96 } });
  await code.until(async () => /y\[14, 28\] = /.test(await text()));
  assert.equal(await middle.inputValue(), "7");
  await response.hover({ position: { x: (width * 28.5) / 96, y: (height * 13.5) / 96 } });
  await code.until(async () => /y\[13, 28\] = /.test(await text()));
  const turned = await value();
  await middle.press("Enter");
  await code.until(async () => (await value()) !== turned);
  await enter(panel, "Divided by", 16);
  await code.until(async () => (await value()).startsWith("≈"));
  // What was chosen is there again after another page.
  await press("Layer");
  await code.until(async () => (await panel.locator(".filters").count()) === 0);
  await press("Filters");
  await code.until(async () => (await panel.getByRole("spinbutton", { name: "w[1, 1]" }).inputValue()) === "7");
});

test("A reader's own image is filtered by its own grey levels, and a file that is no image is told so.", async () => {
  const code = await openVSCode({ "models.py": MODELS });
  await code.openFile("models.py");
  await code.goToText("self.fc1 = ");
  await code.runCommand("Dimsum: Show Layer");
  const panel = await code.webview(".pin");
  const text = (): Promise<string> => panel.locator("body").innerText();
  await panel.getByRole("button", { name: "Filters", exact: true }).click();
  await code.until(async () => /y\[12, 28\] = /.test(await text()));
  // A square of odd levels, so that no two windows and no turned kernel give the same.
  const levels = Array.from({ length: 6 }, (_, row) =>
    Array.from({ length: 7 }, (_, col) => (row * 83 + col * 59 + row * col * 31 + 11) % 256),
  );
  const file = panel.getByLabel("An image of yours");
  await file.setInputFiles({ name: "mine.png", mimeType: "image/png", buffer: await greyPng(code.page, levels) });
  const image = panel.getByRole("img", { name: /^Image, 6 × 7 pixels/ });
  await image.waitFor();
  assert.deepEqual(
    await image.evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      return [...data].filter((_, index) => index % 4 === 0);
    }),
    levels.flat(),
  );
  // It is none of the images that are offered.
  assert.equal(await panel.getByRole("group", { name: "Image" }).locator("[aria-pressed=true]").count(), 0);
  const kernel = [
    [1, -2, 3],
    [-4, 5, -6],
    [7, 8, -9],
  ];
  for (const [row, weights] of kernel.entries())
    for (const [col, weight] of weights.entries()) await enter(panel, `w[${row}, ${col}]`, weight);
  await enter(panel, "Divided by", 1);
  const answer = (row: number, col: number): number =>
    kernel
      .flatMap((weights, r) => weights.map((weight, c) => weight * (levels[row + r - 1]?.[col + c - 1] ?? 0)))
      .reduce((sum, each) => sum + each, 0);
  const shows = async (row: number, col: number): Promise<void> => {
    const said = `y[${row}, ${col}] = ${answer(row, col)}`.replace("-", "−");
    await code.until(async () => (await text()).split("\n").includes(said));
  };
  // The chosen pixel is the last one of a smaller image.
  await shows(5, 6);
  await panel.getByRole("application", { name: "Response" }).press("ArrowUp");
  await panel.getByRole("application", { name: "Response" }).press("ArrowLeft");
  await shows(4, 5);
  await file.setInputFiles({ name: "notes.png", mimeType: "image/png", buffer: Buffer.from("no image at all") });
  const said = "notes.png cannot be read as an image. Choose a PNG, JPEG, GIF or WebP.";
  await code.until(async () => (await text()).includes(said));
  // What was there stays.
  await shows(4, 5);
  assert.equal(await image.count(), 1);
});

/** A PNG of grey levels, as a browser writes it. */
async function greyPng(page: Page, levels: readonly (readonly number[])[]): Promise<Buffer> {
  const base64 = await page.evaluate((rows) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [rows[0]?.length ?? 0, rows.length];
    const image = new ImageData(canvas.width, canvas.height);
    image.data.set(rows.flat().flatMap((level) => [level, level, level, 255]));
    canvas.getContext("2d")?.putImageData(image, 0, 0);
    return canvas.toDataURL("image/png").split(",")[1] ?? "";
  }, levels);
  return Buffer.from(base64, "base64");
}

/** Writes a number into a field and leaves it. */
async function enter(panel: Frame, name: string, value: number): Promise<void> {
  const field = panel.getByRole("spinbutton", { name });
  await field.fill(String(value));
  await field.press("Enter");
}
