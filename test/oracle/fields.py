#!/usr/bin/python3
"""What one unit of a stack of layers sees of the input, as PyTorch's gradients say it.

usage: fields.py COUNT SEED > fields.jsonl

Each line is one random stack over one axis and, for an input that is long enough, the cells from the first to the last that have a
gradient at one unit and at the next: {"layers": [[name, args], ...], "length": 400, "unit": 7, "first": [12, 16], "last": [20, 24]}.
"""
import json
import random
import sys

import torch
from torch import nn


def layer(rng):
    kind = rng.choice(["Conv1d", "Conv1d", "Conv1d", "AvgPool1d", "LPPool1d", "ReLU", "BatchNorm1d", "Dropout"])
    k = rng.randint(1, 5)
    if kind == "Conv1d":
        args = dict(in_channels=1, out_channels=1, kernel_size=k)
        if rng.random() < 0.25:
            args["padding"] = rng.choice(["same", "valid"])
        else:
            args.update(stride=rng.randint(1, 3), padding=rng.randint(0, 3))
        if rng.random() < 0.4:
            args["dilation"] = rng.randint(1, 3)
        return kind, args
    if kind == "AvgPool1d":
        return kind, dict(kernel_size=k, stride=rng.randint(1, 3), padding=rng.randint(0, k // 2))
    if kind == "LPPool1d":
        return kind, dict(norm_type=2, kernel_size=k, stride=rng.randint(1, 3))
    return kind, dict(num_features=1) if kind == "BatchNorm1d" else {}


def seen(net, length, unit):
    x = torch.ones(1, 1, length, requires_grad=True)
    net(x)[0, 0, unit].backward()
    cells = x.grad[0, 0].nonzero().flatten()
    return int(cells[0]), int(cells[-1])


def main():
    count, rng = int(sys.argv[1]), random.Random(int(sys.argv[2]))
    done = 0
    while done < count:
        layers = [layer(rng) for _ in range(rng.randint(1, 6))]
        net = nn.Sequential(*[getattr(nn, name)(**args) for name, args in layers]).eval()
        for p in net.parameters():
            nn.init.constant_(p, 0.5)
        length = 1200
        units = net(torch.ones(1, 1, length)).shape[-1]
        if units < 4:
            continue
        unit = units // 2
        (a, b), (c, d) = seen(net, length, unit), seen(net, length, unit + 1)
        if a == 0 or d == length - 1:
            continue
        print(json.dumps({"layers": layers, "length": length, "unit": unit, "first": [a, c], "last": [b, d]}))
        done += 1


main()
