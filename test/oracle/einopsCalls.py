#!/usr/bin/python3
"""Random calls of einops, with einops's own answers (pip install einops; its version 0.8).

usage: einopsCalls.py COUNT SEED > einops.jsonl

Each line is {"function", "pattern", "shape", "lengths", "reduction"} with "output", or "error": true where einops refuses. A third of the
calls are made right and then changed at one place.
"""
import json
import random
import sys

import torch

import einops

NAMES = ["b", "c", "h", "w", "t", "heads", "dim_head", "p1", "p2", "n"]


def side(rng, dimensions, rest):
    parts = []
    for axes in dimensions:
        parts.append(axes[0] if len(axes) == 1 and rng.random() < 0.95 else "(" + " ".join(axes) + ")")
    if rest is not None:
        parts.insert(rest, "...")
    return " ".join(parts)


def grouped(rng, names):
    groups, at = [], 0
    while at < len(names):
        size = rng.choice([1, 1, 1, 2, 3])
        groups.append(names[at:at + size])
        at += size
    return groups


def draw(rng):
    names = rng.sample(NAMES, rng.randint(1, 5))
    sizes = {name: rng.randint(1, 5) for name in names}
    left = grouped(rng, names)
    lengths, shape = {}, []
    for group in left:
        size = 1
        for name in group:
            size *= sizes[name]
        shape.append(size)
        open_one = rng.choice(group)
        for name in group:
            if name != open_one or rng.random() < 0.15:
                lengths[name] = sizes[name]
    function = rng.choice(["rearrange", "rearrange", "reduce", "repeat"])
    after = rng.sample(names, len(names))
    if function == "reduce":
        after = [n for n in after if rng.random() < 0.6]
    if function == "repeat":
        for _ in range(rng.randint(0, 2)):
            if rng.random() < 0.5:
                new = "r" + str(rng.randint(1, 9))
                if new not in after:
                    after.insert(rng.randint(0, len(after)), new)
                    lengths[new] = rng.randint(1, 4)
            else:
                after.insert(rng.randint(0, len(after)), str(rng.randint(1, 4)))
    left_rest = right_rest = None
    groups = grouped(rng, after)
    if rng.random() < 0.25:
        left_rest = rng.randint(0, len(left))
        middle = [rng.randint(1, 3) for _ in range(rng.randint(0, 2))]
        shape[left_rest:left_rest] = middle
        if function != "reduce" or rng.random() < 0.6:
            if rng.random() < 0.2 and groups:
                rng.choice(groups).append("...")
            else:
                right_rest = rng.randint(0, len(groups))
    if rng.random() < 0.1:
        groups.insert(rng.randint(0, len(groups)), ["1"])
    pattern = side(rng, left, left_rest) + " -> " + side(rng, groups, right_rest)
    if rng.random() < 0.33:
        change = rng.randint(0, 5)
        if change == 0 and shape:
            shape[rng.randrange(len(shape))] += rng.choice([1, 2])
        elif change == 1:
            shape.insert(rng.randint(0, len(shape)), rng.randint(1, 3))
        elif change == 2 and lengths:
            lengths[rng.choice(list(lengths))] += 1
        elif change == 3 and lengths:
            del lengths[rng.choice(list(lengths))]
        elif change == 4:
            lengths["extra"] = 2
        else:
            at = rng.randrange(len(pattern))
            pattern = pattern[:at] + rng.choice(["", " ", "(", ")", "x", "_", "2", "..."]) + pattern[at + rng.choice([0, 1]):]
    reduction = rng.choice(["mean", "sum", "max", "min", "prod"] + ["median"] * (rng.random() < 0.2))
    return function, pattern, shape, lengths, reduction


def main():
    rng = random.Random(int(sys.argv[2]))
    for _ in range(int(sys.argv[1])):
        function, pattern, shape, lengths, reduction = draw(rng)
        record = {"function": function, "pattern": pattern, "shape": shape, "lengths": lengths}
        if function == "reduce":
            record["reduction"] = reduction
        try:
            more = [reduction] if function == "reduce" else []
            record["output"] = list(getattr(einops, function)(torch.zeros(shape), pattern, *more, **lengths).shape)
        except Exception:
            record["error"] = True
        print(json.dumps(record))


main()
