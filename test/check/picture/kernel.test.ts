import assert from "node:assert/strict";
import { test } from "node:test";
import { type LayerCall, layerPicture } from "../../../src/check/picture.js";
import type { Edit, WindowPicture } from "../../../src/protocol.js";

const conv: LayerCall = {
  name: "Conv2d",
  args: { in_channels: 1, out_channels: 2, kernel_size: 3 },
  input: [1, 1, 6, 6],
};

function after(...edits: readonly Edit[]): WindowPicture {
  const picture = layerPicture(conv, { edits });
  assert.ok(picture.kind === "window");
  return picture;
}

const blur: Edit = { do: "preset", name: "blur" };
const cell = (tensor: "input" | "weight" | "bias" | "gradOutput"): Edit => ({ do: "cell", tensor, at: 0, value: 3 });
const rows = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
];

test("The kernel has its preset's name until another number is put into it", () => {
  const matrix: Edit = { do: "matrix", tensor: "weight", plane: 0, rows };
  const cases: [readonly Edit[], string][] = [
    [[], "example numbers"],
    [[blur], "blur"],
    [[{ do: "preset", name: "sharpen" }, blur], "blur"],
    [[blur, cell("input"), cell("bias"), cell("gradOutput")], "blur"],
    [[cell("input")], "example numbers"],
    [[blur, cell("weight")], "own numbers"],
    [[blur, matrix], "own numbers"],
    [[cell("weight"), blur], "blur"],
    [[blur, cell("weight"), { do: "reset" }], "example numbers"],
  ];
  for (const [edits, name] of cases) assert.equal(after(...edits).preset, name, JSON.stringify(edits));
});

test("The example's kernel can be chosen again, and leaves the other numbers as they were changed", () => {
  const again: Edit = { do: "preset", name: "example numbers" };
  const kernels = (picture: WindowPicture) => picture.passes[0]?.weight;
  assert.deepEqual(kernels(after(blur, cell("input"), again)), kernels(after()));
  assert.deepEqual(after(blur, cell("input"), again).passes[0]?.seen, after(cell("input")).passes[0]?.seen);
  assert.equal(after(blur, cell("input"), again).preset, "example numbers");
  assert.notDeepEqual(kernels(after(blur)), kernels(after()));
});
