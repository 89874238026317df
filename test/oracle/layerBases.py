#!/usr/bin/python3
"""The classes that PyTorch derives its layers from, nn.Module aside.

usage: layerBases.py > test/oracle/layerBases.json          (with Debian's python3-torch 1.13)
"""
import inspect
import json

from torch import nn

LAYERS = {name: cls for name, cls in sorted(vars(nn).items()) if inspect.isclass(cls) and issubclass(cls, nn.Module) and cls is not nn.Module}
print(json.dumps({name: [b.__name__ for b in cls.__mro__[1:] if b not in (nn.Module, object)] for name, cls in LAYERS.items()}, indent=0))
