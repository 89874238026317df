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
root = nn.LPPool2d(2, 2)
unit = nn.BatchNorm2d(2)
`;

/** A network with skips, folded groups and branches, and one with steps that do not fit or are not known. */
const NETWORKS = ["residual", "mismatch"]
  .map((name) => readFileSync(`test/fixtures/networks/${name}.py`, "utf8"))
  .join("\n");

/** What the accessibility checker says of the panel, one line a finding. */
async function findings(panel: Frame): Promise<string[]> {
  // It is large, and stays in the page once it is there.
  if (!(await panel.evaluate(() => "axe" in globalThis))) await panel.evaluate(axe);
  return panel.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as {
      axe: {
        run: (
          root: Element,
          options: { resultTypes: string[] },
        ) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
      };
    };
    const { violations } = await checker.run(document.body, { resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
    );
  });
}

for (const theme of ["light", "dark", "hc"] as const) {
  test(`An accessibility checker finds nothing in any scene: ${theme}.`, async () => {
    const code = await openVSCode({ "layers.py": `${LAYERS}\n${NETWORKS}` });
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
      ["root", "LPPool2d"],
      ["unit", "BatchNorm2d"],
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
    await code.goToText("unit = nn");
    await panel.getByRole("button", { name: "Evaluation" }).click();
    await check("evaluation");
    await panel.getByRole("button", { name: "Network", exact: true }).click();
    await code.goToText("class SmallResNet");
    await code.until(async () => (await panel.locator("h1").innerText()).startsWith("SmallResNet("));
    await check("network");
    await panel.getByRole("button", { name: "Show all 3" }).click();
    await panel.getByRole("button", { name: "Memory" }).click();
    await panel.locator(".box.layer").nth(2).focus();
    await check("network, unfolded, with a step chosen");
    await panel.getByRole("button", { name: "Table" }).click();
    await check("network as a table");
    await code.goToText("self.conv2 = nn.Conv2d(8");
    await code.until(async () => (await panel.locator("h1").innerText()).startsWith("Wrong("));
    await check("network that does not fit, as a table");
    await panel.getByRole("button", { name: "Diagram" }).click();
    await panel.locator(".box.wrong").first().focus();
    await check("network that does not fit");
    await panel.getByRole("button", { name: "MLP", exact: true }).click();
    await code.until(async () => (await panel.locator(".graph canvas").count()) > 0);
    await check("network neuron by neuron");
    await panel.getByRole("button", { name: "Backward" }).click();
    await check("network neuron by neuron, back");
    await panel.getByRole("button", { name: "Filters", exact: true }).click();
    await code.until(async () => /y\[12, 28\] = /.test(await text()));
    await check("filters");
  });
}
