import assert from "node:assert/strict";
import { test } from "node:test";
import { followPython } from "../../src/read/python/models.js";
import type { PyValue } from "../../src/read/python/values.js";

function plain(v: PyValue | undefined): unknown {
  if (v?.kind === "list" || v?.kind === "tuple") return v.items?.map(plain);
  if (v?.kind === "tensor") return v.shape?.map((s) => s ?? "?");
  if (v?.kind === "none") return null;
  return v && "value" in v ? v.value : v?.kind;
}

const HEAD = `
import torch
import torch.nn as nn
from torch.nn.utils.rnn import pad_sequence, pack_padded_sequence, pad_packed_sequence, pack_sequence
rows = [torch.zeros(5, 4), torch.zeros(2, 4), torch.zeros(3, 4)]
`;

// What stands here PyTorch 1.13 has printed.
const answers: Readonly<Record<string, unknown>> = {
  "pad_sequence(rows)": [5, 3, 4],
  "pad_sequence(rows, batch_first=True)": [3, 5, 4],
  "pad_sequence([torch.zeros(2), torch.zeros(7)], True, 1.0)": [2, 7],
  "pack_padded_sequence(pad_sequence(rows), [5, 2, 3], enforce_sorted=False)": [[10, 4], [5], [3], [3]],
  "pack_padded_sequence(torch.zeros(3, 9, 4), torch.tensor([6, 4, 1]), batch_first=True)": [[11, 4], [6], null, null],
  "pack_sequence(rows, enforce_sorted=False)": [[10, 4], [5], [3], [3]],
  "pad_packed_sequence(pack_padded_sequence(torch.zeros(9, 3, 4), [6, 4, 1]))": [[6, 3, 4], [3]],
  "pad_packed_sequence(pack_padded_sequence(torch.zeros(9, 3, 4), [6, 4, 1]), batch_first=True, total_length=9)": [
    [3, 9, 4],
    [3],
  ],
  "nn.LSTM(4, 8, bidirectional=True)(pack_padded_sequence(torch.zeros(9, 3, 4), [6, 4, 1]))": [
    [[11, 16], [6], null, null],
    [
      [2, 3, 8],
      [2, 3, 8],
    ],
  ],
  "nn.GRU(4, 8, 2, batch_first=True)(pack_padded_sequence(torch.zeros(3, 9, 4), [6, 4, 1], batch_first=True))[1]": [
    2, 3, 8,
  ],
  "pad_packed_sequence(nn.GRU(4, 8)(pack_sequence(rows, enforce_sorted=False))[0])[0]": [5, 3, 8],
};

test("rows of several lengths are padded, packed and unpacked as PyTorch does it", () => {
  const text = Object.keys(answers).map((code, i) => `r${i} = ${code}`);
  const { names, trace } = followPython(`${HEAD}${text.join("\n")}`);
  assert.deepEqual(trace.mismatches, []);
  for (const [i, [code, truth]] of Object.entries(answers).entries())
    assert.deepEqual(plain(names.get(`r${i}`)), truth, code);
});

test("rows of which it is not known how long they are have a time that is not known", () => {
  const { names } = followPython(`${HEAD}
from somewhere import lengths
packed = pack_padded_sequence(torch.zeros(3, 9, 4), lengths, batch_first=True, enforce_sorted=False)
out, _ = pad_packed_sequence(nn.GRU(4, 8, batch_first=True)(packed)[0], batch_first=True)
`);
  assert.deepEqual(plain(names.get("out")), [3, "?", 8]);
});

test("a recurrent layer that does not take the features of packed rows is said", () => {
  const { trace } = followPython(`${HEAD}
out, _ = nn.GRU(5, 8)(pack_sequence(rows, enforce_sorted=False))
`);
  assert.equal(trace.mismatches.length, 1);
});

test("a name that a call's argument is given with := is set", () => {
  const { names } = followPython(`${HEAD}
names = []
for i in range(3):
    names.append(name := f"layer{i}")
pair = [n := 4, n + 1]
last = name
`);
  assert.deepEqual(
    [plain(names.get("names")), plain(names.get("pair")), plain(names.get("last"))],
    [["layer0", "layer1", "layer2"], [4, 5], "layer2"],
  );
});
