#!/usr/bin/python3
"""PyTorch's own answers for the models of torchvision 0.14.1 (Debian's python3-torchvision), whose source the tests read as it is.

usage: torchvisionModels.py [NAME ...] > test/oracle/torchvisionModels.jsonl          (all models if none is named)

One line a model:
  {"file": "models/resnet.py", "expr": "resnet18(weights=None)", "input": [1, 3, 224, 224], "output": [1, 1000],
   "params": 11689512, "trainable": 11689512, "leaves": [["conv1", "Conv2d", [1, 64, 112, 112], 9408], ...]}
"leaves" lists every call of a module without children, in the order of execution. Models run in eval mode on zeros; a dictionary
that a model gives stands as the shapes by their keys. Detection and optical flow, whose sizes hang on numbers in the image, are left out.
"""
import inspect
import json
import sys
import warnings

import torch
import torchvision
from torch import nn

warnings.filterwarnings("ignore")
torch.set_grad_enabled(False)
for name in dir(nn.init):  # no weight's number matters here
    if name.endswith("_") and not name.startswith("_"):
        setattr(nn.init, name, lambda tensor, *_, **__: tensor)

LEFT_OUT = ("quantized_", "fasterrcnn", "fcos", "keypointrcnn", "maskrcnn", "retinanet", "ssd", "raft")
SIDES = {"inception_v3": 299, "swin_v2_t": 256, "swin_v2_s": 256, "swin_v2_b": 256}
VIDEO = {"r3d_18": 112, "mc3_18": 112, "r2plus1d_18": 112, "mvit_v1_b": 224, "mvit_v2_s": 224, "s3d": 224}


def input_of(name):
    if name in VIDEO:
        return [1, 3, 16, VIDEO[name], VIDEO[name]]
    return [1, 3, SIDES.get(name, 224), SIDES.get(name, 224)]


def options(name):
    if name in ("googlenet", "inception_v3"):
        return {"weights": None, "init_weights": False}
    return {"weights": None, "weights_backbone": None} if name.startswith(("deeplab", "fcn", "lraspp")) else {"weights": None}


def shapes(value):
    if torch.is_tensor(value):
        return list(value.shape)
    if isinstance(value, dict):
        return {key: shapes(part) for key, part in value.items()}
    return [shapes(part) for part in value] if isinstance(value, (tuple, list)) else None


def answer(name):
    build = torchvision.models.get_model_builder(name)
    model, leaves = build(**options(name)).eval(), []
    for path, module in model.named_modules():
        if not list(module.children()):
            def note(m, _, out, path=path):
                leaves.append([path, type(m).__name__, shapes(out), sum(p.numel() for p in m.parameters())])
            module.register_forward_hook(note)
    output = model(torch.zeros(input_of(name)))
    counts = [(p.numel(), p.requires_grad) for p in model.parameters()]
    file = inspect.getsourcefile(inspect.unwrap(build)).split("/torchvision/")[-1]
    given = ", ".join(f"{key}={value}" for key, value in options(name).items())
    return {"file": file, "expr": f"{name}({given})", "input": input_of(name), "output": shapes(output),
            "params": sum(n for n, _ in counts), "trainable": sum(n for n, learns in counts if learns), "leaves": leaves}


for name in sys.argv[1:] or [n for n in torchvision.models.list_models() if not n.startswith(LEFT_OUT)]:
    print(json.dumps(answer(name), separators=(",", ":")), flush=True)
