#!/usr/bin/python3
"""What one unit of a network over volumes sees of its input, as PyTorch's gradients say it.

usage: volumeFields.py COUNT SEED > volumeFields.jsonl   (committed: 100 1)

Every line is a random network whose weights are all positive, so that no gradient cancels another, in the form of networkFields.jsonl: "first"
and "last" are the first and the last slice, row and column of the input that have a gradient.
"""
import json
import random
import sys

import torch
from torch import nn


def each(rng, low, high):
    """One number for all axes, or one an axis."""
    return rng.randint(low, high) if rng.random() < 0.5 else tuple(rng.randint(low, high) for _ in range(3))


def layer(rng):
    kind = rng.choice(["conv", "conv", "conv", "pool", "back", "enlarge", "pad", "norm"])
    if kind == "conv":
        return f"nn.Conv3d(2, 2, {each(rng, 1, 3)}, stride={each(rng, 1, 2)}, padding={each(rng, 0, 2)}, dilation={each(rng, 1, 2)})"
    if kind == "pool":
        return f"nn.AvgPool3d({each(rng, 2, 3)}, {each(rng, 1, 2)}, {each(rng, 0, 1)})"
    if kind == "back":
        return f"nn.ConvTranspose3d(2, 2, {each(rng, 2, 3)}, stride={each(rng, 1, 2)}, padding={each(rng, 0, 1)})"
    if kind == "enlarge":
        return f"nn.Upsample(scale_factor=2, mode={rng.choice(['nearest', 'trilinear'])!r})"
    return f"nn.ConstantPad3d(({', '.join(str(rng.randint(0, 2)) for _ in range(6))}), 0.)" if kind == "pad" else "nn.BatchNorm3d(2)"


def answer(rng):
    made = [f"self.a{at} = {layer(rng)}" for at in range(rng.randint(1, 4))]
    said = [f"x = self.a{at}(x)" for at in range(len(made))]
    if rng.random() < 0.4:
        made.append("self.b = nn.Conv3d(2, 2, 3, padding=1)")
        said.append(f"x = {rng.choice(['x + self.b(x)', 'torch.relu(self.b(x)) * x'])}")
    layers = [eval(line.split(" = ", 1)[1], {"nn": nn}).eval() for line in made]
    for one in layers:
        for parameter in one.parameters():
            nn.init.constant_(parameter, 0.05)
    shape = [rng.randint(4, 14) for _ in range(3)]
    x = torch.ones([1, 2, *shape], requires_grad=True)
    y = x
    for one in layers[: len(said) - ("self.b" in said[-1])]:
        y = one(y)
    if "self.b" in said[-1]:
        y = y + layers[-1](y) if "+" in said[-1] else torch.relu(layers[-1](y)) * y
    if max(y.shape[2:]) > 60:
        return None
    unit = [rng.randrange(size) for size in y.shape[2:]]
    y[0, 0][tuple(unit)].backward()
    cells = x.grad[0].sum(0).nonzero()
    if len(cells) == 0:
        return None
    first, last = cells.min(0)[0].tolist(), cells.max(0)[0].tolist()
    return {"made": made, "said": said, "input": shape, "unit": unit, "first": first, "last": last}


def main():
    count, rng = int(sys.argv[1]), random.Random(int(sys.argv[2]))
    torch.set_default_dtype(torch.float64)
    while count > 0:
        try:
            line = answer(rng)
        except RuntimeError:  # A window larger than what comes.
            continue
        if line:
            print(json.dumps(line, separators=(",", ":")))
            count -= 1


main()
