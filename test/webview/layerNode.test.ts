import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type LayerCall, layerPicture } from "../../src/check/picture.js";
import { analyzePython } from "../../src/check/python/pythonAnalysis.js";
import type { Heading, NetworkPicture, WindowPicture } from "../../src/protocol.js";
import { nodeOf, unitAt } from "../../webview/network/layerNode.js";
import { firstOptions, type SceneOptions } from "../../webview/scenes/options.js";
import { drawnIn } from "../check/network/drawn.js";

const uri = "file:///net.py";

/** The network of a file, and the headings of its layers at each of their lines. */
function opened(text: string): { network: NetworkPicture; headings: readonly Heading[] } {
  const [picture] = drawnIn(text);
  assert.ok(picture);
  const placed = picture.nodes.map((node) => (node.source ? { ...node, source: { ...node.source, uri } } : node));
  const heading = { ...picture.heading, source: { uri, line: 0 } };
  const { layer } = analyzePython(text, "answer");
  const headings = [...text.matchAll(/nn\.(?!Module|Sequential|functional)[A-Z]\w*\(/g)].flatMap(({ index }) => {
    const call = layer(index + 4);
    const line = text.slice(0, index).split("\n").length - 1;
    const drawn = call && layerPicture({ ...call, source: { uri, line } });
    return drawn && "heading" in drawn ? [drawn.heading] : [];
  });
  return { network: { ...picture, nodes: placed, heading }, headings };
}

test("A layer is found in the network around it: the step of its class that gives its output", () => {
  let found = 0;
  for (const name of ["plain", "residual", "unet"]) {
    const { network, headings } = opened(readFileSync(`test/fixtures/networks/${name}.py`, "utf8"));
    for (const heading of headings) {
      const at = nodeOf(network, heading);
      if (at === undefined) continue;
      const node = network.nodes[at];
      assert.ok(heading.title.includes(`${node?.what}(`), `${heading.title} is ${node?.name}`);
      assert.equal(heading.facts.find((fact) => fact.name === "output")?.text, node?.shape);
      found++;
    }
  }
  assert.ok(found > 8, `${found}`);
});

test("Where another step may be meant, none is: not of two alike away from their line, nor of another file", () => {
  const text = `import torch
import torch.nn as nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 3, 3, padding=1)
        self.b = nn.Conv2d(3, 3, 3, padding=1)
        self.c = nn.MaxPool2d(2)
    def forward(self, x):
        return self.c(self.b(self.a(x)))
Net()(torch.zeros(1, 3, 8, 8))
`;
  const { network, headings } = opened(text);
  const [a, b, c] = headings as [Heading, Heading, Heading];
  assert.deepEqual(
    [a, b, c].map((heading) => network.nodes[nodeOf(network, heading) ?? -1]?.name),
    ["a", "b", "c"],
  );
  const elsewhere = (heading: Heading, line: number, file = uri): Heading => ({
    ...heading,
    source: { uri: file, line },
  });
  assert.equal(nodeOf(network, elsewhere(a, 9)), undefined);
  assert.equal(network.nodes[nodeOf(network, elsewhere(c, 9)) ?? -1]?.name, "c");
  assert.equal(nodeOf(network, elsewhere(c, 7, "file:///other.py")), undefined);
});

test("A step is an output of the layer forward, an axis each; going back and window by window it is none", () => {
  const pictureOf = (call: LayerCall): WindowPicture => {
    const picture = layerPicture(call);
    assert.ok(picture.kind === "window");
    return picture;
  };
  const args = { in_channels: 1, out_channels: 1, kernel_size: 3 };
  const at = (call: LayerCall, step: number, options: Partial<SceneOptions> = {}) =>
    unitAt(pictureOf(call), { step, options: { ...firstOptions, ...options } });
  const conv: LayerCall = { name: "Conv2d", args, input: [1, 1, 6, 7] };
  assert.deepEqual(at(conv, 7), [1, 2]);
  assert.deepEqual(at({ name: "Conv1d", args, input: [1, 1, 9] }, 4), [4]);
  // A transposed layer sums up its output, 5 × 6 here.
  assert.deepEqual(at({ name: "ConvTranspose2d", args, input: [1, 1, 3, 4] }, 13), [2, 1]);
  assert.equal(at(conv, 7, { pass: "input" }), undefined);
  assert.equal(at(conv, 7, { pass: "weight" }), undefined);
});
