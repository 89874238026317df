#!/usr/bin/python3
"""PyTorch's own answers for the student files in test/fixtures/python.

usage: students.py FILE… > students.jsonl

Each line is {"file", "tensors", "error"}: under "tensors" the shapes that every expression of the file which is a tensor came to, by its place
(offsets in the text, the end excluded: "from:to"); "error" is null or the line and the first line of the message of the exception with
which the file ends. Runs each file with every expression recorded; data sets are stood in for by a few blank images. A comment
`# run: EXPRESSION` is evaluated at the end, for a file that calls its model nowhere. Run with Debian's python3-torchvision 0.14 and einops 0.8.
"""
import ast
import json
import multiprocessing
import os
import re
import sys
import traceback
import types
import warnings

import torch
from torch import nn

warnings.filterwarnings("ignore")
MAX_SHAPES = 12


class Recorder(ast.NodeTransformer):
    """Wraps every expression whose value is used."""

    def __init__(self, text):
        self.starts = [0]
        for line in text.encode().split(b"\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.text = text.encode()

    def offset(self, line, column):
        return len(self.text[: self.starts[line - 1] + column].decode().encode("utf-16-le")) // 2

    def visit(self, node):
        if isinstance(node, ast.JoinedStr) or type(node).__module__ == "ast" and isinstance(node, getattr(ast, "pattern", ())):
            return node
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            node.body = [self.visit(s) for s in node.body]
            node.args.defaults = [self.visit(d) for d in node.args.defaults]
            return node
        if isinstance(node, ast.AnnAssign):
            node.value = node.value and self.visit(node.value)
            return node
        if isinstance(node, ast.ClassDef):
            node.body = [self.visit(s) for s in node.body]
            return node
        isvalue = isinstance(node, (ast.Call, ast.BinOp, ast.Name, ast.Attribute, ast.Subscript, ast.UnaryOp, ast.IfExp))
        if not isvalue or not isinstance(getattr(node, "ctx", ast.Load()), ast.Load) or (isinstance(node, ast.Name) and node.id == "super"):
            return self.generic_visit(node)
        place = f"{self.offset(node.lineno, node.col_offset)}:{self.offset(node.end_lineno, node.end_col_offset)}"
        inner = self.generic_visit(node)
        call = ast.Call(ast.Name("__recorded__", ast.Load()), [ast.Constant(place), inner], [])
        return ast.copy_location(call, node)


def stand_ins():
    """Modules that are not installed, and data sets that would be downloaded."""
    def summary(model, size, *args, **kwargs):
        model(torch.zeros(2, *size))

    def info(model, input_size=None, input_data=None, **kwargs):
        model(torch.zeros(*input_size) if input_size else input_data)

    class Trainer:
        def __init__(self, *args, **kwargs):
            pass

        def fit(self, model, loader=None):
            for i, batch in enumerate(loader or []):
                model.training_step(batch, i)

    class LightningModule(nn.Module):
        def save_hyperparameters(self, *args):
            pass

        def log(self, *args, **kwargs):
            pass

    from torchvision import datasets

    def blank(*size):
        class Blank(torch.utils.data.Dataset):
            def __init__(self, *args, **kwargs):
                self.transform = kwargs.get("transform")

            def __len__(self):
                return 8

            def __getitem__(self, i):
                return torch.zeros(*size), i % 3

        return Blank

    for name, size in {"MNIST": (1, 28, 28), "FashionMNIST": (1, 28, 28), "CIFAR10": (3, 32, 32), "CIFAR100": (3, 32, 32)}.items():
        setattr(datasets, name, blank(*size))
    lightning = {"LightningModule": LightningModule, "Trainer": Trainer}
    for name, members in {"torchsummary": {"summary": summary}, "torchinfo": {"summary": info}, "pytorch_lightning": lightning}.items():
        module = types.ModuleType(name)
        module.__dict__.update(members)
        sys.modules[name] = module


def answer(path):
    text = open(path, encoding="utf-8").read()
    shapes = {}

    def recorded(place, value):
        if isinstance(value, torch.Tensor):
            known = shapes.setdefault(place, [])
            shape = list(value.shape)
            if shape not in known and len(known) < MAX_SHAPES:
                known.append(shape)
        return value

    tree = ast.fix_missing_locations(Recorder(text).visit(ast.parse(text)))
    scope = {"__name__": "__main__", "__recorded__": recorded, "__file__": path}
    error = None
    torch.manual_seed(0)
    torch.set_grad_enabled(True)
    sys.argv = ["student"]
    try:
        exec(compile(tree, path, "exec"), scope)
        for run in re.findall(r"^# run: (.+)$", text, re.M):
            eval(run, scope)
    except Exception as exception:  # the file's own mistake is what is recorded
        lines = [f.lineno for f in traceback.extract_tb(exception.__traceback__) if f.filename == path]
        error = {"line": lines[-1] if lines else 0, "message": (str(exception).splitlines() or [""])[0][:160]}
    return {"file": os.path.basename(path), "error": error, "tensors": shapes}


def main():
    stand_ins()
    out = sys.stdout
    sys.stdout = open(os.devnull, "w")
    # A process each, since a file may change PyTorch itself.
    with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as pool:
        for found in pool.imap(answer, sys.argv[1:], chunksize=1):
            print(json.dumps(found, separators=(",", ":")), file=out)


main()
