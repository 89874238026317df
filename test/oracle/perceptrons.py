#!/usr/bin/python3
"""PyTorch's own numbers of multilayer perceptrons, forward and backward (Debian's PyTorch 1.13).

usage: perceptrons.py COUNT SEED [others] > perceptrons.jsonl   (committed: 300 1, then 200 2 others)

Each line is a network of linear layers on one example, in float64, and what PyTorch's autograd made of it:
  {"input", "target": 0 or 1 by output, "layers": [{"weight", "bias", "activation", "args" if there are any, "sums", "outputs"}],
   "losses": [{"kind", "value", "layers": [{"outputs", "sums", "weight"}], "input"}]}
A bias that is [] is none; with "others", the less common activations are drawn too. Losses: half the squared error of the outputs; the cross entropy of the last sums where there are several outputs
and the last activation is no sigmoid; binary cross entropy, added up, where it is one. A sigmoid behind a sum beyond 12 is drawn anew: PyTorch
takes no logarithm below -100 there, and its gradient of one so small is no derivative.
"""
import json
import random
import sys

import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)
BENDS = {"": nn.Identity, "ReLU": nn.ReLU, "Sigmoid": nn.Sigmoid, "Tanh": nn.Tanh, "LeakyReLU": nn.LeakyReLU, "ELU": nn.ELU,
         "SELU": nn.SELU, "GELU": nn.GELU, "SiLU": nn.SiLU, "Softplus": nn.Softplus, "ReLU6": nn.ReLU6, "Hardtanh": nn.Hardtanh}
ARGUMENTS = {"LeakyReLU": {"negative_slope": 0.25}, "ELU": {"alpha": 0.5}, "GELU": {"approximate": "tanh"},
             "Softplus": {"beta": 2, "threshold": 5}, "Hardtanh": {"min_val": -0.5, "max_val": 2}}


def network(rng, others):
    sizes = [rng.randint(1, 4) for _ in range(rng.randint(2, 5))]
    scale = rng.choice([1.0, 0.5, 0.25, 0.125])  # exact, so that nobody doubts on which side of 0 a sum lies
    number = lambda: scale * rng.randint(-3, 3)
    layers = []
    for reads, makes in zip(sizes, sizes[1:]):
        weight = [[number() for _ in range(reads)] for _ in range(makes)]
        bias = [number() for _ in range(makes)] if rng.random() < 0.8 else []
        activation = rng.choice(["ReLU", "ReLU", "Sigmoid", "Tanh", "", *(BENDS if others else [])])
        args = ARGUMENTS[activation] if activation in ARGUMENTS and rng.random() < 0.5 else {}
        layers.append({"weight": weight, "bias": bias, "activation": activation, **({"args": args} if args else {})})
    answer = rng.randrange(sizes[-1])
    return {"input": [scale * rng.randint(-4, 4) for _ in range(sizes[0])], "target": [int(i == answer) for i in range(sizes[-1])], "layers": layers}


def losses(last, outputs, sums, target):
    yield "squared", ((outputs - target) ** 2).sum() / 2
    if last == "Sigmoid":
        yield "sigmoid", F.binary_cross_entropy(outputs, target, reduction="sum")
    elif len(target) > 1:
        yield "softmax", F.cross_entropy(outputs[None], target.argmax()[None])


def run(net):
    """The network with autograd's numbers; one pass a loss, as each has gradients of its own."""
    made = []
    for index in range(2):
        x = torch.tensor(net["input"], dtype=torch.float64, requires_grad=True)
        first, kept = x, []
        for layer in net["layers"]:
            weight = torch.tensor(layer["weight"], dtype=torch.float64, requires_grad=True)
            bias = torch.tensor(layer["bias"], dtype=torch.float64) if layer["bias"] else None
            sums = F.linear(x, weight, bias)
            x = BENDS[layer["activation"]](**layer.get("args", {}))(sums * 1)
            sums.retain_grad()
            x.retain_grad()
            kept.append((weight, sums, x))
            layer["sums"], layer["outputs"] = sums.tolist(), x.tolist()
        target = torch.tensor(net["target"], dtype=torch.float64)
        found = list(losses(net["layers"][-1]["activation"], x, kept[-1][1], target))
        if index >= len(found):
            break
        kind, value = found[index]
        value.backward()
        back = [{"outputs": y.grad.tolist(), "sums": s.grad.tolist(), "weight": w.grad.tolist()} for w, s, y in kept]
        made.append({"kind": kind, "value": value.item(), "layers": back, "input": first.grad.tolist()})
    return {**net, "losses": made}


if __name__ == "__main__":
    count, seed = (int(a) for a in sys.argv[1:3])
    others = sys.argv[3:] == ["others"]
    rng = random.Random(seed)
    while count > 0:
        net = run(network(rng, others))
        last = net["layers"][-1]
        if last["activation"] != "Sigmoid" or max(abs(z) for z in last["sums"]) <= 12:
            print(json.dumps(net, separators=(",", ":")))
            count -= 1
