#!/usr/bin/python3
"""The names in models of torchvision 0.14.1, in the order in which they are registered.

usage: visionNames.py > test/oracle/visionNames.jsonl          (with Debian's python3-torchvision)

One line a model: {"name": "resnet18", "children": ["conv1", ...], "modules": [68, "..."], "parameters": [62, "..."]}: how many names
there are, and the SHA-256 of them, a line each.
"""
import hashlib
import json
import re

import torch
import torchvision
from torch import nn

torch.set_grad_enabled(False)
for init in dir(nn.init):  # no weight's number matters here
    if init.endswith("_") and not init.startswith("_"):
        setattr(nn.init, init, lambda tensor, *_, **__: tensor)



def counted(names):
    return [len(names), hashlib.sha256("\n".join(names).encode()).hexdigest()]


for name in torchvision.models.list_models(module=torchvision.models):
    if not re.match("alexnet|convnext|densenet|efficientnet|mobilenet|resne|squeezenet|vgg|vit|wide_resnet", name):
        continue
    model = getattr(torchvision.models, name)(weights=None)
    modules, parameters = [[n for n, _ in named] for named in (model.named_modules(), model.named_parameters())]
    children = [n for n, _ in model.named_children()]
    print(json.dumps({"name": name, "children": children, "modules": counted(modules), "parameters": counted(parameters)}))
