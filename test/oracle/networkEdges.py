#!/usr/bin/python3
"""Which step of a model takes what which other one gave, as torch.fx's graph has it.

usage: networkEdges.py zooModels.jsonl > networkEdges.jsonl                the models of the zoo and of test/fixtures/networks
       networkEdges.py torchvisionModels.jsonl NAME ... > torchvisionEdges.jsonl

Steps are calls of modules without children, and sums, products and joins of tensors; what lies between them is left out. One line a model:
  {"file": "models/resnet.py", "expr": "resnet18(weights=None)", "input": [1, 3, 224, 224],
   "steps": [["conv1", [-1]], ["bn1", [0]], ..., ["+", [8, 4]]], "output": [70]}
The numbers are those of the steps that it takes from, -1 the input. Models that torch.fx cannot follow are left out.
"""
import contextlib
import importlib.util
import json
import sys
import warnings

import torch
from torch import fx

warnings.filterwarnings("ignore")
torch.set_grad_enabled(False)
for name in dir(torch.nn.init):  # no weight's number matters here
    if name.endswith("_") and not name.startswith("_"):
        setattr(torch.nn.init, name, lambda tensor, *_, **__: tensor)
JOINING = {"add": "+", "iadd": "+", "mul": "*", "imul": "*", "cat": "cat", "concat": "cat"}


class Kinds(fx.Interpreter):
    """Notes which nodes give tensors; what is calculated of sizes is none."""

    def __init__(self, module):
        super().__init__(module)
        self.tensors = set()

    def run_node(self, node):
        value = super().run_node(node)
        if torch.is_tensor(value) or (isinstance(value, (tuple, list)) and any(torch.is_tensor(v) for v in value)):
            self.tensors.add(node)
        return value


def graph_of(model, size):
    traced = fx.symbolic_trace(model)
    for node in reversed(traced.graph.nodes):  # what is calculated and never used is no step, unless a module does it
        if not node.users and node.op in ("call_function", "call_method") and not str(node.name).startswith("_assert"):
            traced.graph.erase_node(node)
    traced.recompile()
    kinds = Kinds(traced)
    kinds.run(torch.zeros(size))
    steps, of = [], {}
    for node in traced.graph.nodes:
        before = sorted({step for n in node.all_input_nodes for step in of.get(n, [])})
        name = getattr(node.target, "__name__", node.target)
        joins = node.op in ("call_function", "call_method") and name in JOINING and len(node.all_input_nodes) > 1
        if node.op == "placeholder":
            of[node] = [-1]
        elif node.op == "output":
            return steps, before
        elif node.op == "call_module":
            of[node] = [len(steps)]
            steps.append([node.target, before])
        elif node in kinds.tensors and joins and sum(bool(of.get(n)) for n in node.all_input_nodes) > 1:
            of[node] = [len(steps)]
            steps.append([JOINING[name], before])
        elif node in kinds.tensors:
            of[node] = before


def loaded(path):
    if path.startswith("models/"):
        import torchvision

        return vars(torchvision.models) | vars(torchvision.models.segmentation)
    spec = importlib.util.spec_from_file_location("model", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return vars(module)


def main():
    source, *names = sys.argv[1:]
    lines = [json.loads(line) for line in open(source)]
    if "zoo" in source:
        own = "test/fixtures/networks"
        lines += [
            {"file": f"{own}/plain.py", "expr": "Digits()", "input": [1, 1, 28, 28]},
            {"file": f"{own}/residual.py", "expr": "SmallResNet()", "input": [2, 3, 32, 32]},
            {"file": f"{own}/unet.py", "expr": "UNet()", "input": [1, 1, 64, 64]},
        ]
    for line in lines:
        if names and not any(line["expr"].startswith(f"{name}(") for name in names):
            continue
        size = line["input"]
        if not all(isinstance(n, int) for n in size):
            continue
        try:
            with contextlib.redirect_stdout(sys.stderr):  # some files print
                model = eval(line["expr"], dict(loaded(line["file"]))).eval()
                steps, output = graph_of(model, size)
        except Exception as error:  # torch.fx does not follow branches on numbers
            print(line["file"], line["expr"], type(error).__name__, str(error)[:90], file=sys.stderr)
            continue
        print(json.dumps({"file": line["file"], "expr": line["expr"], "input": size, "steps": steps, "output": output}, separators=(",", ":")))


main()
