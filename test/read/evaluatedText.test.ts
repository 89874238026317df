import assert from "node:assert/strict";
import { test } from "node:test";
import { followPython } from "../../src/read/python/models.js";
import type { PyValue } from "../../src/read/python/values.js";

/** A value as Python would write it, as far as these programs need it. */
function plain(v: PyValue | undefined): unknown {
  if (v?.kind === "list" || v?.kind === "tuple") return v.items?.map(plain);
  if (v?.kind === "tensor") return v.shape;
  if (v?.kind === "none") return null;
  return v && "value" in v ? v.value : v?.kind;
}

const valuesOf = (text: string): Readonly<Record<string, unknown>> => {
  const { names, trace } = followPython(`import torch\nimport torch.nn as nn\nimport contextlib\n${text}`);
  assert.deepEqual(trace.mismatches, []);
  return Object.fromEntries([...names].map(([name, v]) => [name, plain(v)]));
};

test("a text that is evaluated is followed like what stands in the file", () => {
  const { x, n } = valuesOf(`
width = 5
n = eval("width * 2 + len([1, 2])")
x = eval("nn.Linear")(3, eval("width"))(torch.zeros(2, 3))
`);
  assert.deepEqual([n, x], [12, [2, 5]]);
});

test("a name that nothing has is raised where that is caught, and leaves what stood there", () => {
  const { args, more, after } = valuesOf(`
scale = 4
args = [None, "scale", "nearest", "nn.Nowhere", 7]
for i, a in enumerate(args):
    with contextlib.suppress(NameError):
        args[i] = eval(a) if isinstance(a, str) and "." not in a else a
more = ["scale", "nearest"]
for i, a in enumerate(more):
    try:
        more[i] = eval(a)
    except NameError:
        pass
after = 1
with contextlib.suppress(KeyError, IndexError):
    {}["nothing"]
    after = 2
`);
  assert.deepEqual([args, more, after], [[null, 4, "nearest", "nn.Nowhere", 7], [4, "nearest"], 1]);
});

test("where a star may have brought a name, or where nothing catches it, nothing is certain", () => {
  const { a } = valuesOf(`
from somewhere import *
try:
    a = eval("nothing")
except NameError:
    a = 1
`);
  assert.equal(a, "unknown");
  assert.equal(valuesOf('b = eval("nothing")').b, "unknown");
});

test("layers and containers keep what a file sets of them, and so do their copies", () => {
  const { own, copied, inside, total } = valuesOf(`
import copy
layer = nn.Upsample(scale_factor=2)
layer.i, layer.f, layer.tag = 3, [-1, 6], "up"
box = nn.Sequential(nn.Linear(3, 4), nn.ReLU())
box.i = 5
twin = copy.deepcopy(box)
twin.i = 6
own = [layer.i, layer.f, layer.tag, box.i]
copied = [twin.i, copy.deepcopy(layer).i]
inside = len(box)
total = sum(p.numel() for p in box.parameters() if p.requires_grad)
`);
  assert.deepEqual([own, copied, inside, total], [[3, [-1, 6], "up", 5], [6, 3], 2, 16]);
});

test("numbers in lists within lists are a tensor's, row by row", () => {
  const { a, b, c, d } = valuesOf(`
a = torch.tensor([[1, 2], [3, 4]]).sum().item()
b = int(torch.tensor([[0, 1], [1, 5]]).max()) + 1
c = torch.tensor([[1.5, 2.0]]).prod().item()
d = (torch.tensor([[1], [2]]) + torch.tensor([[10, 20]])).sum().item()
`);
  assert.deepEqual([a, b, c, d], [10, 6, 3, "unknown"]);
});

test("signs in front of tensors change their numbers, and two ways keep only the numbers that they share", () => {
  const { a, b, c } = valuesOf(`
import random
a = (-torch.tensor([1, 2, 3])).tolist()
t = torch.tensor(1) if random.random() > 0.5 else torch.tensor(2)
b = t.item()
c = ~(torch.zeros(2, 3) > 0)
`);
  assert.deepEqual([a, b, c], [[-1, -2, -3], "unknown", [2, 3]]);
});

test("properties, class methods and static methods can be made by calls", () => {
  const { got } = valuesOf(`
class Size:
    def __init__(self, n):
        self.n = n
    def _set(self, value):
        self.n = value // 2
    double = property(lambda self: 2 * self.n, _set)
    make = classmethod(lambda cls, n: cls(n + 1))
    three = staticmethod(lambda: 3)
s = Size.make(4)
first = s.double
s.double = 20
got = [first, s.double, s.n, Size.three()]
`);
  assert.deepEqual(got, [10, 20, 10, 3]);
});

test("a handler that raises itself leaves what a function returns as it is", () => {
  const { made } = valuesOf(`
class Layers:
    def __init__(self, n):
        self.names = []
        for i in range(n):
            self.names.append(f"layer{i}")
def build(cls, **kwargs):
    try:
        return cls(**kwargs)
    except Exception as e:
        raise type(e)(f"{cls.__name__}: {e}")
made = build(Layers, n=2).names
`);
  assert.deepEqual(made, ["layer0", "layer1"]);
});

test("a handler for whatever a calculation raises does not run where all its numbers and tensors are known", () => {
  const { skip, total, lost } = valuesOf(`
skip = 0
for i in range(3):
    x = torch.zeros(2, 4, 10 - i)
    try:
        skip = skip[:, :, -x.size(2):]
    except Exception:
        skip = 0
    skip = x + skip
try:
    total = 3 * 4
except ValueError:
    total = 0
lost = 1
try:
    lost = torch.nothing
except AttributeError:
    lost = 2
`);
  assert.deepEqual([skip, total, lost], [[2, 4, 8], 12, "unknown"]);
});

test("a tensor that is sent to a device keeps the kind of its numbers, and the type of a partial is known", () => {
  const { picked, types } = valuesOf(`
import functools
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
x = torch.zeros(2, 64, 3).to(device)
i = torch.zeros(2, 16, dtype=torch.long).to(x.device)
b = torch.arange(2).to("cuda").view(2, 1).to(device=device, non_blocking=True)
picked = x[b, i, :]
p = functools.partial(nn.BatchNorm2d, affine=True)
types = [type(p) == functools.partial, type(nn.BatchNorm2d) == functools.partial, p.func == nn.InstanceNorm2d]
`);
  assert.deepEqual(
    [picked, types],
    [
      [2, 16, 3],
      [true, false, false],
    ],
  );
});
