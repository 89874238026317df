"""Asks Keras 3 for the answers in kerasLayers.jsonl: output, parameters, and whether a configuration is refused.

Run with an interpreter that has keras and a backend: KERAS_BACKEND=jax python test/oracle/kerasLayers.py > test/oracle/kerasLayers.jsonl
"""

import json
import os
import random

os.environ.setdefault("KERAS_BACKEND", "jax")
import keras  # noqa: E402
from keras import layers  # noqa: E402

draw = random.Random(11)
COUNT = 60


def size(low=1, high=12):
    return draw.randint(low, high)


def axes_of(n):
    return int(n)


def per_axis(axes, low=1, high=4):
    """One number for all axes, one for each, or (seldom) the wrong number of them."""
    kind = draw.random()
    if kind < 0.55:
        return size(low, high)
    if kind < 0.96:
        return [size(low, high) for _ in range(axes)]
    return [size(low, high) for _ in range(axes + 1)]


def maybe(args, name, value, chance=0.4):
    if draw.random() < chance:
        args[name] = value
    return args


def image(axes, channels=None, high=12, last=True):
    """A batch with so many axes; seldom one axis too few or too many."""
    spatial = [size(1, high) for _ in range(axes)]
    if draw.random() < 0.04:
        spatial = spatial[:-1] if draw.random() < 0.5 else spatial + [size()]
    channels = channels or size(1, 8)
    return [size(1, 4), *spatial, channels] if last else [size(1, 4), channels, *spatial]


def with_layout(args, axes, **more):
    last = draw.random() < 0.8
    if not last:
        args["data_format"] = "channels_first"
    elif draw.random() < 0.2:
        args["data_format"] = "channels_last"
    return args, image(axes, last=last, **more)


def words(axes):
    return ["valid", "same", "causal"] if axes == 1 else ["valid", "same", "same", "full"]


def conv(axes):
    args = {"filters": size(1, 8), "kernel_size": per_axis(axes, 1, 5)}
    if draw.random() < 0.02:
        args["filters"] = 0
    if draw.random() < 0.7:
        maybe(args, "strides", per_axis(axes, 1, 3))
    else:
        maybe(args, "dilation_rate", per_axis(axes, 1, 3))
    if draw.random() < 0.05:
        args["dilation_rate"] = 2
    maybe(args, "padding", draw.choice(words(axes)), 0.6)
    maybe(args, "groups", draw.choice([1, 2, 2, 3, 4, 0]), 0.3)
    maybe(args, "use_bias", False, 0.3)
    args, shape = with_layout(args, axes)
    if args.get("groups", 0) > 1 and draw.random() < 0.7:
        at = 1 if args.get("data_format") == "channels_first" else -1
        shape[at] = args["groups"] * size(1, 3)
        args["filters"] = args["groups"] * size(1, 3)
    return args, shape


def conv_transpose(axes):
    args = {"filters": size(1, 8), "kernel_size": per_axis(axes, 1, 5)}
    if draw.random() < 0.75:
        maybe(args, "strides", per_axis(axes, 1, 3), 0.7)
    else:
        maybe(args, "dilation_rate", per_axis(axes, 1, 3), 0.7)
    maybe(args, "padding", draw.choice(["valid", "same", "same", "causal"]), 0.6)
    maybe(args, "output_padding", per_axis(axes, 0, 2), 0.3)
    maybe(args, "use_bias", False, 0.3)
    return with_layout(args, axes, high=7)


def depthwise(axes):
    args = {"kernel_size": per_axis(axes, 1, 4)}
    same = draw.random() < 0.8
    maybe(args, "strides", size(1, 3) if same else per_axis(axes, 1, 3))
    maybe(args, "padding", draw.choice(["valid", "same"]), 0.6)
    maybe(args, "depth_multiplier", draw.choice([1, 2, 3, 0]), 0.5)
    if "strides" not in args:
        maybe(args, "dilation_rate", per_axis(axes, 1, 3), 0.3)
    maybe(args, "use_bias", False, 0.3)
    return with_layout(args, axes)


def separable(axes):
    args, shape = depthwise(axes)
    return {"filters": size(1, 8), **args}, shape


def pooling(axes):
    args = {"pool_size": per_axis(axes, 1, 4)}
    maybe(args, "strides", per_axis(axes, 1, 4), 0.5)
    maybe(args, "padding", draw.choice(["valid", "same", "same", "causal"]), 0.6)
    return with_layout(args, axes)


def global_pooling(axes):
    return with_layout(maybe({}, "keepdims", draw.choice([True, False]), 0.6), axes)


def anything(low=2, high=5):
    return [size(1, 6) for _ in range(draw.randint(low, high))]


def reshape():
    shape = anything()
    total = 1
    for d in shape[1:]:
        total *= d
    target = []
    rest = total
    while rest > 1 and len(target) < 4:
        factors = [f for f in range(1, rest + 1) if rest % f == 0]
        f = draw.choice(factors)
        target.append(f)
        rest //= f
    target.append(rest)
    draw.shuffle(target)
    if draw.random() < 0.5:
        target[draw.randrange(len(target))] = -1
    if draw.random() < 0.15:
        target[draw.randrange(len(target))] = size(1, 5)
    if draw.random() < 0.04:
        target = [-1, -1, *target]
    return {"target_shape": target}, shape


def permute():
    shape = anything()
    dims = list(range(1, len(shape)))
    draw.shuffle(dims)
    if draw.random() < 0.1:
        dims[0] = draw.choice([0, 5, 1])
    if draw.random() < 0.08:
        dims = dims[:-1] or [1, 2]
    return {"dims": dims}, shape


def sides(axes, low=0, high=3):
    kind = draw.random()
    if kind < 0.35:
        return size(low, high)
    if axes == 1:
        return [size(low, high), size(low, high)]
    if kind < 0.65:
        return [size(low, high) for _ in range(axes)]
    return [[size(low, high), size(low, high)] for _ in range(axes)]


def zero_padding(axes):
    return with_layout({"padding": sides(axes)}, axes)


def cropping(axes):
    args = {"cropping": sides(axes)}
    return with_layout(args, axes) if axes > 1 else (args, image(axes))


def up_sampling(axes):
    args = {"size": size(1, 3) if axes == 1 else per_axis(axes, 1, 3)}
    return with_layout(args, axes, high=6) if axes > 1 else (args, image(axes))


def recurrent(name):
    args = {"units": size(1, 9)}
    maybe(args, "use_bias", False, 0.3)
    maybe(args, "return_sequences", draw.choice([True, False]), 0.6)
    maybe(args, "return_state", draw.choice([True, False]), 0.3)
    if name == "GRU":
        maybe(args, "reset_after", draw.choice([True, False]), 0.5)
    shape = [size(1, 4), size(1, 9), size(1, 9)]
    if draw.random() < 0.06:
        shape = shape[:-1] if draw.random() < 0.5 else [*shape, 2]
    return args, shape


def conv_lstm(axes):
    args = {"filters": size(1, 5), "kernel_size": per_axis(axes, 1, 3)}
    maybe(args, "strides", per_axis(axes, 1, 2), 0.3)
    maybe(args, "padding", draw.choice(["valid", "same", "same"]), 0.6)
    maybe(args, "use_bias", False, 0.3)
    maybe(args, "return_sequences", draw.choice([True, False]), 0.6)
    maybe(args, "return_state", True, 0.2)
    last = draw.random() < 0.8
    if not last:
        args["data_format"] = "channels_first"
    shape = image(axes, last=last, high=7)
    shape.insert(1, size(1, 4))
    return args, shape


def bidirectional():
    name = draw.choice(["SimpleRNN", "LSTM", "GRU"])
    args, shape = recurrent(name)
    own = {"layer": {"layer": f"keras.layers.{name}", "args": args}}
    maybe(own, "merge_mode", draw.choice(["concat", "sum", "mul", "ave", None]), 0.6)
    return own, shape


def time_distributed():
    inner = {
        "Dense": lambda: ({"units": size()}, anything(2, 4)),
        "Conv1D": lambda: conv(1),
        "Conv2D": lambda: conv(2),
        "MaxPooling2D": lambda: pooling(2),
        "Flatten": lambda: ({}, anything(2, 4)),
        "Dropout": lambda: ({"rate": 0.5}, anything(2, 4)),
        "GlobalAveragePooling2D": lambda: global_pooling(2),
        "BatchNormalization": lambda: ({}, anything(2, 4)),
        "LSTM": lambda: recurrent("LSTM"),
        "Reshape": reshape,
    }
    name = draw.choice(list(inner))
    args, shape = inner[name]()
    args.pop("return_state", None)
    if draw.random() < 0.95:
        shape.insert(1, size(1, 5))
    return {"layer": {"layer": f"keras.layers.{name}", "args": args}}, shape


def batch_norm():
    shape = anything(2, 5)
    args = {}
    maybe(args, "axis", draw.choice([-1, 1, len(shape) - 1, len(shape), -len(shape) - 1, 2]), 0.5)
    maybe(args, "center", False, 0.3)
    maybe(args, "scale", False, 0.3)
    return args, shape


def layer_norm():
    shape = anything(2, 5)
    args = {}
    kind = draw.random()
    if kind < 0.3:
        args["axis"] = draw.choice([-1, 1, len(shape) - 1, len(shape), -len(shape) - 1])
    elif kind < 0.6:
        args["axis"] = sorted(draw.sample(range(1, len(shape)), draw.randint(1, len(shape) - 1)))
    maybe(args, "center", False, 0.3)
    maybe(args, "scale", False, 0.3)
    return args, shape


def group_norm():
    shape = anything(3, 5)
    shape[-1] = draw.choice([4, 6, 8, 12, 32])
    args = {"groups": draw.choice([1, 2, 3, 4, 8, -1, 32, 5])}
    maybe(args, "axis", draw.choice([-1, 1, len(shape) - 1]), 0.4)
    maybe(args, "center", False, 0.3)
    maybe(args, "scale", False, 0.3)
    return args, shape


def prelu():
    shape = anything(2, 5)
    args = {}
    if draw.random() < 0.6:
        args["shared_axes"] = draw.sample(range(1, len(shape)), draw.randint(1, len(shape) - 1))
    return args, shape


def merged(low=2, high=3):
    shape = anything(2, 4)
    shapes = []
    for _ in range(draw.randint(low, high)):
        other = list(shape)
        if draw.random() < 0.25:
            at = draw.randrange(len(other))
            other[at] = draw.choice([1, size(1, 5)])
        if draw.random() < 0.08:
            other = other[:-1]
        shapes.append(other)
    return {}, shapes


def concatenate():
    shape = anything(2, 4)
    axis = draw.choice([-1, 1, len(shape) - 1, -len(shape) + 1])
    shapes = []
    for _ in range(draw.randint(2, 4)):
        other = list(shape)
        other[axis] = size(1, 6)
        if draw.random() < 0.08:
            at = draw.randrange(1, len(other))
            other[at] = size(2, 6)
        if draw.random() < 0.04:
            other = [*other, 2]
        shapes.append(other)
    return maybe({}, "axis", axis, 1 if axis != -1 else 0.5), shapes


def dot():
    rank = draw.choice([2, 2, 3, 3, 4])
    one = [3, *[size(1, 5) for _ in range(rank - 1)]]
    other = [3, *[size(1, 5) for _ in range(draw.choice([rank, rank, 2, 3]) - 1)]]
    a, b = draw.randrange(1, len(one)), draw.randrange(1, len(other))
    if draw.random() < 0.85:
        other[b] = one[a]
    axes = a if a == b and draw.random() < 0.5 else [a, b]
    if draw.random() < 0.3:
        axes = [a - len(one), b - len(other)]
    return {"axes": axes}, [one, other]


def attention_inputs():
    batch, t, s, d = size(1, 3), size(), size(), size(1, 8)
    query = [batch, t, d]
    value = [batch, s, d if draw.random() < 0.9 else size(1, 8)]
    shapes = [query, value]
    if draw.random() < 0.4:
        shapes.append([batch, s, d])
    return shapes


def multi_head():
    batch, t, s, d = size(1, 3), size(), size(), size(1, 8)
    args = {"num_heads": size(1, 4), "key_dim": size(1, 6)}
    maybe(args, "value_dim", size(1, 6), 0.3)
    maybe(args, "output_shape", size(1, 6), 0.3)
    maybe(args, "use_bias", False, 0.3)
    shapes = [[batch, t, d], [batch, s, size(1, 8)]]
    if draw.random() < 0.4:
        shapes.append([batch, s if draw.random() < 0.9 else s + 1, size(1, 8)])
    return args, shapes


def resizing():
    args = {"height": size(), "width": size()}
    return with_layout(args, 2)


def rate():
    return draw.choice([0, 0.2, 0.5, 0.9, 1, 1.5, -0.1])


def axis_layer():
    shape = anything(2, 5)
    return maybe({}, "axis", draw.choice([-1, 1, -2]), 0.6), shape


FAMILIES = {
    "Dense": lambda: (maybe({"units": draw.choice([size(), size(), size(), 0])}, "use_bias", False), anything(2, 5)),
    "Flatten": lambda: (maybe({}, "data_format", "channels_first", 0.3), anything(1, 5)),
    "Reshape": reshape,
    "Permute": permute,
    "RepeatVector": lambda: ({"n": draw.choice([1, 2, 5, 0])}, anything(2, 3)),
    "Embedding": lambda: ({"input_dim": size(1, 50), "output_dim": size()}, anything(1, 3)),
    "SimpleRNN": lambda: recurrent("SimpleRNN"),
    "LSTM": lambda: recurrent("LSTM"),
    "GRU": lambda: recurrent("GRU"),
    "Bidirectional": bidirectional,
    "TimeDistributed": time_distributed,
    "BatchNormalization": batch_norm,
    "LayerNormalization": layer_norm,
    "GroupNormalization": group_norm,
    "UnitNormalization": axis_layer,
    "RMSNormalization": axis_layer,
    "PReLU": prelu,
    "ReLU": lambda: (maybe({}, "max_value", 6.0), anything()),
    "LeakyReLU": lambda: (maybe({}, "negative_slope", 0.1), anything()),
    "ELU": lambda: (maybe({}, "alpha", 0.5), anything()),
    "Softmax": axis_layer,
    "Activation": lambda: ({"activation": draw.choice(["relu", "softmax", "tanh", "sigmoid"])}, anything()),
    "Dropout": lambda: ({"rate": rate()}, anything()),
    "AlphaDropout": lambda: ({"rate": rate()}, anything()),
    "GaussianDropout": lambda: ({"rate": rate()}, anything()),
    "GaussianNoise": lambda: ({"stddev": draw.choice([0, 0.1, 2, -1])}, anything()),
    "SpatialDropout1D": lambda: ({"rate": 0.3}, image(1)),
    "SpatialDropout2D": lambda: ({"rate": 0.3}, image(2)),
    "SpatialDropout3D": lambda: ({"rate": 0.3}, image(3)),
    "ActivityRegularization": lambda: ({"l2": 0.1}, anything()),
    "Masking": lambda: ({}, anything(3, 3)),
    "Identity": lambda: ({}, anything()),
    "Rescaling": lambda: ({"scale": 0.5}, anything()),
    "Resizing": resizing,
    "CenterCrop": resizing,
    "RandomCrop": resizing,
    "RandomFlip": lambda: ({}, image(2, 3)),
    "RandomRotation": lambda: ({"factor": 0.1}, image(2, 3)),
    "RandomZoom": lambda: ({"height_factor": 0.1}, image(2, 3)),
    "RandomTranslation": lambda: ({"height_factor": 0.1, "width_factor": 0.1}, image(2, 3)),
    "RandomContrast": lambda: ({"factor": 0.1}, image(2, 3)),
    "RandomBrightness": lambda: ({"factor": 0.1}, image(2, 3)),
    "Add": merged,
    "Multiply": merged,
    "Average": merged,
    "Maximum": merged,
    "Minimum": merged,
    "Subtract": merged,
    "Concatenate": concatenate,
    "Dot": dot,
    "Attention": lambda: (maybe(maybe({}, "use_scale", True), "score_mode", "concat", 0.2), attention_inputs()),
    "AdditiveAttention": lambda: (maybe({}, "use_scale", False), attention_inputs()),
    "MultiHeadAttention": multi_head,
}
for n in (1, 2, 3):
    FAMILIES[f"Conv{n}D"] = lambda n=n: conv(n)
    FAMILIES[f"Conv{n}DTranspose"] = lambda n=n: conv_transpose(n)
    FAMILIES[f"MaxPooling{n}D"] = lambda n=n: pooling(n)
    FAMILIES[f"AveragePooling{n}D"] = lambda n=n: pooling(n)
    FAMILIES[f"GlobalMaxPooling{n}D"] = lambda n=n: global_pooling(n)
    FAMILIES[f"GlobalAveragePooling{n}D"] = lambda n=n: global_pooling(n)
    FAMILIES[f"ZeroPadding{n}D"] = lambda n=n: zero_padding(n)
    FAMILIES[f"Cropping{n}D"] = lambda n=n: cropping(n)
    FAMILIES[f"UpSampling{n}D"] = lambda n=n: up_sampling(n)
    FAMILIES[f"ConvLSTM{n}D"] = lambda n=n: conv_lstm(n)
    if n < 3:
        FAMILIES[f"DepthwiseConv{n}D"] = lambda n=n: depthwise(n)
        FAMILIES[f"SeparableConv{n}D"] = lambda n=n: separable(n)


def normalization():
    shape = anything(2, 4)
    return maybe({}, "axis", draw.choice([-1, len(shape) - 1, None, [1, len(shape) - 1] if len(shape) > 2 else -1]), 0.6), shape


FAMILIES["Normalization"] = normalization

MANY = {"Conv1D": 2, "Conv2D": 3, "Conv2DTranspose": 2, "MaxPooling2D": 2, "Reshape": 2, "Bidirectional": 2, "TimeDistributed": 3}
SIMPLE = {
    "ReLU", "LeakyReLU", "ELU", "Activation", "Identity", "Rescaling", "Masking", "ActivityRegularization", "GaussianDropout",
    "AlphaDropout", "RandomFlip", "RandomRotation", "RandomZoom", "RandomTranslation", "RandomContrast", "RandomBrightness",
    "UnitNormalization", "RMSNormalization", "Softmax", "GaussianNoise", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D",
    "ConvLSTM1D", "ConvLSTM3D", "Multiply", "Average", "Maximum", "Minimum", "Embedding", "Dropout",
}

# Layers that look at their input's sizes only when they run.
RUNS = {
    "TimeDistributed", "Resizing", "CenterCrop", "RandomCrop", "Attention", "AdditiveAttention", "Dot",
    "Add", "Multiply", "Average", "Maximum", "Minimum", "Subtract", "Concatenate",
}


def tuples(value):
    return tuple(tuples(v) for v in value) if isinstance(value, list) else value


def made(name, args):
    args = {k: made(v["layer"].split(".")[-1], v["args"]) if isinstance(v, dict) else tuples(v) for k, v in args.items()}
    return getattr(layers, name)(**args)


def shape_of(t):
    return [shape_of(x) for x in t] if isinstance(t, (list, tuple)) else list(t.shape)


def call(name, layer, tensors):
    if name == "MultiHeadAttention":
        return layer(*tensors)
    return layer(tensors if len(tensors) > 1 else tensors[0])


def answer(name, args, shapes):
    several = isinstance(shapes[0], list)
    line = {"layer": f"keras.layers.{name}", "args": args, "input": shapes}
    try:
        layer = made(name, args)
    except Exception as e:
        return {**line, "error": type(e).__name__, "constructor": True}
    try:
        out = call(name, layer, [keras.Input(batch_shape=s, dtype="int32" if name == "Embedding" else "float32")
                                 for s in (shapes if several else [shapes])])
    except Exception as e:
        return {**line, "error": type(e).__name__}
    if name in RUNS:
        try:
            call(name, layer, [keras.ops.ones(s) for s in (shapes if several else [shapes])])
        except Exception as e:
            return {**line, "error": type(e).__name__}
    count = lambda weights: sum(keras.src.utils.summary_utils.count_params([w]) for w in weights)
    counts = {"params": count(layer.weights), "trainable": count(layer.trainable_weights)}
    key = "outputs" if isinstance(out, (list, tuple)) else "output"
    return {**line, key: shape_of(out), **counts}


for name, family in FAMILIES.items():
    if family is None:
        continue
    for _ in range(40 if name in SIMPLE else COUNT * MANY.get(name, 1)):
        args, shapes = family()
        print(json.dumps(answer(name, args, shapes), separators=(",", ":")))
