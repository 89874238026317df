#!/usr/bin/python3
"""Random small models as source text, with PyTorch's own answers.

usage: models.py COUNT SEED > models.jsonl

Each line is {"source": text, "shapes": {line: shape}, "params": n} for a model that runs, where line is the number (from 1) of a
statement of forward or of a layer of a Sequential, or {"source": text, "error": first line of PyTorch's message} for one that does
not. Half of the models are made right and then one integer in them is changed. Run with Debian's python3-torch 1.13.
"""
import json
import random
import re
import sys
import warnings

import torch
from torch import nn

warnings.filterwarnings("ignore")
torch.set_grad_enabled(False)


def conv(rng, c, size):
    f = rng.choice([4, 6, 8, 10, 16])
    k = rng.choice([1, 2, 3, 3, 5])
    args = [f"{c}, {f}, {k}", f"in_channels={c}, out_channels={f}, kernel_size={k}", f"{c}, {f}, kernel_size=({k}, {k})"]
    text = rng.choice(args)
    s, p, d = rng.choice([1, 1, 2]), rng.choice([0, 1, 1, 2]), rng.choice([1, 1, 1, 2])
    if s > 1:
        text += f", stride={s}"
    if p:
        text += f", padding={p}"
    if d > 1:
        text += f", dilation={d}"
    if rng.random() < 0.2:
        text += ", bias=False"
    return f"nn.Conv2d({text})", f, (size + 2 * p - d * (k - 1) - 1) // s + 1


def pool(rng, size):
    k = rng.choice([2, 2, 3])
    kind = rng.choice(["nn.MaxPool2d", "nn.AvgPool2d"])
    form = rng.choice([f"{k}", f"kernel_size={k}", f"{k}, stride={k}", f"{k}, 2"])
    s = 2 if form.endswith(", 2") else k
    return f"{kind}({form})", (size - k) // s + 1


def sequential(rng):
    c, size = rng.choice([1, 3]), rng.choice([16, 20, 28, 32])
    lead = (rng.choice([1, 2, 4]), c, size, size)
    layers = []
    for _ in range(rng.randint(1, 4)):
        if size < 6:
            break
        text, c, size = conv(rng, c, size)
        layers.append(text)
        if rng.random() < 0.4:
            layers.append(f"nn.BatchNorm2d({c})")
        layers.append(rng.choice(["nn.ReLU()", "nn.ReLU(inplace=True)", "nn.GELU()", "nn.Tanh()"]))
        if rng.random() < 0.5 and size >= 4:
            text, size = pool(rng, size)
            layers.append(text)
    if rng.random() < 0.3:
        layers.append("nn.AdaptiveAvgPool2d(1)")
        size = 1
    layers.append("nn.Flatten()")
    hidden = rng.choice([10, 32, 84])
    features = rng.choice([str(c * size * size), f"{c} * {size} * {size}"])
    layers += [f"nn.Linear({features}, {hidden})", rng.choice(["nn.ReLU()", "nn.Dropout(0.5)", "nn.Sigmoid()"]), f"nn.Linear({hidden}, 10)"]
    body = "".join(f"    {layer},\n" for layer in layers)
    return f"import torch\nimport torch.nn as nn\n\nmodel = nn.Sequential(\n{body})\nmodel.eval()\nout = model(torch.randn{lead})\n"


def module(rng):
    c, size = rng.choice([1, 3]), rng.choice([16, 20, 28, 32])
    lead = (rng.choice([1, 2, 4]), c, size, size)
    init, forward = [], []
    blocks = rng.randint(1, 3)
    for i in range(1, blocks + 1):
        if size < 6:
            break
        text, c, size = conv(rng, c, size)
        init.append(f"self.conv{i} = {text}")
        norm = rng.random() < 0.4
        if norm:
            init.append(f"self.bn{i} = nn.BatchNorm2d({c})")
        inner = f"self.bn{i}(self.conv{i}(x))" if norm else f"self.conv{i}(x)"
        forward.append(f"x = {rng.choice(['F.relu', 'torch.relu', 'torch.tanh', 'F.gelu'])}({inner})")
        if rng.random() < 0.6 and size >= 4:
            k = rng.choice([2, 3])
            if rng.random() < 0.5:
                forward.append(f"x = F.max_pool2d(x, {k})")
            else:
                init.append(f"self.pool{i} = nn.AvgPool2d({k})")
                forward.append(f"x = self.pool{i}(x)")
            size //= k
    total = c * size * size
    features = rng.choice([str(total), f"{c} * {size} * {size}"])
    forward.append(rng.choice(["x = x.view(x.size(0), -1)", f"x = x.view(-1, {features})", "x = torch.flatten(x, 1)", "x = x.flatten(1)",
                               "x = x.reshape(x.shape[0], -1)", f"x = x.reshape(-1, {total})"]))
    hidden = rng.choice([10, 32, 84])
    init += [f"self.fc1 = nn.Linear({features}, {hidden})", f"self.fc2 = nn.Linear({hidden}, 10)"]
    forward += ["x = F.relu(self.fc1(x))", "return self.fc2(x)"]
    lines = ["import torch", "import torch.nn as nn", "import torch.nn.functional as F", "", "", "class Net(nn.Module):", "    def __init__(self):",
             rng.choice(["        super().__init__()", "        super(Net, self).__init__()"])]
    lines += [f"        {line}" for line in init] + ["", "    def forward(self, x):"] + [f"        {line}" for line in forward]
    return "\n".join(lines) + f"\n\n\nmodel = Net()\nmodel.eval()\nout = model(torch.randn{lead})\n"


def mutate(rng, source):
    """One integer of the layers or of forward changed by one, two or a factor."""
    body = source[: source.rindex("out = ")]
    places = [m for m in re.finditer(r"(?<![\w.])\d+(?![\w.])", body)]
    place = rng.choice(places)
    old = int(place.group())
    new = rng.choice([old + 1, max(old - 1, 0), old * 2, old + 2])
    return source[: place.start()] + str(new) + source[place.end():]


def truth(source):
    """What PyTorch makes of the source: the shape at each line where forward or a Sequential makes a tensor."""
    shapes = {}
    lines = source.splitlines()
    scope = {}
    try:
        exec(compile(source, "model", "exec"), scope)
        model = scope["model"]
        if isinstance(model, nn.Sequential):
            value = torch.zeros(tuple(int(n) for n in re.findall(r"\d+", lines[-1])))
            for i, layer in enumerate(model):
                value = layer(value)
                shapes[str(5 + i)] = list(value.shape)
        else:
            start = next(i for i, line in enumerate(lines) if "def forward" in line) + 1
            local = {"self": model, "x": torch.zeros(tuple(int(n) for n in re.findall(r"\d+", lines[-1]))), **scope}
            for i in range(start, len(lines)):
                if not lines[i].startswith("        "):
                    break
                value = eval(lines[i].strip().split(" ", 1)[1].lstrip("= "), {**scope, **local})
                local["x"] = value
                shapes[str(i + 1)] = list(value.shape)
        return {"source": source, "shapes": shapes, "params": sum(p.numel() for p in model.parameters())}
    except Exception as error:  # PyTorch's own refusal is the truth recorded
        return {"source": source, "error": str(error).splitlines()[0][:160]}


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(seed)
    for i in range(count):
        source = rng.choice([sequential, module])(rng)
        while "error" in truth(source):  # a size ran out before the end
            source = rng.choice([sequential, module])(rng)
        print(json.dumps(truth(mutate(rng, source) if i % 2 else source)))


main()
