"""Numbers of small networks and convolutions, forward and backward, as PyTorch has them: one JSON object a line.

Run with a Python that has PyTorch: python3 test/oracle/derivations.py > test/oracle/derivations.jsonl
"""
import json
import random

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
random.seed(20)


def whole(rows, columns, least=-4, most=4):
    return torch.tensor([[float(random.randint(least, most)) for _ in range(columns)] for _ in range(rows)])


def rows(t):
    return [[int(v) if float(v).is_integer() else float(v) for v in row] for row in t.reshape(t.shape[0], -1).tolist()]


def network():
    sizes = [random.randint(2, 3) for _ in range(random.choice([2, 3]))] + [random.choice([1, 2])]
    relu = random.random() < 0.7
    x = whole(sizes[0], 1)
    given, layers = {"x": rows(x)}, []
    a = x
    leaves = {}
    for i, (n, m) in enumerate(zip(sizes, sizes[1:]), 1):
        w, b = whole(m, n).requires_grad_(), whole(m, 1).requires_grad_()
        leaves[f"W_{i}"], leaves[f"b_{i}"] = w, b
        a = w @ a + b
        if relu and i < len(sizes) - 1:
            # At 0 a ReLU has no derivative on paper.
            if (a == 0).any():
                return network()
            a = torch.relu(a)
        layers.append(rows(a))
    y = whole(sizes[-1], 1)
    loss = ((a - y) ** 2).sum()
    loss.backward()
    given.update({name: rows(t.detach()) for name, t in leaves.items()})
    given["y"] = rows(y)
    gradients = {name: rows(t.grad) for name, t in leaves.items()}
    return {"kind": "network", "relu": relu, "given": given, "layers": layers, "loss": rows(loss.reshape(1, 1))[0][0], "gradients": gradients}


def convolution():
    size, kernel = random.randint(3, 5), random.randint(2, 3)
    stride, padding = random.choice([1, 1, 2]), random.choice([0, 0, 1])
    x, h = whole(size, size), whole(kernel, kernel)
    image = x[None, None]
    correlation = F.conv2d(image, h[None, None], stride=stride, padding=padding)[0, 0]
    true = F.conv2d(image, h.flip(0, 1)[None, None], stride=stride, padding=padding)[0, 0]
    if min(correlation.shape) < 2:
        return convolution()
    return {"kind": "convolution", "x": rows(x), "h": rows(h), "stride": stride, "padding": padding, "correlation": rows(correlation), "convolution": rows(true)}


if __name__ == "__main__":
    for _ in range(120):
        print(json.dumps(network()))
    for _ in range(160):
        print(json.dumps(convolution()))
