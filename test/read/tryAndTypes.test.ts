import assert from "node:assert/strict";
import { test } from "node:test";
import { followPython } from "../../src/read/python/models.js";
import { repr } from "../../src/read/python/representation.js";

/** `repr(result)` after a program, as far as it is known. */
function resultOf(program: string): string | undefined {
  const value = followPython(program).names.get("result");
  return value && repr(value);
}

/** A function that takes an argument and one that does not. */
const FUNCTIONS = `
def wide(n, inplace=False):
    return n + 1
def narrow(n):
    return n + 2
def made(f):
    try:
        return f(3, inplace=True)
    except TypeError:
        return f(3)
`;

test("A handler runs where arguments certainly do not fit, and not where all is known to fit.", () => {
  assert.equal(resultOf(`${FUNCTIONS}result = made(wide)`), "4");
  assert.equal(resultOf(`${FUNCTIONS}result = made(narrow)`), "5");
  assert.equal(resultOf("d = {'a': 1}\ntry:\n    result = d['a']\nexcept KeyError:\n    result = 2"), "1");
});

test("A layer whose constructor refuses an argument is made by the handler.", () => {
  const program = (layer: string): string => `
import torch.nn as nn
def made(layer):
    try:
        return layer(inplace=True), 1
    except TypeError:
        return layer(), 2
layer, result = made(nn.${layer})`;
  assert.equal(resultOf(program("ReLU")), "1");
  assert.equal(resultOf(program("Sigmoid")), "2");
});

test("What happens in a try that is not known may be caught.", () => {
  assert.equal(resultOf("try:\n    result = f(1) or 2\nexcept TypeError:\n    result = 3"), undefined);
  assert.equal(resultOf("result = 1\ntry:\n    f()\nexcept TypeError:\n    result = 3"), undefined);
  assert.equal(resultOf("import os\ntry:\n    result = os.nothing\nexcept Exception:\n    result = 2"), undefined);
  assert.equal(resultOf("try:\n    result = 1\nexcept Exception:\n    result = 2"), "1");
});

test("Members of an enumeration are equal to themselves alone.", () => {
  const colors = "from enum import Enum\nclass C(str, Enum):\n    A = 'a'\n    B = 'b'\n";
  assert.equal(resultOf(`${colors}result = C.A == C.B`), "False");
  assert.equal(resultOf(`${colors}result = C('a') == C.A`), "True");
});

test("An object is of its own classes and of no type of Python's.", () => {
  const objects = "from typing import Sequence\nclass P:\n    pass\nclass Q(str):\n    pass\n";
  assert.equal(resultOf(`${objects}result = isinstance(P(), (dict, Sequence))`), "False");
  assert.equal(resultOf(`${objects}result = isinstance(Q('a'), str)`), undefined);
  assert.equal(resultOf("import torch.nn as nn\nclass A(nn.Module):\n    pass\nresult = nn.ReLU in (A,)"), "False");
});

test("A name of a function is looked up in what locals() gives.", () => {
  assert.equal(
    resultOf("def f(a, b=2):\n    return [locals()[k] for k in 'x'] if a else locals()['b']\nresult = f(0)"),
    "2",
  );
  assert.equal(resultOf("def f(a):\n    if g():\n        b = 1\n    return locals()['b']\nresult = f(0)"), undefined);
});

test("A row of numbers is turned round.", () => {
  assert.equal(resultOf("import torch\nresult = (4 ** torch.arange(3)).flip(0).tolist()"), "[16, 4, 1]");
  assert.equal(resultOf("import torch\nresult = torch.arange(3).flip([-1]).tolist()"), "[2, 1, 0]");
  assert.equal(resultOf("import torch\nresult = (torch.arange(3) ** 2.0).tolist()"), "[0.0, 1.0, 4.0]");
  assert.equal(resultOf("import torch\nresult = (torch.arange(3) + 2.0).tolist()"), "[2.0, 3.0, 4.0]");
});
