# CASE: Wrapping() | 2x8
# CASE: InDict() | 2x8
# CASE: Settings() | 2x8
# CASE: parsed() | 2x8
import argparse
import torch
from torch import nn


class Lora(nn.Module):
    def __init__(self, base):
        super().__init__()
        self.base = base

    def __getattr__(self, name):
        try:
            return super().__getattr__(name)
        except AttributeError:
            return getattr(self.base, name)

    def forward(self, x):
        return self.base(x)


class Wrapping(nn.Module):
    def __init__(self):
        super().__init__()
        self.l = Lora(nn.Linear(8, 4))
        self.h = nn.Linear(self.l.out_features, 2)

    def forward(self, x):
        return self.h(self.l(x))


class InDict(nn.Module):
    def __init__(self):
        super().__init__()
        self.__dict__["hid"] = 3
        self.a = nn.Linear(8, 4)
        self.b = nn.Linear(4, self.hid)

    def forward(self, x):
        return self.b(self.a(x))


class Config:
    def __init__(self, **given):
        self.__dict__.update(given)


class Settings(nn.Module):
    def __init__(self):
        super().__init__()
        config = Config(a=4, b=5)
        shown = vars(config)
        shown["c"] = 6
        config.d = shown["a"] + len(shown)
        self.a = nn.Linear(8, config.c)
        self.b = nn.Linear(6, shown["d"])

    def forward(self, x):
        return self.b(self.a(x))


def get_args():
    p = argparse.ArgumentParser()
    g = p.add_argument_group("sizes").add_mutually_exclusive_group()
    g.add_argument("--width", "-w", type=int, default=12)
    args, _ = p.parse_known_args([])
    args.out = args.width * 2
    return args


def make(width, out):
    return nn.Sequential(nn.Linear(8, width), nn.Linear(width, out))


def parsed():
    return make(**vars(get_args()))
