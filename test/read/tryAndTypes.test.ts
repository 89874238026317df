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

test("What an eval within a try comes to is known where it only moves what is there, and else may have raised.", () => {
  const program = (text: string, handler: string): string =>
    `import torch.nn as nn\nn = 3\nclass A:\n    pass\nargs = [${text}]\nfor j, a in enumerate(args):\n    try:\n        args[j] = eval(a) if isinstance(a, str) else a\n    except${handler}:\n        pass\nresult = args`;
  for (const handler of ["", " Exception"]) {
    assert.equal(
      resultOf(program("'n', 'nearest', 4, None, 'None', '[1, n]'", handler)),
      "[3, 'nearest', 4, None, None, [1, 3]]",
    );
    assert.equal(resultOf(`${program("'n'", handler)}[0] + 1`), "4");
    assert.equal(resultOf(program("'nn.Nowhere'", handler)), undefined);
    assert.equal(resultOf(program("'mystery()'", handler)), undefined);
  }
});

test("What depends on the version of PyTorch is known where it is the same in all from 1.13 on.", () => {
  const after = (code: string): string | undefined => resultOf(`import torch\n${code}`);
  for (const [code, text] of [
    ["torch.__version__ >= '1.5.0'", "True"],
    ["'1.2' > torch.__version__", "False"],
    ["torch.__version__ == '0.4.1'", "False"],
    ["torch.__version__ >= '1.13'", undefined],
    ["torch.__version__ == '2.3.1'", undefined],
    ["torch.__version__ < '2'", undefined],
    ["torch.__version__[:3] >= '1.5'", undefined],
    ["float('.'.join(torch.__version__.split('.')[:2])) >= 1.7", undefined],
    ["int(torch.__version__.split('.')[2]) < 9", undefined],
  ] as const)
    assert.equal(after(`result = ${code}`), text, code);
  assert.equal(after("v = torch.__version__ if mystery() else '0.1'\nresult = v > '1.0'"), undefined);
});

test("A dictionary of an object's attributes is the object's own, and loses what is deleted.", () => {
  const program = (code: string): string =>
    `class C:\n    def __init__(self):\n        self.a = 1\nc = C()\nd = vars(c)\n${code}`;
  for (const [code, text] of [
    ["d['b'] = 2\nresult = c.b", "2"],
    ["c.b = 2\nresult = sorted(d.items())", "[('a', 1), ('b', 2)]"],
    ["c.__dict__.update(a=5)\nresult = (c.a, d['a'], len(d))", "(5, 5, 1)"],
    ["mystery(d)\nresult = c.a", undefined],
    ["del c.a\nresult = (len(d), hasattr(c, 'a'))", "(0, False)"],
    ["d.clear()\nresult = hasattr(c, 'a')", "False"],
    ["if mystery():\n    d['a'] = 2\nresult = c.a", undefined],
  ] as const)
    assert.equal(resultOf(program(code)), text, code);
});

test("Objects that are dictionaries are true where they hold something, and what a class does its own way is followed.", () => {
  const types =
    "from collections import OrderedDict\nclass D(dict):\n    pass\nclass O(OrderedDict):\n    def __getitem__(self, k):\n        return super().__getitem__(k) + 1\n";
  for (const [code, text] of [
    ["bool(D())", "False"],
    ["bool(D(a=1))", "True"],
    ["O(a=1)['a']", "2"],
    ["O(a=1).get('a')", "1"],
    ["list(O(a=1, b=2))", "['a', 'b']"],
    ["'a' in O(a=1)", "True"],
    ["(lambda **k: k)(**O(a=1))", undefined],
    ["O(a=1).setdefault('a', 3)", undefined],
    ["mystery(D())['a']", undefined],
  ] as const)
    assert.equal(resultOf(`${types}result = ${code}`), text, code);
});

test("A setting of the environment that falls back on a number has that number, and truths count as numbers.", () => {
  for (const [code, text] of [
    ["int(os.getenv('X') or 3)", "3"],
    ["os.environ.get('X') or 'a'", "'a'"],
    ["os.getenv('X') or None", undefined],
    ["os.getenv('X') or -1", undefined],
    ["mystery() or 3", undefined],
    ["os.getenv('X') and 3", undefined],
    ["True + True", "2"],
    ["(not 0) * 4 - False", "4"],
  ] as const)
    assert.equal(resultOf(`import os\nresult = ${code}`), text, code);
});

test("After a try that what does not fit ends, all that stands in front of it has happened and nothing behind it.", () => {
  const after = (body: string, handler: string): string | undefined =>
    resultOf(`import torch\nx = torch.zeros(2, 3)\nn = 0\ntry:\n${body}\n${handler}\nresult = n`);
  for (const misfit of ["x @ x", "x.view(7)", "x[5]", "torch.cat([x, x[0]])", "torch.nn.Linear(4, 1)(x)"]) {
    const body = `    n += 1\n    ${misfit}\n    n += 10`;
    assert.equal(after(body, "except Exception:\n    n += 100"), "101", misfit);
    assert.equal(after(body, "except KeyError:\n    n += 1000\nexcept:\n    n += 100"), "101", misfit);
    assert.equal(after(body, "except RuntimeError:\n    pass"), "1", misfit);
    // Which kind of exception it is is not known of all.
    assert.equal(after(body, "except IndexError:\n    n += 100\nexcept Exception:\n    pass"), undefined, misfit);
  }
  assert.equal(after("    n += 1\n    x @ x.t()\n    n += 10", "except Exception:\n    n += 100"), undefined);
});
