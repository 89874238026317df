# CASE: A(3) | 2x8
# CASE: B() | 2x8
# CASE: C() | 2x8
# CASE: D() | 2x8
# CASE: E() | 2x8
import torch
from torch import nn


class Base(nn.Module):
    def __new__(cls, n=2):
        made = super().__new__(cls)
        made.__dict__["width"] = n
        return made

    def __init__(self, n=2):
        super().__init__()
        self.l = nn.Linear(8, n)

    def forward(self, x):
        return self.l(x)


class A(Base):
    pass


class Single:
    _one = None

    def __new__(cls):
        if cls._one is None:
            cls._one = object.__new__(cls)
        return cls._one

    def __init__(self):
        self.n = 5


class B(nn.Module):
    def __init__(self):
        super().__init__()
        first = Single()
        first.n = 7
        self.l = nn.Linear(8, Single().n)
        self.again = nn.Linear(5, 3 if Single() is first else 4)

    def forward(self, x):
        return self.again(self.l(x))


class Norm(nn.Module):
    def __new__(cls, kind, n):
        return nn.LayerNorm(n) if kind == "ln" else nn.BatchNorm1d(n)


class C(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = Norm("ln", 8), Norm("bn", 8)

    def forward(self, x):
        return self.b(self.a(x))


class Wrapped(nn.Linear):
    def __new__(cls, *args, **kw):
        return super().__new__(cls)

    def __init__(self, a, b):
        super().__init__(a, b)


class D(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = Wrapped(8, 3)

    def forward(self, x):
        return self.a(x)


class Act(nn.Module):
    def __new__(cls, name):
        return {"relu": lambda: nn.ReLU(), "none": nn.Identity}[name]()


class E(nn.Module):
    def __init__(self):
        super().__init__()
        self.m = nn.Sequential(nn.Linear(8, 4), Act("relu"), Act("none"))

    def forward(self, x):
        return self.m(x)
