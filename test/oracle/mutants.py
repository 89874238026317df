#!/usr/bin/python3
"""The model files in test/fixtures/zoo with one integer changed, and what PyTorch says of each.

usage: mutants.py COUNT SEED [NAME...] > test/oracle/mutants.jsonl          (in the repository's folder, with Debian's python3-torch 1.13;
                                                                      NAME is a file of the folder, without any all are changed)

The integer is a literal within a call, a list or a tuple, outside tests and the part that only a script runs. One line a mutant:
  {"file": ..., "expr": ..., "input": [...], "line": 17, "column": 35, "old": "64", "new": "65",
   "output": [1, 10], "params": 11173962}          if PyTorch runs it, or
  {..., "error": "RuntimeError: mat1 and ...", "at": [23, 29]}   if it refuses: the file's lines on the stack, outermost first
Lines count from 1, columns from 0.
"""
import ast
import contextlib
import io
import json
import random
import sys
import traceback
import types

import torch
from torch import nn

from zooModels import cases, shapes

WITHIN = (ast.Call, ast.List, ast.Tuple)
CHANGES = (lambda n: n + 1, lambda n: n - 1, lambda n: 2 * n, lambda n: n + 2, lambda n: n // 2)


def is_test(node):
    if isinstance(node, ast.FunctionDef):
        return node.name.startswith("test")
    return isinstance(node, ast.If) and "__main__" in ast.unparse(node.test)


def literals(node, within=False):
    """The integers that can be changed."""
    if is_test(node):
        return
    within = within or isinstance(node, WITHIN)
    if within and isinstance(node, ast.Constant) and type(node.value) is int:
        yield node
    for child in ast.iter_child_nodes(node):
        yield from literals(child, within)


def changed(source, literal, new):
    lines = source.split("\n")
    line = lines[literal.lineno - 1]
    lines[literal.lineno - 1] = line[: literal.col_offset] + new + line[literal.end_col_offset :]
    return "\n".join(lines)


def told(source, case):
    """The output and the parameters, or PyTorch's refusal and where it came from."""
    module = types.ModuleType("mutant")
    sys.modules["mutant"] = module
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, case["file"], "exec"), module.__dict__)
            model = eval(case["expr"], module.__dict__).eval()
            output = model(torch.zeros(case["input"]))
    except Exception as error:  # what PyTorch or the file itself refuses is what is asked for
        first = (str(error).splitlines() or [""])[0]
        lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == case["file"]]
        return {"error": f"{type(error).__name__}: {first}"[:240], "at": lines}
    return {"output": shapes(output), "params": sum(p.numel() for p in model.parameters())}


def main():
    count, rng, names = int(sys.argv[1]), random.Random(int(sys.argv[2])), sys.argv[3:]
    wanted = [case for case in cases() if not names or any(f"/{name}." in case["file"] for name in names)]
    models = [(case, source, list(literals(ast.parse(source)))) for case in wanted for source in [open(case["file"]).read()]]
    seen = set()
    while len(seen) < count:
        case, source, found = rng.choice(models)
        literal = rng.choice(found)
        new = rng.choice(CHANGES)(literal.value)
        key = (case["file"], case["expr"], literal.lineno, literal.col_offset, new)
        if new < 0 or new == literal.value or key in seen:
            continue
        seen.add(key)
        old = ast.get_source_segment(source, literal)
        answer = told(changed(source, literal, str(new)), case)
        place = {"line": literal.lineno, "column": literal.col_offset, "old": old, "new": str(new)}
        print(json.dumps({**case, **place, **answer}), flush=True)


# What the weights are does not matter here.
for name in dir(nn.init):
    if name.endswith("_") and not name.startswith("_"):
        setattr(nn.init, name, lambda tensor, *_, **__: tensor)
main()
