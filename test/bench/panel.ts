import { chromium } from "playwright-core";
import { findBrowser } from "../../.scripts/browser.mjs";
import { build } from "../../.scripts/build.mjs";
import { panelPage } from "../../.scripts/panelPage.mjs";
import { type LayerCall, layerPicture } from "../../src/check/picture.js";

const conv = (size: number, args: LayerCall["args"]): LayerCall => ({
  name: "Conv2d",
  args: { out_channels: 2, ...args },
  input: [1, args.in_channels as number, size, size],
});
const LAYERS: readonly (readonly [string, LayerCall])[] = [
  ["a sample of 6×6", conv(28, { in_channels: 1, kernel_size: 3, padding: 1 })],
  ["2×64×64", conv(64, { in_channels: 2, kernel_size: 3, padding: 1 })],
  ["3×224×224", conv(224, { in_channels: 3, kernel_size: 7, stride: 2, padding: 3 })],
];
const STEPS = 60;

await build({ isTight: false });
const found = await findBrowser();
if (!found) throw new Error("No browser was found.");
const browser = await chromium.launch({
  executablePath: found.executablePath,
  env: found.env as Record<string, string>,
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage({ viewport: { width: 900, height: 1200 } });
await page.setContent(panelPage());
for (const [name, call] of LAYERS) {
  const picture = layerPicture(call, { real: name !== LAYERS[0]?.[0] });
  for (const pass of ["Forward", "Back to dX", "Back to dW"]) {
    const { first, frames, fill } = await page.evaluate(
      async ({ shown, button, steps }) => {
        const time = (run: () => void): number => {
          const start = performance.now();
          run();
          return performance.now() - start;
        };
        const send = (): void => {
          const data = { type: "picture", picture: shown, pinned: false, reveal: "answer" };
          dispatchEvent(new MessageEvent("message", { data }));
        };
        const opened = time(send);
        const choice = [...document.querySelectorAll("button")].find(({ textContent }) => textContent === button);
        choice?.click();
        const next = (): void => {
          document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
        };
        const times = Array.from({ length: steps }, () => time(next));
        const canvases = [...document.querySelectorAll("canvas")].map((canvas) => canvas.getContext("2d"));
        const fills = Array.from({ length: steps }, () =>
          time(() => {
            for (const context of canvases) {
              context?.clearRect(0, 0, context.canvas.width, context.canvas.height);
              context?.fillRect(0, 0, context.canvas.width, context.canvas.height);
            }
          }),
        );
        return { first: opened, frames: times, fill: fills };
      },
      { shown: picture, button: pass, steps: STEPS },
    );
    const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;
    const [frame, plain] = [median(frames), median(fill)];
    console.log(
      `  ${name}, ${pass}: a frame ${frame.toFixed(2)} ms, at most ${Math.max(...frames).toFixed(1)}; ${(frame / Math.max(plain, 0.01)).toFixed(0)} times clearing and filling its canvases; the first page ${first.toFixed(0)} ms`,
    );
  }
}
await browser.close();
