#!/usr/bin/python3
"""PyTorch's own answers for the layers that models use less often: losses, distances, lazy forms, unpooling, the Transformer.

usage: moreLayers.py COUNT SEED > moreLayers.jsonl          (Debian's PyTorch 1.13)
       moreLayers.py COUNT SEED newer > newerLayers.jsonl   (PyTorch 2.13, for what 1.13 has not and some more)

Each line is one random layer and what PyTorch said of it, as in layers.jsonl: {"layer", "args", "input", "output" or "outputs",
"params", "trainable"}, or "error" (with "constructor": true where it refused the arguments themselves). Several inputs are a list
of shapes; null stands for one that is absent. "macs" are the products that are summed, for one sample, as the tensor program that
PyTorch ran has them (convolutions and matrix products), where the layer has any.
"""
import contextlib
import json
import random
import sys
import warnings

import torch
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode

warnings.filterwarnings("ignore")

ELEMENTWISE = ["L1Loss", "MSELoss", "SmoothL1Loss", "HuberLoss", "BCELoss", "BCEWithLogitsLoss", "KLDivLoss", "PoissonNLLLoss",
               "HingeEmbeddingLoss", "SoftMarginLoss"]
INDEXED = {"CrossEntropyLoss", "NLLLoss", "MultiMarginLoss", "MultiLabelMarginLoss"}


class Products(TorchDispatchMode):
    """Counts the products of every convolution and matrix product that is run."""

    def __init__(self):
        super().__init__()
        self.count = 0

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        out = func(*args, **(kwargs or {}))
        name = func.__name__.split(".")[0]
        if name in ("mm", "bmm"):
            self.count += args[0].numel() * args[1].shape[-1]
        elif name in ("addmm", "baddbmm"):
            self.count += args[1].numel() * args[2].shape[-1]
        elif name in ("convolution", "_convolution"):
            x, w, transposed = args[0], args[1], args[6]
            self.count += (x.numel() * w[0].numel()) if transposed else (out.numel() * w[0].numel())
        return out


def shape(rng, low, high, top=5):
    return [rng.randint(1, top) for _ in range(rng.randint(low, high))]


def near(rng, sizes):
    """A shape that mostly is, or broadcasts with, another."""
    roll = rng.random()
    if roll < 0.5:
        return list(sizes)
    if roll < 0.8:
        return [1 if rng.random() < 0.4 else s for s in sizes][rng.choice([0, 0, 1]):]
    return [s + (rng.random() < 0.15) for s in sizes]


def reduction(rng, args):
    roll = rng.random()
    if roll < 0.5:
        args["reduction"] = rng.choice(["none", "none", "none", "mean", "sum"])
    elif roll < 0.6:
        args["reduce"] = rng.choice([True, False])
    elif roll < 0.7:
        args["size_average"] = rng.choice([True, False])
    return args


def elementwise_loss(rng):
    name = rng.choice(ELEMENTWISE)
    a = shape(rng, 0, 4)
    args = reduction(rng, {})
    if name == "HuberLoss":
        args = {k: v for k, v in args.items() if k == "reduction"}
    return name, args, [a, near(rng, a)], {}


def gaussian_loss(rng):
    a = shape(rng, 1, 3)
    var = rng.choice([list(a), a[:-1], a[:-1] + [1], near(rng, a)])
    args = {"reduction": rng.choice(["none", "mean", "sum"])} if rng.random() < 0.7 else {}
    return "GaussianNLLLoss", args, [a, near(rng, a), var], {}


def classification_loss(rng):
    name = rng.choice(["CrossEntropyLoss", "NLLLoss", "MultiMarginLoss", "MultiLabelMarginLoss", "MultiLabelSoftMarginLoss"])
    a = shape(rng, 1, 2 if name.startswith("Multi") else 4)
    target = a[:1] + a[2:] if len(a) > 1 else []
    if name.startswith("MultiLabel"):
        target = list(a)
    if rng.random() < 0.2:
        target = near(rng, target)
    kinds = {1: "int"} if name in INDEXED else {}
    if name == "CrossEntropyLoss" and rng.random() < 0.3:
        target, kinds = (list(a) if rng.random() < 0.8 else [s + 1 for s in a]), {}
    return name, reduction(rng, {}), [a, target], kinds


def ranking_loss(rng):
    name = rng.choice(["MarginRankingLoss", "CosineEmbeddingLoss", "TripletMarginLoss"])
    a = shape(rng, 1, 2 if name.startswith("Cosine") else 3)
    third = near(rng, a)
    if name == "CosineEmbeddingLoss":
        third = a[:-1] if rng.random() < 0.8 else near(rng, a)
    return name, reduction(rng, {}), [a, near(rng, a), third], {}


def distance(rng):
    a = shape(rng, 1, 4)
    if rng.random() < 0.5:
        return "CosineSimilarity", ({"dim": rng.randint(-len(a) - 1, len(a))} if rng.random() < 0.7 else {}), [a, near(rng, a)], {}
    return "PairwiseDistance", ({"keepdim": True} if rng.random() < 0.4 else {}), [a, near(rng, a)], {}


def ctc(rng):
    t, n, c = rng.randint(6, 9), rng.randint(1, 4), rng.randint(4, 7)
    args = {"reduction": rng.choice(["none", "mean", "sum"])} if rng.random() < 0.7 else {}
    return "CTCLoss", args, [[t, n, c], [n, 3], [n], [n]], {1: "ones", 2: t, 3: "ones"}


def adaptive_softmax(rng):
    classes = rng.randint(12, 60)
    cutoffs = sorted(rng.sample(range(2, classes - 2), rng.randint(1, 3)))
    f, n = rng.randint(8, 40), rng.randint(1, 4)
    args = dict(in_features=f, n_classes=classes, cutoffs=cutoffs)
    if rng.random() < 0.5:
        args["div_value"] = rng.choice([2, 3])
    if rng.random() < 0.5:
        args["head_bias"] = True
    return "AdaptiveLogSoftmaxWithLoss", args, [[n, f + (rng.random() < 0.1)], [n + (rng.random() < 0.1)]], {1: "int"}


def bag(rng):
    v, e = rng.randint(3, 40), rng.randint(1, 20)
    args = dict(num_embeddings=v, embedding_dim=e)
    if rng.random() < 0.5:
        args["mode"] = rng.choice(["mean", "sum", "max"])
    n = rng.randint(2, 6)
    if rng.random() < 0.5:
        return "EmbeddingBag", args, [n, rng.randint(1, 5)], {0: "int"}
    if rng.random() < 0.3 and args.get("mode") != "max":  # PyTorch 1.13 crashes on the two together
        args["include_last_offset"] = True
    return "EmbeddingBag", args, [[n], [rng.randint(2, 4)]], {0: "int", 1: "int"}


def pair(rng, dims, low, high):
    return [rng.randint(low, high) for _ in range(dims)] if rng.random() < 0.33 else rng.randint(low, high)


def fractional(rng):
    d = rng.choice([2, 2, 3])
    args = dict(kernel_size=pair(rng, d, 1, 3))
    if rng.random() < 0.5:
        args["output_size"] = pair(rng, d, 1, 8)
    if rng.random() < (0.05 if "output_size" in args else 0.95):
        args["output_ratio"] = [round(rng.random(), 2) for _ in range(d)] if rng.random() < 0.3 else round(rng.random(), 2)
    if rng.random() < 0.3:
        args["return_indices"] = True
    return f"FractionalMaxPool{d}d", args, ([rng.randint(1, 2)] if rng.random() < 0.7 else []) + [rng.randint(1, 3)] + [rng.randint(4, 14) for _ in range(d)], {}


def unpool(rng):
    d = rng.choice([1, 2, 3])
    k = pair(rng, d, 2, 3)
    args = dict(kernel_size=k)
    if rng.random() < 0.6:
        args["stride"] = pair(rng, d, 1, 3)
    if rng.random() < 0.3:
        args["padding"] = pair(rng, d, 0, 1)
    a = ([rng.randint(1, 2)] if rng.random() < 0.7 else []) + [rng.randint(1, 3)] + [rng.randint(2, 5) for _ in range(d)]
    b = list(a)
    if rng.random() < 0.1:
        b[-1] += 1
    return f"MaxUnpool{d}d", args, [a, b], {1: "int"}


def upsampling(rng):
    name = rng.choice(["UpsamplingNearest2d", "UpsamplingBilinear2d", "Upsample"])
    a = [1, 2] + [rng.randint(1, 120) for _ in range(rng.choice([1, 2, 2, 2]))]
    if rng.random() < 0.7:
        return name, dict(scale_factor=rng.choice([2, 3, 0.29, 0.57, 1.1, 2.3, 0.7, round(rng.uniform(0.1, 3), 2)])), a, {}
    return name, dict(size=rng.randint(1, 9)), a, {}


def lazy(rng):
    d = rng.choice([1, 2, 3])
    kind = rng.choice(["Conv", "ConvTranspose", "BatchNorm", "InstanceNorm", "Linear"])
    c = rng.choice([2, 4, 6])
    a = [rng.randint(2, 3), c] + [rng.randint(3, 8) for _ in range(d)]
    if kind == "Linear":
        return "LazyLinear", dict(out_features=rng.randint(1, 9), **({"bias": False} if rng.random() < 0.3 else {})), a, {}
    args = {}
    if kind.startswith("Conv"):
        args = dict(out_channels=rng.choice([2, 3, 4, 6]), kernel_size=pair(rng, d, 1, 3))
        if rng.random() < 0.5:
            args["stride"] = pair(rng, d, 1, 2)
        if rng.random() < 0.4:
            args["padding"] = pair(rng, d, 0, 1)
        if rng.random() < 0.4:
            args["groups"] = rng.choice([2, 3])
        if rng.random() < 0.3:
            args["bias"] = False
    elif rng.random() < 0.5:
        args = {rng.choice(["affine", "track_running_stats"]): rng.choice([True, False])}
    return f"Lazy{kind}{d}d", args, a, {}


def activation(rng):
    name, args = rng.choice([("RReLU", {}), ("Hardshrink", {}), ("Softshrink", {}), ("Tanhshrink", {}), ("Threshold", {"threshold": 0.1, "value": 2}),
                             ("Softmin", {"dim": rng.randint(-4, 3)}), ("Softmax2d", {}), ("GLU", {}), ("GLU", {"dim": rng.randint(-4, 3)}), ("Softsign", {}),
                             ("CELU", {}), ("SELU", {}), ("LogSigmoid", {}), ("Hardtanh", {}), ("Hardsigmoid", {}), ("ReLU6", {}),
                             ("FeatureAlphaDropout", {}), ("AlphaDropout", {}), ("Dropout1d", {}), ("LocalResponseNorm", {"size": rng.randint(1, 3)})])
    low = 2 if "Dropout" in name else 0
    return name, args, shape(rng, low, 5), {}


def pads(rng):
    name = rng.choice(["ReflectionPad1d", "ReflectionPad2d", "ReflectionPad3d", "ReplicationPad1d", "ReplicationPad2d", "ReplicationPad3d", "ConstantPad2d", "ConstantPad1d",
                       "ZeroPad2d"])
    d = int(name[-2])
    a = ([rng.randint(1, 2)] if rng.random() < 0.7 else []) + [rng.randint(1, 3)] + [rng.randint(1, 6) for _ in range(d)]
    args = dict(padding=[rng.randint(-1, 3) for _ in range(2 * d)] if rng.random() < 0.6 else rng.randint(0, 4))
    if name.startswith("Constant"):
        args["value"] = 1
    return name, args, a, {}


def unbatched(rng):
    """The layers of layers.jsonl without a batch."""
    d = rng.choice([1, 2, 3])
    c = rng.randint(1, 4)
    a = [c] + [rng.randint(3, 9) for _ in range(d)]
    name, args = rng.choice([
        (f"Conv{d}d", dict(in_channels=c, out_channels=3, kernel_size=rng.randint(1, 4))),
        (f"ConvTranspose{d}d", dict(in_channels=c, out_channels=3, kernel_size=rng.randint(1, 4), stride=2)),
        (f"MaxPool{d}d", dict(kernel_size=rng.randint(1, 4), return_indices=rng.random() < 0.4)),
        (f"AvgPool{d}d", dict(kernel_size=rng.randint(1, 4))),
        (f"AdaptiveAvgPool{d}d", dict(output_size=rng.randint(1, 4))),
        (f"AdaptiveMaxPool{d}d", dict(output_size=rng.randint(1, 4), return_indices=rng.random() < 0.4)),
        (f"InstanceNorm{d}d", dict(num_features=c)),
        (f"BatchNorm{d}d", dict(num_features=c)),
        ("GroupNorm", dict(num_groups=1, num_channels=c)),
    ])
    return name, args, a, {}


def recurrent(rng):
    name = rng.choice(["RNN", "LSTM", "GRU", "RNNCell", "LSTMCell", "GRUCell"])
    i, h = rng.randint(1, 9), rng.randint(2, 9)
    args = dict(input_size=i, hidden_size=h)
    if rng.random() < 0.3:
        args["bias"] = False
    if name.endswith("Cell"):
        return name, args, ([rng.randint(1, 3)] if rng.random() < 0.7 else []) + [i], {}
    for key, value in (("num_layers", rng.randint(1, 3)), ("batch_first", True), ("bidirectional", True)):
        if rng.random() < 0.4:
            args[key] = value
    if name == "LSTM" and rng.random() < 0.4:
        args["proj_size"] = rng.randint(1, h)
    return name, args, [rng.randint(1, 5)] + ([rng.randint(1, 4)] if rng.random() < 0.7 else []) + [i], {}


def attention(rng):
    heads = rng.randint(1, 3)
    e = heads * rng.randint(1, 4) + (rng.random() < 0.05)
    args = dict(embed_dim=e, num_heads=heads)
    batch_first = rng.random() < 0.5
    if batch_first:
        args["batch_first"] = True
    if rng.random() < 0.3:
        args["bias"] = False
    kdim, vdim = e, e
    if rng.random() < 0.3:
        kdim = vdim = rng.randint(1, 9)
        args.update(kdim=kdim, vdim=vdim)
    if rng.random() < 0.1:
        args["add_bias_kv"] = True
    n, q, k = rng.randint(1, 4), rng.randint(1, 5), rng.randint(1, 5)
    if rng.random() < 0.08:
        kdim += 1

    def sequence(length, width, batch=n):
        return [batch, length, width] if batch_first else [length, batch, width]

    inputs = [sequence(q, e), sequence(k, kdim, n + (rng.random() < 0.05)), sequence(k, vdim)]
    if rng.random() < 0.2:
        inputs = [[q, e], [k, kdim], [k, vdim]]
    return "MultiheadAttention", args, inputs, {}


def transformer(rng):
    heads = rng.randint(1, 2)
    e = heads * rng.randint(2, 4)
    args = dict(d_model=e, nhead=heads, dim_feedforward=rng.randint(1, 9))
    batch_first = rng.random() < 0.5
    if batch_first:
        args["batch_first"] = True
    name = rng.choice(["Transformer", "TransformerEncoderLayer", "TransformerDecoderLayer"])
    n, s, t = rng.randint(1, 3), rng.randint(1, 5), rng.randint(1, 5)

    def sequence(length, width=e, batch=n):
        return [batch, length, width] if batch_first else [length, batch, width]

    a, b = sequence(s), sequence(t, e + (rng.random() < 0.06), n + (rng.random() < 0.06))
    if rng.random() < 0.15:
        a, b = [s, e], [t, e]
    if name == "Transformer":
        args.update(num_encoder_layers=rng.randint(1, 2), num_decoder_layers=rng.randint(1, 2))
    return name, args, a if name == "TransformerEncoderLayer" else [a, b], {}


def tensor(sizes, kind):
    if kind == "int":
        return torch.zeros(sizes, dtype=torch.long)
    if kind == "ones":
        return torch.ones(sizes, dtype=torch.long)
    if isinstance(kind, int):
        return torch.full(sizes, kind, dtype=torch.long)
    return torch.full(sizes, 0.5)


def newer(rng):
    name = rng.choice(["RMSNorm", "LayerNorm", "CircularPad1d", "CircularPad2d", "CircularPad3d", "ZeroPad1d", "ZeroPad3d", "LPPool3d",
                       "TransformerEncoderLayer", "TransformerDecoderLayer", "AdaptivePool"])
    if name == "AdaptivePool":  # of any number of dimensions
        d = rng.randint(1, 3)
        size = [rng.choice([1, 1, 1, 2]) for _ in range(d)] if rng.random() < 0.4 else rng.choice([1, 1, 2])
        return f"Adaptive{rng.choice(['Avg', 'Avg', 'Max'])}Pool{d}d", dict(output_size=size), shape(rng, 1, 6), {}
    if name.endswith("Norm"):
        a = shape(rng, 1, 4)
        tail = a[-rng.randint(1, len(a)):]
        if rng.random() < 0.15:
            tail = [t + 1 for t in tail]
        args = dict(normalized_shape=tail[0] if len(tail) == 1 and rng.random() < 0.5 else tail)
        if rng.random() < 0.3:
            args["elementwise_affine"] = False
        if name == "LayerNorm":
            args["bias"] = False
        return name, args, a, {}
    if "Pad" in name:
        d = int(name[-2])
        a = ([rng.randint(1, 2)] if rng.random() < 0.7 else []) + [rng.randint(1, 3)] + [rng.randint(2, 6) for _ in range(d)]
        return name, dict(padding=[rng.randint(0, 4) for _ in range(2 * d)] if rng.random() < 0.6 else rng.randint(0, 4)), a, {}
    if name == "LPPool3d":
        args = dict(norm_type=2, kernel_size=pair(rng, 3, 1, 4))
        if rng.random() < 0.5:
            args["stride"] = pair(rng, 3, 1, 3)
        if rng.random() < 0.3:
            args["ceil_mode"] = True
        return name, args, [rng.randint(1, 2), rng.randint(1, 3)] + [rng.randint(1, 9) for _ in range(3)], {}
    e = rng.randint(2, 6)
    args = dict(d_model=e, nhead=1, dim_feedforward=rng.randint(1, 9), bias=False)
    a = [rng.randint(1, 5), 2, e]
    return name, args, a if name == "TransformerEncoderLayer" else [a, [rng.randint(1, 5), 2, e]], {}


DRAWS = [elementwise_loss, elementwise_loss, gaussian_loss, classification_loss, classification_loss, ranking_loss, distance, ctc,
         adaptive_softmax, bag, fractional, unpool, upsampling, lazy, lazy, lazy, activation, activation, pads, unbatched, unbatched,
         recurrent, attention, attention, transformer, transformer]


def sizes_of(out):
    return None if out is None else list(out.shape) if torch.is_tensor(out) else [sizes_of(o) for o in out]


def answer(rng):
    name, args, sizes, kinds = rng.choice(DRAWS)(rng)
    record = {"layer": name, "args": args, "input": sizes}
    many = bool(sizes) and isinstance(sizes[0], list)
    try:
        layer = getattr(nn, name)(**args)
    except Exception as error:
        return {**record, "constructor": True, "error": str(error).split("\n")[0][:120]}
    inputs = [tensor(s, kinds.get(i)) for i, s in enumerate(sizes if many else [sizes])]
    if name == "MaxUnpool2d" or name.startswith("MaxUnpool"):
        inputs[0] = torch.zeros_like(inputs[0])
    products = Products()
    try:
        with torch.no_grad():
            out = layer(*inputs)
    except Exception as error:
        return {**record, "error": str(error).split("\n")[0][:120]}
    # A dispatch mode disturbs how lazy layers get their sizes and which kernels run, so only the products are taken from it.
    with contextlib.suppress(Exception), torch.no_grad(), products:
        layer(*inputs)
    parameters = list(layer.parameters())
    record.update({"output": sizes_of(out)} if torch.is_tensor(out) else {"outputs": sizes_of(tuple(out))})
    record["params"] = sum(p.numel() for p in parameters)
    record["trainable"] = sum(p.numel() for p in parameters if p.requires_grad)
    if products.count:
        record["products"] = products.count
    return record


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    if sys.argv[3:] == ["newer"]:
        DRAWS[:] = [newer]
    rng = random.Random(seed)
    torch.manual_seed(seed)
    for _ in range(count):
        print(json.dumps(answer(rng)))


if __name__ == "__main__":
    main()
