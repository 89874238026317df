#!/usr/bin/python3
"""The products that PyTorch sums up in the layers of the model files in test/fixtures/zoo.

usage: cd test/oracle/../.. && zooProducts.py > test/oracle/zooProducts.jsonl          (with Debian's python3-torch 1.13)

One line a case of zooModels.py:
  {"file": "test/fixtures/zoo/lenet_view.py", "expr": "LeNet()", "input": [2, 1, 28, 28], "layers": [["c1", 235200], ...],
   "functional": 0, "written": 0}
"layers" are PyTorch's own layers that multiply, under their first path, with the products of all their calls for the whole input;
"functional" are those of F.linear, F.conv2d and their kin outside of any layer; "written" are all others (@, matmul, einsum).
Everything is counted where the tensor program runs (convolutions and matrix products), not by a formula.
"""
import contextlib
import io
import json
import sys
import types
import warnings

import torch
import torch.nn.functional as F
from moreLayers import Products
from zooModels import cases

FUNCTIONS = ["linear", "bilinear"] + [f"conv{t}{n}d" for t in ("", "_transpose") for n in (1, 2, 3)]


def is_layer(module):
    inner = ("torch.nn.modules.container",)
    return type(module).__module__.startswith("torch.nn.modules") and type(module).__module__ not in inner


def answer(case):
    module, stack = types.ModuleType("model"), []
    counts, sums = {}, {"functional": 0, "written": 0}
    sys.modules["model"] = module

    class ByLayer(Products):
        def __torch_dispatch__(self, func, kinds, args=(), kwargs=None):
            before = self.count
            out = super().__torch_dispatch__(func, kinds, args, kwargs)
            added = self.count - before
            if added and stack and stack[0] != "functional":
                counts[stack[0]] = counts.get(stack[0], 0) + added
            elif added:
                sums["functional" if stack else "written"] += added
            return out

    def within(key, function):
        def call(*args, **kwargs):
            stack.append(key)
            try:
                return function(*args, **kwargs)
            finally:
                stack.pop()
        return call

    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(open(case["file"]).read(), case["file"], "exec"), module.__dict__)
        model = eval(case["expr"], module.__dict__).eval()
    for path, part in model.named_modules():
        if is_layer(part):
            part.forward = within(path, part.forward)
    kept = {name: getattr(F, name) for name in FUNCTIONS}
    for name, function in kept.items():
        setattr(F, name, within("functional", function))
    try:
        # With gradients, as PyTorch then runs attention operation by operation and not as a whole.
        with torch.enable_grad(), ByLayer():
            model(torch.zeros(case["input"]))
    finally:
        for name, function in kept.items():
            setattr(F, name, function)
    return {**case, "layers": [[path, count] for path, count in counts.items()], **sums}


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    for case in cases():
        try:
            print(json.dumps(answer(case)), flush=True)
        except Exception as e:
            print(case["file"], case["expr"], repr(e)[:200], file=sys.stderr)
