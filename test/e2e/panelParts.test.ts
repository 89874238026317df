import assert from "node:assert/strict";
import { test } from "node:test";
import type { LayerCall } from "../../src/check/picture.js";
import type { NetworkPicture } from "../../src/protocol.js";
import { conv, open } from "./panelOpened.js";

test("What stands below the arithmetic does not move from step to step, forward and back.", async () => {
  const layers: LayerCall[] = [
    { ...conv, args: { ...conv.args, stride: 2 } },
    { name: "MaxPool2d", args: { kernel_size: 3, stride: 2, padding: 1 }, input: [1, 1, 5, 5] },
    { name: "LPPool2d", args: { norm_type: 2, kernel_size: 2, stride: 1 }, input: [1, 1, 3, 3] },
  ];
  for (const width of [280, 520])
    for (const layer of layers) {
      const { page, text } = await open(layer, { width });
      for (const name of ["Forward", "Back to dX"]) {
        await page.getByRole("button", { name, exact: true }).click();
        const steps = Number(/\d+ \/ (\d+)/.exec(await text())?.[1]);
        const heights = new Set<number>();
        for (let step = 0; step < steps; step++) {
          heights.add(await page.locator(".step").evaluate((place) => place.getBoundingClientRect().height));
          await page.getByRole("slider").press("ArrowRight");
        }
        assert.equal(heights.size, 1, `${layer.name} ${name} ${width}: ${[...heights].join()}`);
      }
      await page.close();
    }
});

test("The receptive field is asked for once, follows the output at hand, and leads to that unit in the network.", async () => {
  const source = { uri: "file:///net.py", line: 4 };
  const layer: LayerCall = { ...conv, title: "nn.Conv2d(1, 2, 3, padding=1)", output: [1, 2, 5, 5], source };
  const window = { how: "window", kernel: 3, stride: 1, padding: 1, dilation: 1 } as const;
  const amount = { text: "0", value: 0 };
  const step = { what: "", params: amount, memory: amount, group: -1, sizes: [5, 5] };
  const heading = { key: "network Net", title: "Net()", text: "", facts: [], formulas: [], source };
  const network: NetworkPicture = {
    kind: "network",
    heading,
    nodes: [
      { ...step, role: "input", name: "input", shape: "1 × 1 × 5 × 5" },
      { ...step, role: "layer", name: "conv", what: "Conv2d", shape: "1 × 2 × 5 × 5", source },
    ],
    edges: [{ from: 0, to: 1, reads: [window, window] }],
    groups: [],
    axes: 2,
    notes: [],
  };
  const { page, told, text } = await open(layer, { width: 280 });
  assert.deepEqual(await told("network"), []);
  await page.getByText("Receptive field through your network").click();
  await page.getByRole("slider").press("ArrowRight");
  assert.equal((await told("network")).length, 1);
  const data = { type: "network", picture: network };
  await page.evaluate((message) => dispatchEvent(new MessageEvent("message", { data: message })), data);
  assert.match(await text(), /field 3, jump 1, start −1/);
  assert.match(
    await text(),
    /y\[0, 1\] of conv sees rows −1 to 1 and columns 0 to 2[\s\S]*it reads rows 0 to 1 and columns 0 to 2/,
  );
  await page.getByRole("slider").press("End");
  assert.match(await text(), /y\[4, 4\] of conv sees rows 3 to 5/);
  await page.getByText("Show in the network").click();
  assert.deepEqual((await told("keep")).at(-1), {
    type: "keep",
    state: { layer: "network Net", step: 0, options: { chosen: 1, unit: [4, 4] } },
  });
  assert.deepEqual((await told("show")).at(-1), { type: "show", view: "network" });
  await page.getByRole("button", { name: "Back to dX" }).click();
  assert.match(await text(), /Go forward to see/);
  await page.close();
});

test("A layer that does not fit is marked in red and in words, and has no time to go through.", async () => {
  const args = { in_channels: 64, out_channels: 8, kernel_size: 3 };
  const calls: [LayerCall, RegExp][] = [
    [{ name: "Conv2d", args, input: [4, 32, 14, 14] }, /32 channels come in here, this layer takes 64\./],
    [{ name: "Linear", args: { in_features: 400 }, input: [4, 1] }, /1 feature comes in here, this layer takes 400\./],
    [{ name: "MaxPool2d", args: { kernel_size: 4 }, input: [4, 8, 3, 3] }, /covers 4 × 4 places, [^.]* only 3 × 3\./],
  ];
  for (const [call, words] of calls)
    for (const theme of ["light", "dark"]) {
      const { page, text } = await open({ ...call, problem: "It does not fit." }, { theme, width: 280 });
      assert.match(await text(), words);
      assert.match(await text(), /This does not fit/);
      assert.equal(await page.getByRole("slider").count(), 0);
      assert.equal(await page.locator(".mismatch .meets").first().isVisible(), true);
      await page.close();
    }
});
