# CASE: Named() | 2x8
# CASE: Less() | 2x8
# CASE: Less(slice(1, None)) | 2x8
# CASE: Less(-1) | 2x8
# CASE: Popped() | 2x8
import torch
from collections import OrderedDict
from torch import nn


class Named(nn.Module):
    def __init__(self):
        super().__init__()
        self.acts = nn.ModuleDict([["relu", nn.ReLU()], ("tanh", nn.Tanh())])
        self.again = nn.ModuleDict(self.acts)
        self.lins = nn.ModuleList(nn.Sequential(nn.Linear(8, 8), nn.Linear(8, 3)))
        self.gone = nn.ModuleDict({"a": nn.Linear(8, 8), "b": nn.Linear(8, 2)})
        del self.gone["b"]

    def forward(self, x):
        for lin in self.lins:
            x = self.acts["tanh"](lin(self.again["relu"](x)))
        return x


class Less(nn.Module):
    def __init__(self, at=2):
        super().__init__()
        self.m = nn.Sequential(OrderedDict(first=nn.Linear(8, 8), act=nn.ReLU(), last=nn.Linear(8, 8)))
        del self.m[at]
        self.l = nn.ModuleList([nn.Linear(8, 4), nn.Linear(8, 2), nn.ReLU()])
        del self.l[0]

    def forward(self, x):
        x = self.m(x)
        for layer in self.l:
            x = layer(x)
        return x


class Popped(nn.Module):
    def __init__(self):
        super().__init__()
        layers = nn.ModuleList([nn.Linear(8, 8), nn.Linear(8, 4), nn.ReLU()])
        self.act = layers.pop(-1)
        self.rest = layers
        named = nn.ModuleDict({"a": nn.Linear(4, 4), "b": nn.Linear(4, 2)})
        self.b = named.pop("b")
        self.named = named

    def forward(self, x):
        for layer in self.rest:
            x = self.act(layer(x))
        return self.b(self.named["a"](x))
