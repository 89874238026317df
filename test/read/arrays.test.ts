import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { followPython } from "../../src/read/python/models.js";
import type { PyValue } from "../../src/read/python/values.js";

/** An expression over arrays, and NumPy's answer. */
interface Answer {
  readonly code: string;
  readonly shape?: readonly number[];
  readonly value?: unknown;
}

const [first, ...lines] = readFileSync("test/oracle/arrays.jsonl", "utf8").trim().split("\n");
const { before } = JSON.parse(first ?? "") as { before: string };
const answers: readonly Answer[] = lines.map((line) => JSON.parse(line));

function plain(v: PyValue | undefined): unknown {
  if (v?.kind === "array") return { shape: v.of.shape };
  if (v?.kind === "tensor") return { shape: v.shape };
  // A row of plain numbers is kept as a list.
  if (v?.kind === "list" && v.array) return { shape: [v.items?.length] };
  if (v?.kind === "tuple") return { value: v.items.map((item) => (item.kind === "int" ? item.value : item.kind)) };
  return v && "value" in v ? { value: v.value } : v?.kind;
}

test("arrays have NumPy's shapes, and nothing that NumPy calculates is refused", () => {
  const text = ["import numpy as np", "import torch", before, ...answers.map(({ code }, i) => `r${i} = ${code}`)].join(
    "\n",
  );
  const { names, trace } = followPython(text);
  assert.deepEqual(trace.mismatches, []);
  assert.ok(answers.length > 100);
  for (const [i, { code, ...truth }] of answers.entries()) {
    const told = plain(names.get(`r${i}`));
    // A single number is one, or an array of no dimensions, where it is not known which.
    const isNumber = truth.shape?.length === 0 || typeof truth.value === "number";
    const isSingle =
      typeof told === "object" && told !== null && ("value" in told ? truth.shape : truth.value !== undefined);
    if (!isNumber || !isSingle) assert.deepEqual(told, truth, code);
  }
});

test("what NumPy refuses of arrays is unknown and silent, what a layer refuses of their numbers is said", () => {
  const { names, trace } = followPython(`
import numpy as np
import torch
import torch.nn as nn
a = np.zeros((3, 4))
b = a @ a
c = a.reshape(5, 5)
d = a is None
e = nn.Linear(5, 2)(torch.from_numpy(a).float())
`);
  assert.deepEqual([names.get("b")?.kind, names.get("c")?.kind], ["unknown", "unknown"]);
  assert.deepEqual(names.get("d"), { kind: "bool", value: false });
  assert.deepEqual(
    trace.mismatches.map((m) => m.code),
    ["Linear/in-features"],
  );
});

test("an array whose numbers are set, or that something unknown gets, has its shape alone", () => {
  const { names } = followPython(`
import numpy as np
from somewhere import change
a = np.array([1, 2, 3])
a[0] = 5
b = a[0]
c = np.array([4, 5, 6])
change(c)
d = c[1]
e = np.array([7, 8, 9]).sum()
`);
  const known = ["b", "d", "e"].map((name) => names.get(name)?.kind === "int");
  assert.deepEqual(known, [false, false, true]);
});
