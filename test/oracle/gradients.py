#!/usr/bin/python3
"""PyTorch's own numbers of layers, forward and backward (Debian's PyTorch 1.13).

usage: gradients.py COUNT SEED > gradients.jsonl   (committed: 1000 1)

Each line is one layer on small integers, so that sums are exact and ties happen, and what PyTorch made of it in float64:
  {"layer", "args", "input", "weight"?, "bias"?, "gradOutput", "output", "gradInput", "gradWeight"?, "gradBias"?}
An input is [C, ...], now and then [N, C, ...]; batch norm takes [N, C, ...], and has "training", "runningMean" and "runningVar" beside.
nn.Flatten is called with a batch axis, which its input here has not.
"""
import json
import os
import random
import sys

import torch
from torch import nn

torch.set_num_threads(1)
TOP = {1: 9, 2: 6, 3: 4}
MOST_LETTERS = 2000


def draw(rng, dims, low, high):
    """One number for all axes, or one an axis."""
    return rng.randint(low, high) if rng.random() < 0.5 else [rng.randint(low, high) for _ in range(dims)]


def convolution(rng, dims):
    groups = rng.choice([1, 1, 2, 3])
    channels = groups * rng.randint(1, 2) if groups < 3 else 3
    args = {"in_channels": channels, "out_channels": groups * rng.randint(1, 2), "kernel_size": draw(rng, dims, 1, 3), "groups": groups}
    if rng.random() < 0.6:
        args["stride"] = draw(rng, dims, 1, 3)
    if rng.random() < 0.4:
        args["dilation"] = draw(rng, dims, 1, 3)
    args["bias"] = rng.random() < 0.6
    return args


def conv(rng, dims):
    args = convolution(rng, dims)
    args["padding_mode"] = rng.choice(["zeros", "zeros", "reflect", "replicate", "circular"])
    args["padding"] = rng.choice(["same", "valid"]) if rng.random() < 0.25 else draw(rng, dims, 0, 3)
    if args["padding"] == "same":
        args["stride"] = 1
    return f"Conv{dims}d", args


def conv_transpose(rng, dims):
    args = convolution(rng, dims)
    args["padding"] = draw(rng, dims, 0, 2)
    if rng.random() < 0.6:
        args["output_padding"] = draw(rng, dims, 0, 2)
    return f"ConvTranspose{dims}d", args


def windows(rng, dims):
    args = {"kernel_size": draw(rng, dims, 1, 3)}
    if rng.random() < 0.7:
        args["stride"] = draw(rng, dims, 1, 3)
    if rng.random() < 0.5:
        args["ceil_mode"] = True
    return args


def max_pool(rng, dims):
    args = windows(rng, dims) | {"padding": draw(rng, dims, 0, 1)}
    if rng.random() < 0.4:
        args["dilation"] = draw(rng, dims, 1, 3)
    return f"MaxPool{dims}d", args


def avg_pool(rng, dims):
    args = windows(rng, dims) | {"padding": draw(rng, dims, 0, 1), "count_include_pad": rng.random() < 0.5}
    if dims > 1 and rng.random() < 0.3:
        args["divisor_override"] = rng.randint(1, 5)
    return f"AvgPool{dims}d", args


def lp_pool(rng, dims):
    dims = min(dims, 2)
    args = windows(rng, dims)
    if dims == 1:  # This one computes with the kernel's size, which is no list.
        args["kernel_size"] = rng.randint(1, 3)
    return f"LPPool{dims}d", {"norm_type": rng.choice([1, 2, 2, 2, 3, 4])} | args


def adaptive(rng, dims):
    size = draw(rng, dims, 1, 4)
    if isinstance(size, list) and rng.random() < 0.3:
        size[rng.randrange(dims)] = None
    return f"Adaptive{rng.choice(['Avg', 'Max'])}Pool{dims}d", {"output_size": size}


def batch_norm(rng, dims):
    args = {"num_features": rng.randint(1, 3)}
    if rng.random() < 0.3:
        args["affine"] = False
    if rng.random() < 0.3:
        args["eps"] = rng.choice([0.001, 0.5])
    if rng.random() < 0.2:
        args["track_running_stats"] = False
    return f"BatchNorm{dims}d", args


def flatten(rng, _):
    return "Flatten", rng.choice([{}, {}, {"start_dim": 1, "end_dim": 2}, {"start_dim": 2}])


def activation(rng, _):
    name = rng.choice(["ReLU", "LeakyReLU", "Sigmoid", "Tanh", "Identity"])
    return name, {"negative_slope": rng.choice([0.25, 0.1])} if name == "LeakyReLU" and rng.random() < 0.7 else {}


def linear(rng, _):
    return "Linear", {"in_features": rng.randint(1, 5), "out_features": rng.randint(1, 4), "bias": rng.random() < 0.7}


KINDS = [conv] * 12 + [conv_transpose] * 7 + [max_pool] * 6 + [avg_pool] * 5 + [lp_pool] * 4 + [adaptive] * 5
KINDS += [batch_norm] * 5 + [linear] * 2 + [activation] * 2 + [flatten]


def case(rng):
    kind = rng.choice(KINDS)
    dims = rng.choice([1, 1, 2, 2, 2, 3, 3])
    name, args = kind(rng, dims)
    sizes = [rng.randint(1, TOP[dims]) for _ in range(1 if "1d" in name else 2 if "2d" in name else dims)]
    front = [rng.randint(1, 3)] if rng.random() < 0.15 else []
    if kind is linear:
        shape = front + [args["in_features"]]
    elif kind is batch_norm:
        shape = [rng.randint(1, 3), args["num_features"]] + (sizes if dims > 1 or rng.random() < 0.5 else [])
    elif kind in (flatten, activation):
        shape = [rng.randint(1, 2)] + sizes
    else:
        shape = front + [args.get("in_channels", rng.randint(1, 2))] + sizes
    return answer(rng, name, args, shape)


def answer(rng, name, args, shape):
    def data(sizes, low=-3, high=3):
        return torch.tensor([rng.randint(low, high) for _ in range(torch.Size(sizes).numel())], dtype=torch.float64).reshape(sizes)

    layer = getattr(nn, name)(**{key: tuple(value) if isinstance(value, list) else value for key, value in args.items()}).double()
    for parameter in layer.parameters():
        parameter.data = data(list(parameter.shape))
    beside = {}
    if name.startswith("BatchNorm") and rng.random() < 0.4:
        layer.eval()
        beside["training"] = False
        if layer.running_mean is not None:
            layer.running_mean, layer.running_var = data([args["num_features"]]), data([args["num_features"]], 0, 4)
            beside["runningMean"], beside["runningVar"] = layer.running_mean.tolist(), layer.running_var.tolist()
    x = data(shape).requires_grad_()
    # Without a batch axis this PyTorch has no circular padding.
    y = layer(x.unsqueeze(0))[0] if name == "Flatten" or args.get("padding_mode") and len(shape) == layer.weight.dim() - 1 else layer(x)
    upstream = data(list(y.shape))
    y.backward(upstream)
    line = {"layer": name, "args": args, **beside, "input": x.tolist()}
    for key, parameter in layer.named_parameters():
        line[key] = parameter.tolist()
    line |= {"gradOutput": upstream.tolist(), "output": y.tolist(), "gradInput": x.grad.tolist()}
    for key, parameter in layer.named_parameters():
        line["grad" + key.capitalize()] = parameter.grad.tolist()
    return line


def short(value):
    """Whole numbers without a point."""
    if isinstance(value, dict):
        return {key: short(each) for key, each in value.items()}
    if isinstance(value, list):
        return [short(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    while count > 0:
        seed += 1
        outgoing, incoming = os.pipe()
        child = os.fork()  # A process each: a few layers make this PyTorch write past its memory.
        if child == 0:
            try:
                text = json.dumps(short(case(random.Random(seed))), allow_nan=False, separators=(",", ":"))
            except (RuntimeError, ValueError):  # PyTorch refuses the layer, or some number is none.
                text = ""
            with os.fdopen(incoming, "w") as pipe:
                pipe.write(text)
            os._exit(0)
        os.close(incoming)
        with os.fdopen(outgoing) as pipe:
            text = pipe.read()
        if os.waitpid(child, 0)[1] == 0 and text and len(text) < MOST_LETTERS:
            print(text)
            count -= 1


main()
