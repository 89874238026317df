#!/usr/bin/python3
"""jaxtyping's own verdicts on annotations of shapes, and those of a second matcher that follows its documentation.

usage: annotations.py > annotations.jsonl

Each line is one call: {"axes": [text, ...], "shapes": [[size, ...], ...], "verdicts": [true, ..., false]}, with the annotations of its
parameters, the last being that of what it returns, and the shapes that stand there. The verdicts end with the first that is false; "refused"
where jaxtyping cannot read the text. The second matcher knows no formulas; where both decide they have to agree.
Run with jaxtyping 0.3.11 and Debian's PyTorch 1.13.
"""
import json
import random

import numpy as np
import torch
from jaxtyping import AnnotationError, Shaped, jaxtyped

random.seed(29)

NAMES = ["b", "c", "h", "w", "batch", "seq_len", "dim"]
SIZES = [1, 2, 3, 4, 8]


def word(sizes, ismany):
    """One axis of an annotation, mostly one that fits."""
    kind = random.random() * (0.92 if ismany and random.random() < 0.97 else 1)
    bound = [n for n in sizes if not n.startswith("*")]
    name = random.choice(bound if 0.82 < kind < 0.92 and bound and random.random() < 0.9 else NAMES)
    right = sizes.setdefault(name, random.choice(SIZES))
    size = right if random.random() < 0.9 else random.choice(SIZES)
    if kind < 0.45:
        return name, [size]
    if kind < 0.6:
        said = random.choice(SIZES)
        return str(said), [said if random.random() < 0.9 else random.choice(SIZES)]
    if kind < 0.66:
        return random.choice(["_", "_" + name]), [random.choice(SIZES)]
    if kind < 0.74:
        return "#" + name, [random.choice([1, size])]
    if kind < 0.78:
        said = random.choice(SIZES)
        return f"#{said}", [random.choice([1, said])]
    if kind < 0.82:
        said = random.choice(SIZES)
        return f"{name}={said}", [said if random.random() < 0.9 else random.choice(SIZES)]
    if kind < 0.92:
        formula = random.choice(["{0}-1", "{0}+1", "2*{0}", "{0}//2", "({0}-1)//2+1", "{0}*{0}", "min({0},4)"]).format(name)
        value = eval(formula, {name: right, "min": min})
        return formula, [max(0, value) if random.random() < 0.85 else random.choice(SIZES)]
    if kind < 0.95:
        return random.choice(["...", "*_"]), [random.choice(SIZES) for _ in range(random.randrange(3))]
    several = sizes.setdefault("*x", [random.choice(SIZES) for _ in range(random.randrange(3))])
    if random.random() < 0.15:
        several = [random.choice(SIZES) for _ in range(random.randrange(3))]
    return random.choice(["*x", "*x", "*#x"]), several


def annotation(sizes):
    words, shape = [], []
    for _ in range(random.choice([0, 1, 2, 2, 3, 3, 4])):
        text, part = word(sizes, any("*" in w or w == "..." for w in words))
        words.append(text)
        shape.extend(part)
    if random.random() < 0.04 and shape:
        shape.pop()
    return " ".join(words), shape


def verdict_of(text, shape):
    try:
        return isinstance(torch.zeros(shape), Shaped[torch.Tensor, text])
    except (AnnotationError, ValueError):
        return "refused"


def second(text, shape, names, several):
    """The documentation's rules, read once more; None where a formula or spreading axes decide."""
    words = text.split()
    marks = [i for i, w in enumerate(words) if w == "..." or "*" in w.split("=")[0][:2]]
    if any(not w.lstrip("#*_").replace("=", "").replace("_", "a").isalnum() for w in words if w not in ("...", "*_", "_")) or any("*#" in w for w in words):
        return None
    if len(marks) > 1:
        return "refused"
    if not marks and len(words) != len(shape) or len(shape) < len(words) - len(marks):
        return False
    cut = marks[0] if marks else len(words)
    after = len(words) - cut - 1 if marks else 0
    pairs = list(zip(words[:cut], shape)) + (list(zip(words[cut + 1 :], shape[len(shape) - after :])) if marks else [])
    for w, size in pairs:
        said = w.split("=")[-1]
        if said.startswith("_") or said.startswith("#") and size == 1:
            continue
        said = said.lstrip("#")
        if int(said) != size if said.isdigit() else names.setdefault(said, size) != size:
            return False
    if marks and words[cut] not in ("...", "*_"):
        rest = list(shape[cut : len(shape) - after])
        return several.setdefault(words[cut], rest) == rest
    return True


agreed = 0
for _ in range(2000):
    sizes = {}
    calls = [annotation(sizes) for _ in range(random.choice([1, 2, 3, 3, 4]))]
    verdicts, names, several = [], {}, {}
    isplain = True
    with jaxtyped("context"):
        for text, shape in calls:
            verdicts.append(verdict_of(text, shape))
            other = second(text, shape, names, several) if isplain else None
            isplain = other is not None
            if isplain:
                assert other == verdicts[-1], (calls, verdicts, other)
                agreed += 1
            if verdicts[-1] is not True:
                break
    print(json.dumps({"axes": [t for t, _ in calls], "shapes": [s for _, s in calls], "verdicts": verdicts}, separators=(",", ":")))
assert agreed > 2000, agreed
