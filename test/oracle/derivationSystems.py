"""Numbers of homework systems, as PyTorch has them: gradients of a convolution, networks whose biases are a row of the weights, least squares, a
convolution as a matrix. One JSON object a line.

Run with a Python that has PyTorch: python3 test/oracle/derivationSystems.py > test/oracle/derivationSystems.jsonl
"""
import json
import random

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
random.seed(8)


def whole(rows, columns, least=-4, most=4):
    return torch.tensor([[float(random.randint(least, most)) for _ in range(columns)] for _ in range(rows)])


def rows(t):
    return [[int(v) if float(v).is_integer() else float(v) for v in row] for row in t.reshape(t.shape[0], -1).tolist()]


def slid():
    size, kernel = random.randint(3, 5), random.randint(2, 3)
    if size <= kernel:
        return slid()
    x, w = whole(size, size).requires_grad_(), whole(kernel, kernel).requires_grad_()
    y = F.conv2d(x[None, None], w[None, None])
    dy = whole(size - kernel + 1, size - kernel + 1)
    y.backward(dy[None, None])
    unturned = F.conv2d(dy[None, None], w.detach()[None, None], padding=kernel - 1)[0, 0]
    return {"kind": "slid", "x": rows(x.detach()), "w": rows(w.detach()), "y": rows(y[0, 0].detach()), "dy": rows(dy),
            "dx": rows(x.grad), "dw": rows(w.grad), "unturned": rows(unturned)}


def sensitivities():
    """tanh, then the identity; the first row of each matrix has the biases; all rounded to two decimals, each from the rounded ones before."""
    inputs, hidden = random.randint(1, 2), random.randint(2, 3)
    decimal = lambda m, n: torch.round(whole(m, n, -9, 9)) / 10
    w1, w2 = decimal(inputs + 1, hidden), decimal(hidden + 1, 1)
    x, y = whole(inputs, 1, -2, 3), float(random.randint(-2, 2))
    two = lambda t: torch.round(t * 100) / 100
    one = torch.ones(1, 1)
    x0 = torch.cat([one, x])
    s1 = two(w1.T @ x0)
    x1 = two(torch.cat([one, torch.tanh(s1)]))
    x2 = two(w2.T @ x1)
    d2 = two(2 * (x2 - y))
    d1 = two((w2 @ d2)[1:] * (1 - x1[1:] ** 2))
    return {"kind": "sensitivities", "W_1": rows(w1), "W_2": rows(w2), "x": rows(x), "y": y, "s_1": rows(s1), "x_1": rows(x1), "x_2": rows(x2),
            "delta_2": rows(d2), "delta_1": rows(d1), "g_1": rows(two(x0 @ d1.T)), "g_2": rows(two(x1 @ d2.T))}


def least_squares():
    m, n = random.choice([(1, 2), (1, 3), (3, 2), (4, 2), (4, 3)])
    x, y = whole(m, n, -9, 9), whole(m, 1, -9, 9)
    # Of nearly singular ones the digits are not for writing.
    values = torch.linalg.svdvals(x)
    if values[-1] < 0.5:
        return least_squares()
    return {"kind": "leastSquares", "X": rows(x), "y": rows(y), "w": rows(torch.linalg.pinv(x) @ y)}


def matrix():
    channels, length, kernel, filters = random.randint(1, 2), random.randint(3, 4), 2, random.randint(1, 2)
    x = whole(channels, length).requires_grad_()
    w = whole(filters * channels, kernel).reshape(filters, channels, kernel)
    y = F.conv1d(x[None], w)
    dy = whole(filters, y.shape[-1])
    y.backward(dy[None])
    unit = torch.eye(channels * length).reshape(-1, channels, length)
    a = F.conv1d(unit, w).reshape(channels * length, -1).T
    if y.numel() < 2:
        return matrix()
    column = lambda t: rows(t.reshape(-1, 1).detach())
    return {"kind": "matrix", "A": rows(a), "x": column(x), "y": column(y), "dy": column(dy), "dx": column(x.grad)}


for make, count in [(slid, 120), (sensitivities, 120), (least_squares, 120), (matrix, 80)]:
    for _ in range(count):
        print(json.dumps(make()))
