#!/usr/bin/python3
"""PyTorch's own answers for recurrent layers that are given a state, right or with one size changed.

usage: states.py COUNT SEED > states.jsonl

Each line is {"layer", "args", "input", "states", "output"}, where "states" are the shapes of the state and, for an LSTM, of the cell state;
"output" is null where PyTorch refuses them. Run with Debian's python3-torch 1.13.
"""
import json
import random
import sys

import torch
from torch import nn

torch.set_grad_enabled(False)


def changed(rng, shape):
    """The shape with one size changed, or one dimension more or less."""
    i = rng.randrange(len(shape))
    how = rng.randrange(4)
    if how == 0:
        return shape[:i] + shape[i + 1:]
    if how == 1:
        return shape[:i] + [1] + shape[i:]
    return shape[:i] + [shape[i] + rng.choice([1, 2])] + shape[i + 1:]


def draw(rng):
    name = rng.choice(["RNN", "LSTM", "GRU", "RNNCell", "LSTMCell", "GRUCell"])
    features, hidden = rng.randint(2, 9), rng.randint(3, 9)
    args = dict(input_size=features, hidden_size=hidden)
    batch = [rng.randint(2, 5)] if rng.random() < 0.8 else []
    width = hidden
    if name.endswith("Cell"):
        shape, front = batch + [features], []
    else:
        for key, value in (("num_layers", 2), ("batch_first", True), ("bidirectional", True)):
            if rng.random() < 0.4:
                args[key] = value
        if name == "LSTM" and rng.random() < 0.3:
            args["proj_size"] = width = rng.randint(1, hidden - 1)
        steps = [rng.randint(2, 6)]
        shape = (batch + steps if args.get("batch_first") else steps + batch) + [features]
        front = [args.get("num_layers", 1) * (2 if args.get("bidirectional") else 1)]
    states = [front + batch + [width]]
    if name.startswith("LSTM"):
        states.append(front + batch + [hidden])
    if rng.random() < 0.6:
        i = rng.randrange(len(states))
        states[i] = changed(rng, states[i])
    return name, args, shape, states


def answer(name, args, shape, states):
    layer = getattr(nn, name)(**args)
    given = [torch.zeros(s) for s in states]
    try:
        output = layer(torch.zeros(shape), given[0] if len(given) == 1 else tuple(given))
    except (RuntimeError, AssertionError, ValueError, IndexError):
        return None
    return list((output[0] if isinstance(output, tuple) else output).shape)


rng = random.Random(int(sys.argv[2]))
for _ in range(int(sys.argv[1])):
    name, args, shape, states = draw(rng)
    row = dict(layer=name, args=args, input=shape, states=states, output=answer(name, args, shape, states))
    print(json.dumps(row, separators=(",", ":")))
