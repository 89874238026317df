import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fieldOf, sayConstants, sayField } from "../../webview/network/receptiveField.js";
import { drawn } from "../check/network/drawn.js";

/** A random network, and what PyTorch's gradients say that one of its units sees. */
interface Seen {
  readonly made: readonly string[];
  readonly said: readonly string[];
  readonly input: readonly number[];
  readonly unit: readonly number[];
  readonly first: readonly number[];
  readonly last: readonly number[];
}

const read = (name: string): readonly Seen[] =>
  readFileSync(`test/oracle/${name}.jsonl`, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
const [all, volumes] = [read("networkFields"), read("volumeFields")];

const programOf = ({ made, said }: Pick<Seen, "made" | "said">): string => `import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        ${["super().__init__()", ...made].join("\n        ")}

    def forward(self, x):
        ${[...said, "return x"].join("\n        ")}
`;

test("The places of the input that a unit reads begin and end where PyTorch's gradients do", () => {
  assert.deepEqual([all.length, volumes.length], [300, 100]);
  for (const each of [...all, ...volumes]) {
    const picture = drawn(programOf(each), "Net()", [[1, 2, ...each.input]]);
    const seen = fieldOf(picture, picture.nodes.length - 2, each.unit);
    assert.ok("axes" in seen, `${"reason" in seen ? seen.reason : ""}\n${programOf(each)}`);
    const { axes } = seen;
    assert.deepEqual([axes.map((s) => s.first), axes.map((s) => s.last)], [each.first, each.last], programOf(each));
    for (const s of axes) assert.ok(s.low <= s.first && s.last <= s.high && s.size > s.last, programOf(each));
  }
});

test("A unit at the border is told with the rows that its windows reach, and with those that are there", () => {
  const made = [
    "self.a = nn.Conv2d(2, 4, 7, 2, 3)",
    "self.b = nn.MaxPool2d(3, 2, 1)",
    "self.c = nn.Conv2d(4, 4, 3, padding=1)",
  ];
  const picture = drawn(programOf({ made, said: ["x = self.c(self.b(self.a(x)))"] }), "Net()", [[1, 2, 32, 40]]);
  const node = picture.nodes.findIndex((n) => n.name === "c");
  assert.equal(
    sayField(picture, node, [1, 5], fieldOf(picture, node, [1, 5])),
    "y[1, 5] of c sees rows −5 to 13 and columns 11 to 29 of the input, which is 32 × 40. Inside the input it reads rows 0 to 13 and columns 11 to 29.",
  );
  assert.equal(sayConstants(picture, node), "field 19, jump 4, start −9");
});

test("A unit of a volume is told with its slices, and where the volume is gone there is none", () => {
  const made = ["self.a = nn.Conv3d(2, 4, 3, stride=(1, 2, 2), padding=1)", "self.b = nn.Conv2d(4, 1, 3)"];
  const said = ["x = self.a(x)", "x = self.b(x.mean(2))"];
  const picture = drawn(programOf({ made, said }), "Net()", [[1, 2, 4, 9, 9]]);
  const node = picture.nodes.findIndex((n) => n.name === "a");
  assert.equal(
    sayField(picture, node, [0, 1, 2], fieldOf(picture, node, [0, 1, 2])),
    "y[0, 1, 2] of a sees slices −1 to 1, rows 1 to 3 and columns 3 to 5 of the input, which is 4 × 9 × 9. Inside the input it reads slices 0 to 1, rows 1 to 3 and columns 3 to 5.",
  );
  assert.equal(sayConstants(picture, node), "field 3, jump 1 × 2 × 2, start −1");
  assert.equal(picture.nodes.find((n) => n.name === "b")?.sizes, undefined);
});

test("Where a step is not known to read certain places, nothing is said of what lies behind it", () => {
  const picture = drawn(
    programOf({ made: ["self.a = nn.Conv2d(2, 4, 3)"], said: ["x = torch.roll(self.a(x), 1, 2)"] }),
    "Net()",
    [[1, 2, 9, 9]],
  );
  const seen = fieldOf(picture, picture.nodes.length - 2, [0, 0]);
  assert.ok("reason" in seen && seen.reason.includes("roll"));
});
