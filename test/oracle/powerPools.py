#!/usr/bin/python3
"""PyTorch's own numbers of LPPool1d, LPPool2d and LPPool3d, forward and backward (Debian's PyTorch 1.13).

usage: powerPools.py COUNT SEED > powerPools.jsonl   (committed: 180 1)

Each line has the form of gradients.jsonl. This PyTorch has no LPPool3d: it is put together from the operations that newer ones make it of.
"""
import json
import math
import random
import sys

import torch
from torch import nn
from torch.nn import functional as F

TOP = {1: 9, 2: 6, 3: 4}


def each(rng, dims, high):
    """One number for all axes, or one an axis."""
    return rng.randint(1, high) if dims == 1 or rng.random() < 0.5 else [rng.randint(1, high) for _ in range(dims)]


def pooled(dims, args, x):
    p, size = args["norm_type"], args["kernel_size"]
    if dims < 3:
        pairs = {key: tuple(value) if isinstance(value, list) else value for key, value in args.items()}
        return (nn.LPPool1d if dims == 1 else nn.LPPool2d)(**pairs)(x)
    mean = F.avg_pool3d(x.pow(p), size, args.get("stride"), 0, args.get("ceil_mode", False))
    return (torch.sign(mean) * F.relu(torch.abs(mean))).mul(math.prod(size) if isinstance(size, list) else size**3).pow(1.0 / p)


def answer(rng):
    dims = rng.randint(1, 3)
    args = {"norm_type": rng.choice([1, 2, 2, 2, 3, 4]), "kernel_size": each(rng, dims, 3)}
    if rng.random() < 0.6:
        args["stride"] = each(rng, dims, 2)
    if rng.random() < 0.5:
        args["ceil_mode"] = True
    shape = [rng.randint(1, 2), *(rng.randint(2, TOP[dims]) for _ in range(dims))]
    # Under an odd root a negative sum has none; most inputs have no such.
    low = -3 if rng.random() < 0.3 else 1
    whole = lambda of, least: torch.tensor([rng.randint(least, 3) for _ in range(math.prod(of))], dtype=torch.float64).reshape(list(of))
    x = whole(shape, low).requires_grad_()
    y = pooled(dims, args, x)
    upstream = whole(y.shape, -3)
    y.backward(upstream)
    if not bool(torch.isfinite(y).all() and torch.isfinite(x.grad).all()):
        return None
    line = {"layer": f"LPPool{dims}d", "args": args, "input": x, "gradOutput": upstream, "output": y, "gradInput": x.grad}
    return {key: value.tolist() if isinstance(value, torch.Tensor) else value for key, value in line.items()}


def main():
    count, rng = int(sys.argv[1]), random.Random(int(sys.argv[2]))
    while count > 0:
        try:
            line = answer(rng)
        except RuntimeError:  # A window larger than the input.
            continue
        text = json.dumps(line, separators=(",", ":")).replace(".0,", ",").replace(".0]", "]")
        if line and len(text) < 2500:
            print(text)
            count -= 1


main()
