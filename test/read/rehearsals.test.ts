import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Footprint } from "../../src/read/python/footprint.js";
import type { Names } from "../../src/read/python/journal.js";
import { type FollowedFile, followPython } from "../../src/read/python/models.js";
import { int, type PyValue } from "../../src/read/python/values.js";

const NET = `
import torch
import torch.nn as nn

width = 4
other = 5

def cut(x):
    return x[:, :width]

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 4)
        self.sizes = [1, 2]

    def forward(self, x):
        return cut(self.fc(x))

net = Net()
`;

type Changeable = Record<string, unknown>;

test("what a model gave holds as long as nothing has changed that its code can reach, and no longer.", () => {
  const names = followPython(NET).names as Names;
  const net = names.get("net");
  assert.ok(net?.kind === "instance");
  const { attributes } = net;
  const footprint = new Footprint(net);
  assert.ok(!footprint.isOpen && footprint.isSame);
  const unless = (owner: Names, key: string, value: PyValue, isSame = false): void => {
    const before = owner.get(key);
    owner.set(key, value);
    assert.equal(footprint.isSame, isSame, key);
    if (before) owner.set(key, before);
    else owner.delete(key);
    assert.ok(footprint.isSame, key);
  };
  unless(names, "width", int(3));
  unless(names, "cut", int(3));
  unless(names, "torch", int(3), true);
  unless(names, "other", int(3), true);
  unless(names, "width", int(4), true);
  unless(attributes, "fc", int(3));
  unless(attributes, "sizes", int(3));
  unless(attributes, "added", int(3));
  for (const [name, key] of [
    ["fc", "args"],
    ["fc", "trains"],
    ["fc", "replaced"],
    ["sizes", "items"],
  ] as const) {
    const part = attributes.get(name) as unknown as Changeable;
    const before = part[key];
    part[key] = new Map();
    assert.ok(!footprint.isSame, key);
    part[key] = before;
  }
  assert.ok(footprint.isSame);
});

test("of a model whose code can reach what it does not name it is not known what it reads.", () => {
  for (const reach of ["globals()['width']", "eval('width')"]) {
    const net = followPython(NET.replace("x[:, :width]", `x[:, :${reach}]`)).names.get("net");
    assert.ok(net && new Footprint(net).isOpen, reach);
  }
});

/** All that was found, in writing. */
function found({ trace, models, runs }: FollowedFile): string {
  const shapes = trace.calls.map((c) => [c.op.name, c.place.from, c.input.shape, c.output.shape]);
  const inputs = runs.map((r) => r.inputs.map((v) => (v.kind === "tensor" ? v.shape : v.kind)));
  const said = trace.mismatches.map((m) => [m.code, m.place.from, m.say]);
  const text = { shapes, inputs, said, sources: models.map((m) => [m.name, m.source]) };
  return JSON.stringify(text, (_, v) => (typeof v === "bigint" ? String(v) : v));
}

test("a file that is gone on with for its own images comes to what it comes to when all of it is followed for them.", () => {
  const texts = readFileSync("test/oracle/imageModels.jsonl", "utf8")
    .trim()
    .split("\n")
    .map((line): string => JSON.parse(line).text);
  let count = 0;
  for (const text of texts) {
    const whole = followPython(text);
    const assumed = new Set(whole.models.map((m) => m.name));
    const before = found(whole);
    const gone = whole.assuming?.(assumed);
    if (!gone) continue;
    count++;
    assert.equal(found(gone), found(followPython(text, { assumed })), text);
    assert.equal(found(whole), before, text);
  }
  assert.ok(count >= 250, String(count));
});

test("what comes after a loop that would take all the work is followed, too.", () => {
  const body = Array.from({ length: 40 }, (_, i) => `    y${i} = (i * ${i} + 3) % 7 + y\n`).join("");
  const text = `import torch\ny = 0\nfor i in range(4000):\n${body}torch.zeros(2, 3) @ torch.zeros(4, 5)\n`;
  const { gaveUpAt, trace } = followPython(text);
  assert.equal(gaveUpAt, undefined);
  assert.equal(trace.mismatches.length, 1);
});
