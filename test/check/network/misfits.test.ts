import assert from "node:assert/strict";
import { test } from "node:test";
import { withGiver } from "../../../src/check/network/misfits.js";
import { mlpOf } from "../../../src/check/network/mlpPlan.js";
import { layerPicture } from "../../../src/check/picture.js";
import { fileModels } from "../../../src/check/summary/fileModels.js";
import type { MlpPicture, NetworkPicture } from "../../../src/protocol.js";
import { pick, randomFrom } from "../../random.js";
import { drawnIn } from "./drawn.js";

/** A chain of linear layers of these widths that is called with a batch of inputs of a width. */
const chainOf = (widths: readonly (readonly [number, number])[], input: number): string => `import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
${widths.map(([takes, gives], at) => `        self.fc${at} = nn.Linear(${takes}, ${gives})`).join("\n")}
    def forward(self, x):
${widths.map((_, at) => `        x = torch.relu(self.fc${at}(x))`).join("\n")}
        return x
Net()(torch.zeros(3, ${input}))
`;

const networkOf = (text: string): NetworkPicture => {
  const [network] = drawnIn(text);
  assert.ok(network);
  return network;
};

const mlpIn = (text: string, reveal: "answer" | "hint" = "answer"): MlpPicture => {
  const picture = mlpOf(fileModels(text, new Map(), { isDrawn: true })[0], undefined, undefined, reveal);
  assert.equal(picture.kind, "mlp");
  return picture as MlpPicture;
};

test("A chain of linear layers is drawn neuron by neuron just where every width meets the next, and else says which two do not", () => {
  const random = randomFrom(5);
  const found = { fitting: 0, first: 0, later: 0 };
  for (let run = 0; run < 60; run++) {
    const sizes = Array.from({ length: 4 }, () => pick(random, [2, 3, 4, 5]));
    const at = pick(random, [0, 1, 2, 3]);
    const widths = [0, 1, 2].map((row): [number, number] => [sizes[row] as number, sizes[row + 1] as number]);
    const wrong = widths[at];
    const comes = sizes[at] as number;
    if (wrong) wrong[0] = comes + 1;
    const text = chainOf(widths, sizes[0] as number);
    const { heading, input, layers } = mlpIn(text);
    if (!wrong) {
      found.fitting++;
      assert.deepEqual([heading.title, heading.problem], ["Net", undefined]);
      const drawn = layers.map(({ weight }) => [weight[0]?.length, weight.length]);
      assert.deepEqual(
        [input.length, drawn],
        [Math.min(4, sizes[0] as number), widths.map((w) => w.map((n) => Math.min(n, 4)))],
      );
      continue;
    }
    found[at === 0 ? "first" : "later"]++;
    const giver = at === 0 ? "the input has" : `fc${at - 1} gives`;
    const said = `${giver} ${comes} features, fc${at} takes ${comes + 1}. Set in_features to ${comes}.`;
    assert.equal(heading.problem, `Net is not drawn neuron by neuron: ${said}`);
    assert.equal(heading.title, "A small network");
    assert.equal(mlpIn(text, "hint").heading.problem, "Net is not drawn neuron by neuron: a step does not fit.");
    const { nodes, edges } = networkOf(text);
    const node = nodes.findIndex(({ name }) => name === `fc${at}`);
    assert.equal(nodes[node]?.problem, said);
    assert.deepEqual(edges.find(({ to }) => to === node)?.meets, [`${comes}`, `${comes + 1}`]);
  }
  assert.ok(
    Object.values(found).every((count) => count > 5),
    JSON.stringify(found),
  );
});

test("What comes is said to come from the layer that made it, not from steps that hand it on, and after a flatten from that", () => {
  const said = (made: readonly string[], forward: string): readonly string[] => {
    const { nodes } = networkOf(`import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 16, 3, padding=1)
${made.map((line) => `        self.${line}`).join("\n")}
    def forward(self, x):
        return ${forward}
Net()(torch.zeros(2, 3, 8, 8))
`);
    return nodes.flatMap(({ problem }) => problem ?? []);
  };
  assert.deepEqual(
    said(["norm = nn.BatchNorm2d(16)", "b = nn.Conv2d(8, 4, 3)"], "self.b(torch.relu(self.norm(self.a(x))))"),
    ["a gives 16 channels, b takes 8. Set in_channels to 16."],
  );
  assert.deepEqual(said(["fc = nn.Linear(1000, 10)"], "self.fc(torch.flatten(self.a(x), 1))"), [
    "torch.flatten gives 1024 features, fc takes 1000. Set in_features to 1024.",
  ]);
  assert.deepEqual(said(["pool = nn.MaxPool2d(2)", "b = nn.Conv2d(8, 4, 3)"], "self.b(self.pool(self.a(x)))"), [
    "pool gives 16 channels, b takes 8. Set in_channels to 16.",
  ]);
});

test("The picture of a layer that does not fit names the layer before it, and keeps its own words where the network does not have it", () => {
  const network = networkOf(
    chainOf(
      [
        [4, 3],
        [5, 2],
      ],
      4,
    ),
  );
  const source = { uri: "file:///model.py", line: 6 };
  const call = {
    name: "Linear",
    args: { in_features: 5, out_features: 2 },
    input: [3, 3],
    source,
    title: "nn.Linear(5, 2)",
  };
  const picture = layerPicture({ ...call, problem: "in_features is 5, the input has 3." });
  const said = withGiver(picture, () => network);
  assert.equal(
    said.kind === "mismatch" && said.heading.problem,
    "fc0 gives 3 features, fc1 takes 5. Set in_features to 3.",
  );
  assert.equal(
    withGiver(picture, () => undefined),
    picture,
  );
  const elsewhere = layerPicture({ ...call, problem: "It does not fit.", source: { ...source, line: 5 } });
  assert.equal(
    withGiver(elsewhere, () => network),
    elsewhere,
  );
  const fitting = layerPicture({ ...call, input: [3, 5] });
  assert.equal(
    withGiver(fitting, () => assert.fail()),
    fitting,
  );
});
