#!/usr/bin/python3
"""Random stacks of layers with the shapes and counts that PyTorch gives them, for tables.

usage: tables.py COUNT SEED > tables.jsonl

Each line: {"axes": 2, "input": [C, H, W], "layers": [{"layer": "Conv2d", "args": {...}, "output": [C, H, W], "params": n, "weights": n}, ...]}
Shapes are one sample's, channels first. A convolution or linear layer always has its bias.
"""
import json
import random
import sys

import torch
from torch import nn

torch.set_grad_enabled(False)


def conv(rng, axes, channels, sizes):
    kernel = rng.choice([3, 3, 3, 5, 1, 7] if min(sizes) >= 7 else [3, 1])
    if min(sizes) < kernel:
        return None
    padding = rng.choice([0, kernel // 2, kernel // 2, kernel // 2])
    stride = rng.choice([1, 1, 1, 1, 2])
    filters = rng.choice([4, 6, 8, 10, 12, 16, 20, 24, 32, 48, 64, 96])
    return f"Conv{axes}d", {"in_channels": channels, "out_channels": filters, "kernel_size": kernel, "stride": stride, "padding": padding}


def pool(rng, axes, channels, sizes):
    kernel, stride = rng.choice([(2, 2), (2, 2), (2, 2), (3, 2), (3, 3)])
    if min(sizes) < kernel + 1:
        return None
    kind = rng.choice(["Max", "Max", "Max", "Avg"])
    return f"{kind}Pool{axes}d", {"kernel_size": kernel, "stride": stride}


def stack(rng):
    axes = rng.choice([2, 2, 2, 2, 2, 1, 3])
    channels = rng.choice([1, 3, 3, 2])
    if axes == 2 and rng.random() < 0.7:
        size = rng.choice([28, 32, 36, 48, 64, 96, 128, 224])
        sizes = [size, size]
    else:
        sizes = [rng.randint(20, {1: 200, 2: 80, 3: 30}[axes]) for _ in range(axes)]
    shape = [channels, *sizes]
    data = torch.zeros(1, *shape)
    record = {"axes": axes, "input": shape, "layers": []}

    def push(name, args):
        nonlocal data
        module = getattr(nn, name)(**args)
        module.eval()
        data = module(data)
        params = sum(p.numel() for p in module.parameters())
        record["layers"].append({"layer": name, "args": args, "output": list(data.shape[1:]), "params": params})

    norm = rng.random() < 0.3
    for _ in range(rng.randint(1, 4)):
        for _ in range(rng.choice([1, 1, 2])):
            made = conv(rng, axes, data.shape[1], data.shape[2:])
            if not made:
                break
            push(*made)
            if norm:
                push(f"BatchNorm{axes}d", {"num_features": data.shape[1]})
            if rng.random() < 0.4:
                push("ReLU", {})
        made = pool(rng, axes, data.shape[1], data.shape[2:])
        if made and rng.random() < 0.85:
            push(*made)
        if rng.random() < 0.1:
            push("Dropout", {"p": 0.25})
    if data.numel() > 40000 or rng.random() < 0.2:
        channels = data.shape[1]
        data = data.mean(dim=list(range(2, data.dim())))
        record["layers"].append({"layer": "GlobalAvgPool", "args": {}, "output": [channels], "params": 0})
    else:
        push("Flatten", {})
    for _ in range(rng.randint(0, 2)):
        push("Linear", {"in_features": data.shape[1], "out_features": rng.choice([16, 32, 50, 64, 84, 100, 120, 128, 256])})
        if rng.random() < 0.3:
            push("Dropout", {"p": 0.5})
    push("Linear", {"in_features": data.shape[1], "out_features": rng.choice([2, 3, 5, 10, 17, 100])})
    return record


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(seed)
    for _ in range(count):
        print(json.dumps(stack(rng), separators=(",", ":")))


main()
