# CASE: M() | 2x8
# CASE: M('leaky') | 2x8
# CASE: Plain() | 2x8
# CASE: Missing() | 2x8
import torch
from collections import OrderedDict
from torch import nn


class ClassInstantier(OrderedDict):
    def __getitem__(self, key):
        content = super().__getitem__(key)
        cls, kwargs = content if isinstance(content, tuple) else (content, {})
        return cls(**kwargs)


ACT2FN = ClassInstantier({"relu": nn.ReLU, "leaky": (nn.LeakyReLU, {"negative_slope": 0.1})})


class M(nn.Module):
    def __init__(self, act="relu"):
        super().__init__()
        self.a, self.act = nn.Linear(8, 4), ACT2FN[act]
        self.b = nn.Linear(4, len(ACT2FN) + (3 if "gelu" in ACT2FN else 1))

    def forward(self, x):
        return self.b(self.act(self.a(x)))


class Config(dict):
    def __init__(self, **given):
        super().__init__(width=5)
        self.update(given)

    def __getattr__(self, name):
        return self[name]


class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        config = Config(depth=2, inner=3)
        config["outer"] = config.get("outer", 6)
        del config["inner"]
        self.layers = nn.ModuleList(nn.Linear(8, 8) for _ in range(config.depth))
        self.last = nn.Linear(8, config.width + config["outer"] + len(config))
        self.more = nn.ModuleDict({name: nn.Linear(size, size) for name, size in config.items()})

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return self.last(x)


class Sizes(dict):
    def __missing__(self, key):
        self[key] = 2 * key
        return self[key]


class Missing(nn.Module):
    def __init__(self):
        super().__init__()
        sizes = Sizes({3: 7})
        self.a = nn.Linear(8, sizes[3])
        self.b = nn.Linear(7, sizes[4])
        self.c = nn.Linear(8, len(sizes) if sizes else 9)

    def forward(self, x):
        return self.c(self.b(self.a(x)))
