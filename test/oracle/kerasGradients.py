"""Keras 3's own numbers of layers, forward and backward, through JAX in float64.

Run with an interpreter that has both: KERAS_BACKEND=jax python test/oracle/kerasGradients.py COUNT SEED > test/oracle/kerasGradients.jsonl
(committed: 400 1)

Each line is one layer on a batch of one of small integers, channels last, so that sums are exact and ties happen:
  {"layer", "args", "input", "weights", "gradOutput", "output", "gradInput", "gradWeights"}
"""

import json
import os
import random
import sys

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_ENABLE_X64"] = "1"
import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import keras  # noqa: E402
import numpy as np  # noqa: E402

keras.config.set_floatx("float64")
TOP = {0: 8, 1: 12, 2: 7, 3: 4}


def per_axis(rng, axes, low, high):
    """One number for all axes, or one an axis."""
    return rng.randint(low, high) if rng.random() < 0.5 else [rng.randint(low, high) for _ in range(axes)]


def window(rng, axes, words):
    args = {"kernel_size": per_axis(rng, axes, 1, 4), "padding": rng.choice(words)}
    if rng.random() < 0.6:
        args["strides"] = per_axis(rng, axes, 1, 3)
    elif rng.random() < 0.5:
        args["dilation_rate"] = per_axis(rng, axes, 1, 3)
    if rng.random() < 0.4:
        args["use_bias"] = False
    return args


def drawn(rng):
    """A layer's name, arguments, channels and axes."""
    axes = rng.choice([1, 1, 2, 2, 2, 3])
    kind = rng.choice(["conv", "conv", "depthwise", "transposed", "pool", "pool", "global", "dense"])
    channels = rng.randint(1, 3)
    if kind == "conv":
        args = window(rng, axes, ["valid", "same", "same", "causal"] if axes == 1 else ["valid", "same", "same"])
        groups = rng.choice([1, 1, 1, channels])
        args["filters"] = groups * rng.randint(1, 2)
        if groups > 1:
            args["groups"] = groups
        return f"Conv{axes}D", args, channels, axes
    if kind == "depthwise":
        axes = min(axes, 2)
        args = window(rng, axes, ["valid", "same"])
        # JAX, as TensorFlow, takes no stride that differs from axis to axis here.
        args["strides"] = rng.randint(1, 3) if "dilation_rate" not in args else 1
        if rng.random() < 0.5:
            args["depth_multiplier"] = rng.randint(1, 2)
        return f"DepthwiseConv{axes}D", args, channels, axes
    if kind == "transposed":
        args = window(rng, axes, ["valid", "same"])
        args["filters"] = rng.randint(1, 2)
        return f"Conv{axes}DTranspose", args, channels, axes
    if kind == "pool":
        args = {"pool_size": per_axis(rng, axes, 1, 3), "padding": rng.choice(["valid", "same"])}
        if rng.random() < 0.6:
            args["strides"] = per_axis(rng, axes, 1, 3)
        return f"{rng.choice(['Max', 'Average'])}Pooling{axes}D", args, channels, axes
    if kind == "global":
        return f"Global{rng.choice(['Max', 'Average'])}Pooling{axes}D", {}, channels, axes
    return "Dense", {"units": rng.randint(1, 4), "use_bias": rng.random() < 0.6}, rng.randint(1, 6), 0


def plain(array):
    return np.asarray(array).tolist()


def answered(rng):
    name, args, channels, axes = drawn(rng)
    shape = [1, *(rng.randint(1, TOP[axes]) for _ in range(axes)), channels]
    numbers = lambda of, low, high: np.array([rng.randint(low, high) for _ in range(int(np.prod(of)))], "float64").reshape(of)
    layer = getattr(keras.layers, name)(**{k: tuple(v) if isinstance(v, list) else v for k, v in args.items()})
    x = numbers(shape, -3, 4)
    if name.startswith("GlobalMax"):
        # Keras shares the gradient of a tie here; the picture gives it to the first, as PyTorch's layer does, and says so.
        x = np.array(rng.sample(range(-5, x.size), x.size), "float64").reshape(shape)
    layer.build(tuple(shape))
    weights = [numbers(w.shape, -2, 3) for w in layer.trainable_variables]

    def run(values, given):
        return layer.stateless_call(values, [], given)[0]

    output, back = jax.vjp(run, [jnp.asarray(w) for w in weights], jnp.asarray(x))
    if 0 in output.shape:
        return None
    upstream = numbers(output.shape, -3, 3)
    grad_weights, grad_input = back(jnp.asarray(upstream))
    return {
        "layer": name, "args": args, "input": plain(x), "weights": [plain(w) for w in weights], "gradOutput": plain(upstream),
        "output": plain(output), "gradInput": plain(grad_input), "gradWeights": [plain(w) for w in grad_weights],
    }


def main():
    count, rng = int(sys.argv[1]), random.Random(int(sys.argv[2]))
    made = 0
    while made < count:
        try:
            line = answered(rng)
        except (ValueError, NotImplementedError):
            continue
        if line:
            made += 1
            print(json.dumps(line).replace(".0,", ",").replace(".0]", "]"))


main()
