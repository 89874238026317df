import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import type { Frame } from "playwright-core";
import { openVSCode } from "./vscode.js";

const axe = readFileSync(createRequire(`${process.cwd()}/`).resolve("axe-core/axe.min.js"), "utf8");

const LAYERS = `from torch import nn

conv = nn.Conv2d(2, 2, 3, stride=2, padding=1)
wide = nn.Conv1d(1, 1, 3)
deep = nn.Conv3d(1, 1, 2)
back = nn.ConvTranspose2d(1, 1, 3, stride=2)
most = nn.MaxPool2d(2, stride=1)
mean = nn.AvgPool2d(3, stride=2, padding=1)
line = nn.Linear(4, 3)
soft = nn.ReLU()
`;

/** What the accessibility checker says of the panel, one line a finding. */
async function findings(panel: Frame): Promise<string[]> {
  await panel.evaluate(axe);
  return panel.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as {
      axe: {
        run: (
          root: Element,
        ) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
      };
    };
    const { violations } = await checker.run(document.body);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
    );
  });
}

for (const theme of ["light", "dark", "hc"] as const) {
  test(`An accessibility checker finds nothing in any scene: ${theme}.`, async () => {
    const code = await openVSCode({ "layers.py": LAYERS });
    await code.setTheme(theme);
    await code.openFile("layers.py");
    await code.goToText("conv = nn");
    await code.runCommand("Dimsum: Show Layer");
    const panel = await code.webview();
    const text = (): Promise<string> => panel.locator("body").innerText();
    const check = async (what: string): Promise<void> => {
      // A grid that has just come is painted, and a frame glides, before colours are measured.
      await new Promise((resolve) => setTimeout(resolve, 250));
      assert.deepEqual(await findings(panel), [], what);
    };
    for (const [name, layer] of [
      ["conv", "Conv2d"],
      ["wide", "Conv1d"],
      ["deep", "Conv3d"],
      ["back", "ConvTranspose2d"],
      ["most", "MaxPool2d"],
      ["mean", "AvgPool2d"],
      ["line", "Linear"],
      ["soft", "ReLU"],
    ] as const) {
      await code.goToText(`${name} = nn`);
      await code.until(async () => (await text()).includes(`${layer}(`));
      await check(layer);
      for (const pass of ["Back to dX", "Back to dW"]) {
        const button = panel.getByRole("button", { name: pass });
        if ((await button.count()) === 0) continue;
        await button.click();
        await check(`${layer}, ${pass}`);
      }
    }
    await code.goToText("conv = nn");
    await code.until(async () => (await text()).includes("Conv2d("));
    await panel.getByRole("button", { name: "Forward" }).click();
    for (const view of ["Matrix", "im2col"]) {
      await panel.getByRole("button", { name: view, exact: true }).click();
      await check(view);
    }
    await panel.getByText("Predict: hide").click();
    await check("predicting");
  });
}
