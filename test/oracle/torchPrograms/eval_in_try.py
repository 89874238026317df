# CASE: M() | 1x8x4x4
# CASE: M('Exception') | 1x8x4x4
import torch
from copy import deepcopy
from torch import nn

CFG = {
    "nc": 80,
    "anchors": [[10, 13, 16, 30, 33, 23], [30, 61, 62, 45, 59, 119]],
    "head": [[-1, 1, "nn.Conv2d", [8, 8, 1]], [-1, 1, "nn.Upsample", ["None", 2, "nearest"]], [-1, 1, "Detect", ["nc", "anchors", "nn.Conv2d"]]],
}


class Detect(nn.Module):
    def __init__(self, nc=80, anchors=(), layer=None, ch=()):
        super().__init__()
        self.no = nc + 5
        self.nl = len(anchors)
        self.m = nn.ModuleList(layer(x, self.no, 1) for x in ch)

    def forward(self, x):
        return [m(x) for m in self.m]


def parse(d, how):
    anchors, nc = d["anchors"], d["nc"]
    layers = []
    for i, (f, n, m, args) in enumerate(d["head"]):
        m = eval(m) if isinstance(m, str) else m
        for j, a in enumerate(args):
            if how == "bare":
                try:
                    args[j] = eval(a) if isinstance(a, str) else a  # eval strings
                except:
                    pass
            else:
                try:
                    args[j] = eval(a) if isinstance(a, str) else a
                except Exception:
                    pass
        if m is Detect:
            args.append([8, 8])
        layers.append(m(*args))
    return nn.Sequential(*layers)


class M(nn.Module):
    def __init__(self, how="bare"):
        super().__init__()
        self.y = deepcopy(CFG)
        self.model = parse(self.y, how)

    def forward(self, x):
        return self.model(x)
