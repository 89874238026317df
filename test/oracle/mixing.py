#!/usr/bin/python3
"""Which small models mix the samples of a batch: whether PyTorch gives a sample something else in a batch than alone.

usage: mixing.py > mixing.jsonl

Each line is {"init": [line, ...], "forward": [line, ...], "input": [size, ...], "output": [size, ...], "mixes": bool}. A model that takes no
sample alone, or gives no sample a row of its own, mixes them. Run with Debian's PyTorch 1.13.
"""
import itertools
import json
import random
import warnings

import torch
import torch.nn.functional as F
from torch import nn

warnings.filterwarnings("ignore")
random.seed(5)
torch.manual_seed(5)


def image_bodies():
    """Convolutions, then rows of a sample each, or one row of all."""
    heads = [
        (["self.conv = nn.Conv2d(1, 4, 3)"], ["x = F.relu(self.conv(x))"], 4 * 36),
        (["self.conv = nn.Conv2d(1, 4, 3)", "self.bn = nn.BatchNorm2d(4)"], ["x = self.bn(self.conv(x))", "x = F.max_pool2d(x, 2)"], 4 * 9),
        ([], [], 64),
    ]
    rows = ["x = x.flatten(1)", "x = torch.flatten(x, 1)", "x = x.view(-1, {n})", "x = x.view(x.size(0), -1)", "x = x.reshape(x.shape[0], {n})"]
    joined = ["x = x.flatten()", "x = torch.flatten(x)", "x = nn.Flatten(0)(x)", "x = torch.flatten(x, 0)"]
    for (init, lines, n), batch in itertools.product(heads, [2, 5]):
        for row in rows:
            yield init + [f"self.fc = nn.Linear({n}, 3)"], lines + [row.format(n=n), "x = self.fc(x)"], [batch, 1, 8, 8]
        for row in joined:
            yield init + [f"self.fc = nn.Linear({n * batch}, 3)"], lines + [row, "x = self.fc(x)"], [batch, 1, 8, 8]
        yield init + [f"self.fc = nn.Linear({n}, 3)"], lines + ["x = x.flatten(1)", "x = F.relu(self.fc(x))"], [batch, 1, 8, 8]


def sequence_bodies():
    for batch in [2, 5]:
        yield ["self.conv = nn.Conv1d(4, 6, 3)"], ["x = self.conv(x)"], [batch, 4, 9]
        yield ["self.conv = nn.Conv1d(4, 6, 3)"], ["x = F.relu(self.conv(x))", "x = F.dropout(x, 0.5, self.training)"], [batch, 4, 9]


def tails(rank):
    """What weighs the numbers, along which dimension, and how that is written."""
    dims = [None, *range(-rank, rank)]
    for dim in dims:
        said = "" if dim is None else f"dim={dim}"
        yield [], [f"return F.softmax(x, {said})" if said else "return F.softmax(x)"]
        yield [f"self.last = nn.LogSoftmax({said})"], ["return self.last(x)"]
        if dim is not None:
            yield [], [f"return x.softmax({dim})"]
            yield [], [f"x = torch.log_softmax(x, {dim})", "return x"]
    yield [], ["return x"]
    yield [], ["return torch.sigmoid(x)"]


def made(init, forward):
    names = {"torch": torch, "nn": nn, "F": F}
    body = "\n".join(
        ["class Net(nn.Module):", "  def __init__(self):", "    super().__init__()"]
        + [f"    {line}" for line in init]
        + ["  def forward(self, x):"]
        + [f"    {line}" for line in forward]
    )
    exec(body, names)
    return names["Net"]().eval()


def mixes(net, x):
    whole = net(x)
    for i in range(len(x)):
        try:
            alone = net(x[i : i + 1])
        except (RuntimeError, IndexError):
            return True
        if whole.shape[1:] != alone.shape[1:] or not torch.allclose(whole[i : i + 1], alone, atol=1e-5):
            return True
    return False


for bodies, cap in [(image_bodies, 500), (sequence_bodies, 100)]:
    found = []
    for init, lines, size in bodies():
        with torch.no_grad():
            rank = made(init, lines + ["return x"])(torch.randn(size)).dim()
        for more, last in tails(rank):
            net = made(init + more, lines + last)
            x = torch.randn(size)
            with torch.no_grad():
                found.append({"init": init + more, "forward": lines + last, "input": size, "output": list(net(x).shape), "mixes": mixes(net, x)})
    for line in found if len(found) <= cap else random.sample(found, cap):
        print(json.dumps(line, separators=(",", ":")))
