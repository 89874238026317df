#!/usr/bin/python3
"""PyTorch's own answers for small models that use Python's and PyTorch's less common ways of building them.

usage: torchPrograms.py > test/oracle/torchPrograms.jsonl          (with Debian's python3-torch 1.13 and python3-numpy)

One line a case:
  {"name": "...", "source": "...", "expr": "M()", "input": [[2, 8]], "output": [2, 4], "params": 36, "trainable": 36, "leaves": [...]}
"output" is a shape, or a list of outputs; "leaves" lists every call of a module without children, in order: path, class, output, parameters. Models
run in eval mode on zeros. The programs stand in torchPrograms/, each with a line `# CASE: expression | 2x8,1x5` for each model.
"""
import json
import os
import types
import warnings

import torch

warnings.filterwarnings("ignore")
torch.set_grad_enabled(False)
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "torchPrograms")


def shapes(v):
    if torch.is_tensor(v):
        return list(v.shape)
    if isinstance(v, dict):
        return {key: shapes(part) for key, part in v.items()}
    return [shapes(part) for part in v] if isinstance(v, (tuple, list)) else None


def answer(source, expr, sizes):
    module = types.ModuleType("program")
    exec(compile(source, "program", "exec"), module.__dict__)
    model = eval(expr, module.__dict__).eval()
    leaves = []
    for path, part in model.named_modules():
        if not list(part.children()):
            part.register_forward_hook(
                lambda m, _, out, path=path: leaves.append([path, type(m).__name__, shapes(out), sum(p.numel() for p in m.parameters())])
            )
    output = model(*[torch.zeros(size) for size in sizes])
    count = lambda parts: sum(p.numel() for p in parts)
    return {
        "output": shapes(output),
        "params": count(model.parameters()),
        "trainable": count(p for p in model.parameters() if p.requires_grad),
        "leaves": leaves,
    }


for name in sorted(os.listdir(FOLDER)):
    source = open(os.path.join(FOLDER, name)).read()
    for line in source.splitlines():
        if not line.startswith("# CASE: "):
            continue
        expr, spec = line[len("# CASE: "):].rsplit("|", 1)
        sizes = [[int(n) for n in size.split("x")] for size in spec.strip().split(",")]
        print(json.dumps({"name": name, "source": source, "expr": expr.strip(), "input": sizes, **answer(source, expr, sizes)}))
