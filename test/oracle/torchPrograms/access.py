# CASE: Configured(Config(cin=8, cout=4)) | 2x8
# CASE: Configured(Derived(cin=8, cout=4)) | 2x8
# CASE: ByName(3) | 2x8
# CASE: Fields() | 2x8
# CASE: Deleted() | 2x8
# CASE: Given(a=8, b=4) | 2x8
from typing import NamedTuple, Optional

import torch
from torch import Tensor, nn


class Config:
    def __init__(self, **options):
        for name, value in options.items():
            self.__setattr__(name, value)


class Derived(Config):
    def __init__(self, cin, cout):
        super().__setattr__("cin", cin)
        super().__init__(cout=cout, extra=3)
        self.__delattr__("extra")


class Configured(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.layer = nn.Linear(config.cin, config.__getattribute__("cout"), bias=not hasattr(config, "extra"))

    def forward(self, x):
        return self.layer(x)


class ByName(nn.Module):
    def __init__(self, count):
        super().__init__()
        self.count = count
        for i in range(count):
            self.__setattr__(f"layer{i}", nn.Linear(8 - i, 7 - i))

    def forward(self, x):
        for i in range(self.count):
            x = self.__getattr__(f"layer{i}")(x)
        return x


class Output(NamedTuple):
    logits: Tensor
    hidden: Optional[Tensor] = None
    size: int = 3


class Fields(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(8, Output._fields.index("size") + len(Output._fields))

    def forward(self, x):
        out = Output(logits=self.layer(x))
        out = out._replace(hidden=out.logits.sum(-1))
        logits, hidden, size = out
        known = out._asdict()
        return logits, hidden, x.new_zeros(size, known["size"]), Output._make([x, x[0], 2]).hidden


class Sized:
    size = 5

    def __init__(self):
        self.size, self.extra, self.more = 2, 3, 4


class Deleted(nn.Module):
    def __init__(self):
        super().__init__()
        sized = Sized()
        del sized.size, sized.extra
        delattr(sized, "more")
        self.before = nn.Linear(8, 3)
        self.layer = nn.Linear(8, sized.size if not hasattr(sized, "extra") else 4)
        self.after = nn.Linear(sized.size, len(vars(sized)) + 1)
        self.last = nn.Sequential(nn.Linear(1, 2), nn.Linear(1, 3))
        del self.before
        del self.last[0]

    def forward(self, x):
        x = self.last(self.after(self.layer(x)))
        return x, x.new_zeros(len(list(self.children())), hasattr(self, "before") + 1)


class Given(nn.Module):
    def __init__(self, *, a, b, **rest):
        super().__init__()
        for name, value in dict(a=a, b=b).items():
            self.__setattr__(name, value)
        self.layer = nn.Linear(self.a, self.b, **({"bias": False} if not rest else {}))

    def forward(self, x):
        return self.layer(x)
