# CASE: M() | 2x8
# CASE: Mixer(8, 2, 4) | 1x3x32x32
# CASE: Made() | 2x8
import torch
from torch import nn


class M(nn.Module):
    def __init__(self):
        super().__init__()
        R = type("", (nn.Sequential,), {"forward": lambda s, x: s[0](x) + x})
        self.a = R(nn.Linear(8, 8))

    def forward(self, x):
        return self.a(x)


def Mixer(h, d, k, p=7, n=10):
    S, C, A = nn.Sequential, nn.Conv2d, lambda x: S(x, nn.GELU(), nn.BatchNorm2d(h))
    R = type("", (S,), {"forward": lambda s, x: s[0](x) + x})
    return S(A(C(3, h, p, p)), *[S(R(A(C(h, h, 2 * k + 1, groups=h, padding=k))), A(C(h, h, 1))) for i in range(d)], nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(h, n))


def start(self, width):
    nn.Module.__init__(self)
    self.l = nn.Linear(8, width * self.times)


Wide = type("Wide", (M,), {"times": 3, "__init__": start, "forward": lambda self, x: self.l(x)})


class Made(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = Wide(2)
        self.same = isinstance(self.w, M) and Wide.__name__ == "Wide"
        self.last = nn.Linear(6, 5 if self.same else 4)

    def forward(self, x):
        return self.last(self.w(x))
