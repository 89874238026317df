#!/usr/bin/python3
"""What one unit of a network sees of its input, as PyTorch's gradients say it, through convolutions, pools and branches.

usage: networkFields.py COUNT SEED > networkFields.jsonl

Every line is a random network, by the statements of its constructor and of its forward, whose weights are all positive, so that no gradient
cancels another:
  {"made": ["self.a1 = nn.Conv2d(2, 2, 3)"], "said": ["x = self.a1(x)"], "input": [9, 13], "unit": [3, 5], "first": [0, 0], "last": [8, 12]}
"first" and "last" are the first and the last row and column of the input that have a gradient.
"""
import json
import random
import sys

import torch


class Writer:
    """Writes a network line by line; branches keep the size that they share."""

    def __init__(self, rng):
        self.rng, self.made, self.said, self.count = rng, [], [], 0

    def layer(self, text):
        self.count += 1
        self.made.append(f"self.a{self.count} = {text}")
        return f"self.a{self.count}"

    def pair(self, choose):
        one, other = choose(), choose()
        return one if one == other or self.rng.random() < 0.6 else (one, other)

    def window(self, x, inside=2):
        rng = self.rng
        kind = rng.choice(["Conv2d", "Conv2d", "Conv2d", "AvgPool2d", "ConvTranspose2d", "Upsample", "ZeroPad2d"])
        k = rng.randint(1, 4)
        if kind == "Conv2d":
            k, p = self.pair(lambda: rng.randint(1, 4)), self.pair(lambda: rng.randint(0, 2))
            s, d = self.pair(lambda: rng.randint(1, 3)), self.pair(lambda: rng.choice([1, 1, 2, 3]))
            return self.layer(f"nn.Conv2d({inside}, 2, {k}, stride={s}, padding={p}, dilation={d})") + f"({x})"
        if kind == "AvgPool2d":
            return self.layer(f"nn.AvgPool2d({k}, {rng.randint(1, 3)}, {rng.randint(0, k // 2)})") + f"({x})"
        if kind == "ConvTranspose2d":
            s = rng.randint(1, 3)
            p = rng.randint(0, k - 1)
            return self.layer(f"nn.ConvTranspose2d({inside}, 2, {k}, stride={s}, padding={p}, dilation={rng.choice([1, 1, 2])})") + f"({x})"
        if kind == "Upsample":
            mode = rng.choice(["'nearest'", "'bilinear'", "'bilinear', align_corners=True"])
            return self.layer(f"nn.Upsample(scale_factor=2, mode={mode})") + f"({x})"
        return self.layer(f"nn.ZeroPad2d(({rng.randint(0, 2)}, {rng.randint(0, 2)}, {rng.randint(0, 2)}, {rng.randint(0, 2)}))") + f"({x})"

    def branch(self, s):
        """Windows of an odd size in the middle of their padding, so that all branches of a stride give one size."""
        rng = self.rng
        text = "x"
        for stride in [s] + [1] * rng.randint(0, 2):
            k, d = rng.choice([1, 3, 5]), rng.choice([1, 1, 2])
            text = self.layer(f"nn.Conv2d(2, 2, {k}, stride={stride}, padding={(k - 1) * d // 2}, dilation={d})") + f"({text})"
        return text

    def network(self, steps):
        rng = self.rng
        for _ in range(steps):
            kind = rng.random()
            if kind < 0.5:
                self.said.append(f"x = {self.window('x')}")
            elif kind < 0.65:
                act = rng.choice(["torch.relu(x)", "F.gelu(x) + 1", self.layer("nn.BatchNorm2d(2)") + "(x)", "x * 2"])
                self.said.append(f"x = {act}")
            else:
                s = rng.randint(1, 2)
                ways = [self.branch(s) for _ in range(rng.randint(2, 3))]
                if s == 1 and rng.random() < 0.5:
                    ways[0] = "x"
                if kind < 0.85:
                    self.said.append(f"x = {' + '.join(ways)}")
                else:
                    mix = self.layer(f"nn.Conv2d({2 * len(ways)}, 2, 1)")
                    self.said.append(f"x = {mix}(torch.cat([{', '.join(ways)}], 1))")
        if rng.random() < 0.1:
            pool = self.layer(f"nn.AdaptiveAvgPool2d(({rng.randint(1, 4)}, {rng.randint(1, 4)}))")
            self.said.append(f"x = {pool}(x)")

    def text(self, rows, columns):
        body = "\n        ".join(["super().__init__()", *self.made])
        said = "\n        ".join([*self.said, "return x"])
        return (
            "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n\n\nclass Net(nn.Module):\n    def __init__(self):\n"
            f"        {body}\n\n    def forward(self, x):\n        {said}\n\n\nNet()(torch.zeros(1, 2, {rows}, {columns}))\n"
        )


def seen(net, shape, unit):
    x = torch.ones(shape, requires_grad=True)
    net(x)[0, 0][tuple(unit)].backward()
    cells = x.grad[0].sum(0).nonzero()
    return None if len(cells) == 0 else (cells.min(0)[0].tolist(), cells.max(0)[0].tolist())


def main():
    count, rng = int(sys.argv[1]), random.Random(int(sys.argv[2]))
    torch.set_default_dtype(torch.float64)
    done = 0
    while done < count:
        writer = Writer(rng)
        writer.network(rng.randint(1, 5))
        rows, columns = rng.randint(6, 40), rng.randint(6, 40)
        text, names = writer.text(rows, columns), {}
        try:
            exec(text, names)
        except RuntimeError:  # a window larger than what comes
            continue
        net = names["Net"]().eval()
        for p in net.parameters():
            torch.nn.init.constant_(p, 0.05)
        shape = [1, 2, rows, columns]
        size = net(torch.ones(shape)).shape[2:]
        if max(size) > 200:
            continue
        unit = [rng.randrange(n) for n in size]
        found = seen(net, shape, unit)
        if found is None:
            continue
        line = {"made": writer.made, "said": writer.said, "input": [rows, columns], "unit": unit, "first": found[0], "last": found[1]}
        print(json.dumps(line, separators=(",", ":")))
        done += 1


main()
