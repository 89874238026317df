#!/usr/bin/python3
"""Small networks in files that load a data set and never call them, and whether the data set's images fit them.

usage: imageModels.py > test/oracle/imageModels.jsonl          (with Debian's python3-torch 1.13)

A line for each: {"text", "fits", "output", "at"}: the file, whether PyTorch takes a batch of two of its images, what comes out, and, where
it does not fit, the features that the linear layer is made for (null where something else is wrong).
"""
import json
import random

import torch

SETS = {"MNIST": (1, 28), "FashionMNIST": (1, 28), "CIFAR10": (3, 32), "CIFAR100": (3, 32), "SVHN": (3, 32), "STL10": (3, 96), "USPS": (1, 16)}
HEAD = """import torch
import torch.nn as nn
import torch.nn.functional as F
from torchvision import datasets, transforms

transform = transforms.Compose([{steps}])
train = datasets.{name}("data", {which}download=True, transform=transform)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
{layers}

    def forward(self, x):
{forward}
"""


def program(rng):
    name = rng.choice(sorted(SETS))
    channels, side = SETS[name]
    steps = []
    if rng.random() < 0.25:
        side = rng.choice([24, 32, 40, 64])
        steps.append(rng.choice([f"transforms.Resize(({side}, {side}))", f"transforms.CenterCrop({side})"]))
    steps.append("transforms.ToTensor()")
    if rng.random() < 0.5:
        steps.append("transforms.Normalize((0.5,), (0.5,))")
    meant = side if rng.random() < 0.6 else rng.choice([28, 32, 36, 48])
    width, c, s = [], channels if rng.random() < 0.9 else 4 - channels, meant
    layers, forward = [], []
    for i in range(rng.randint(1, 3)):
        k, p, out = rng.choice([3, 5]), rng.choice([0, 1]), rng.choice([6, 8, 16])
        if s + 2 * p - k < 4:
            break
        layers.append(f"self.conv{i} = nn.Conv2d({c}, {out}, {k}, padding={p})")
        forward.append(f"x = F.relu(self.conv{i}(x))")
        c, s = out, s + 2 * p - k + 1
        if rng.random() < 0.7:
            layers.append(f"self.pool{i} = nn.MaxPool2d(2)")
            forward.append(f"x = self.pool{i}(x)")
            s //= 2
    forward.append(rng.choice(["x = torch.flatten(x, 1)", "x = x.view(x.size(0), -1)", "x = x.flatten(1)"]))
    features = c * s * s
    layers.append(f"self.fc = nn.Linear({features}, 10)")
    forward.append("return self.fc(x)")
    which = "" if name in ("SVHN", "STL10") else "train=True, "
    indented = lambda lines: "\n".join("        " + line for line in lines)  # noqa: E731
    text = HEAD.format(steps=", ".join(steps), name=name, which=which, layers=indented(layers), forward=indented(forward))
    return text, (2, channels, side, side), features


rng = random.Random(28)
for _ in range(300):
    text, shape, features = program(rng)
    names = {}
    exec(text.split("train = ")[0] + "\n\n" + text[text.index("class Net"):], names)  # the data are not fetched
    try:
        answer = {"fits": True, "output": list(names["Net"]()(torch.zeros(shape)).shape), "at": None}
    except RuntimeError as error:
        answer = {"fits": False, "output": None, "at": features if "mat1 and mat2" in str(error) else None}
    print(json.dumps({"text": text, **answer}))
