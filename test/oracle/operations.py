#!/usr/bin/python3
"""Random calls of operations on tensors, with PyTorch's own answers.

usage: operations.py COUNT SEED > operations.jsonl

Each line is {"op", "args", "kwargs", "out"} or, where PyTorch refuses, "error" with the first line of its message in place of "out". The
first argument of `Tensor.x` is the tensor itself. {"t": [2, 3]} is a tensor ("d": its kind, where it is not float), {"f": 0.5} a float,
{"s": [start, stop, step]} a slice, {"e": 1} an ellipsis. A result is a shape, or {"items": […]} for a tuple or list; -1 is a size that
depends on the numbers. A third of the calls are made right and then one number in them is changed. Run with Debian's python3-torch 1.13;
what is newer is written out in its operations.
"""
import json
import math
import random
import sys
import warnings

import torch
import torch.nn.functional as F

warnings.filterwarnings("ignore")
torch.set_grad_enabled(False)
torch.set_num_threads(1)
R = random.Random()


class T:
    """A tensor to be made."""

    def __init__(self, shape, kind="float", below=1):
        self.shape, self.kind, self.below = list(shape), kind, below

    def make(self, fill):
        if self.kind == "int":
            return torch.randint(0, max(self.below, 1), self.shape) if fill != "zeros" else torch.zeros(self.shape, dtype=torch.long)
        if self.kind == "bool":
            return {"zeros": torch.zeros, "ones": torch.ones, "random": torch.rand}[fill](self.shape) > 0.5
        return {"zeros": torch.zeros, "ones": torch.ones, "random": torch.rand}[fill](self.shape)

    def plain(self):
        return {"t": self.shape} if self.kind == "float" else {"t": self.shape, "d": self.kind}


def n(low=1, high=5):
    return R.randint(low, high)


def sizes(low=1, high=4):
    return [n() for _ in range(R.randint(low, high))]


def axis(rank):
    return R.randint(-rank, rank - 1) if rank else R.choice([0, -1])


def pick(*options):
    return R.choice(options)


def stretched(shape):
    """A shape that broadcasts with another: some sizes 1, some dimensions left away."""
    return [1 if R.random() < 0.3 else d for d in shape][R.choice([0, 0, 0, len(shape) // 2]):]


def both(name, *args, **kwargs):
    return (pick("torch.", "Tensor.") + name, list(args), kwargs)


def method(name, *args, **kwargs):
    return ("Tensor." + name, list(args), kwargs)


def func(name, *args, **kwargs):
    return ("F." + name, list(args), kwargs)


def torched(name, *args, **kwargs):
    return ("torch." + name, list(args), kwargs)


def options(**kwargs):
    """Some of these keywords."""
    return {k: v for k, v in kwargs.items() if R.random() < 0.5}


UNARY = "abs ceil clone cos exp floor log neg reciprocal round rsqrt sign sin sqrt square tan tanh sigmoid relu erf isnan logical_not detach".split()
BINARY = "add sub mul div pow atan2 maximum minimum fmod remainder eq ne lt le gt ge logical_and floor_divide hypot true_divide".split()
REDUCE = "sum mean nansum amax amin logsumexp".split()
REDUCE_ONE = "prod argmax argmin any all".split()
MOVING = "cumsum cumprod logcumsumexp argsort".split()
PAIRS = "cummax cummin sort median mode max min".split()


def unary():
    return both(R.choice(UNARY), T(sizes(0)))


def binary():
    shape = sizes(0)
    a, b = T(stretched(shape)), pick(T(stretched(shape)), T(stretched(shape)), n())
    return both(R.choice(BINARY), a, b)


def three():
    shape = sizes(1)
    name = pick("lerp", "addcmul", "addcdiv", "where", "clamp")
    a, b, c = (T(stretched(shape)) for _ in range(3))
    if name == "where":
        return torched("where", T(stretched(shape), "bool"), b, c)
    if name == "clamp":
        return both("clamp", a, b, c) if R.random() < 0.5 else both("clamp", a, **{pick("min", "max"): {"f": 0.5}})
    if name == "lerp" and R.random() < 0.3:
        return both("lerp", a, b, {"f": 0.5})
    return both(name, a, b, c)


def reduce():
    shape = sizes(0)
    keep = options(keepdim=pick(True, False))
    kind = R.random()
    if kind < 0.2:
        return both(pick("sum", "mean", "prod", "max", "min", "std", "var", "norm", "median", "argmax", "all"), T(shape))
    if kind < 0.5:
        dims = R.sample(range(len(shape)), R.randint(1, len(shape))) if shape else [0]
        dim = pick(dims, [d - len(shape) if shape else d for d in dims], axis(len(shape)))
        return both(R.choice(REDUCE), T(shape), pick({"dim": dim}, {"axis": dim}) and dim, **keep)
    if kind < 0.65:
        name = pick("std", "var", "std_mean", "norm", "vector_norm")
        if name == "std_mean":
            return torched(name, T(shape), axis(len(shape)), True, pick(True, False))
        if name == "norm":
            return both("norm", T(shape), pick(1, 2, {"f": 2.0}), axis(len(shape)), **keep)
        if name == "vector_norm":
            return torched("linalg.vector_norm", T(shape), 2, axis(len(shape)), **keep)
        return pick(both(name, T(shape), axis(len(shape)), pick(True, False)), both(name, T(shape), dim=axis(len(shape)), **keep), both(name, T(shape), pick(True, False)))
    if kind < 0.75:
        return both(R.choice(REDUCE_ONE), T(shape), axis(len(shape)), **keep)
    if kind < 0.8:
        return both(pick("argmax", "argmin"), T(shape), keepdim=True)
    name = R.choice(PAIRS)
    if name in ("max", "min") and R.random() < 0.3:
        return both(name, T(stretched(shape)), T(stretched(shape)))
    if name in ("cummax", "cummin", "sort"):
        return both(name, T(shape), axis(len(shape)))
    return both(name, T(shape), axis(len(shape)), **keep)


def order():
    shape = sizes(1)
    d = axis(len(shape))
    kind = R.random()
    if kind < 0.4:
        return both("topk", T(shape), n(1, shape[d]), d, **options(largest=pick(True, False)))
    if kind < 0.6:
        return both("kthvalue", T(shape), n(1, shape[d]), d, **options(keepdim=True))
    if kind < 0.7:
        return torched("bucketize", T(shape), T([n()]))
    return both(R.choice(MOVING), T(shape), d)


def factors(total):
    found = []
    while total > 1 and R.random() < 0.8:
        f = R.choice([d for d in range(2, total + 1) if total % d == 0])
        found.append(f)
        total //= f
    found.append(total)
    R.shuffle(found)
    return found


def reshape():
    shape = sizes(0)
    total = math.prod(shape)
    new = factors(total)
    if R.random() < 0.5:
        new[R.randrange(len(new))] = -1
    kind = R.random()
    if kind < 0.3:
        return method(pick("view", "reshape"), T(shape), *new)
    if kind < 0.6:
        return pick(method("view", T(shape), new), both("reshape", T(shape), new))
    if kind < 0.75:
        d = axis(len(shape))
        parts = factors(shape[d]) if shape else [1]
        if R.random() < 0.5:
            parts[R.randrange(len(parts))] = -1
        return method("unflatten", T(shape or [1]), d, parts)
    if kind < 0.85:
        return both("ravel", T(shape))
    if kind < 0.9:
        return method(pick("view_as", "reshape_as"), T(shape), T(factors(total)))
    lo = R.randint(0, max(len(shape) - 1, 0))
    return both("flatten", T(shape), lo, R.randint(lo, max(len(shape) - 1, 0)))


def permute():
    shape = sizes(1)
    r = len(shape)
    kind = R.random()
    if kind < 0.35:
        dims = [d - r if R.random() < 0.3 else d for d in R.sample(range(r), r)]
        return pick(method("permute", T(shape), *dims), both("permute", T(shape), dims))
    if kind < 0.6:
        return both(pick("transpose", "swapaxes", "swapdims"), T(shape), axis(r), axis(r))
    if kind < 0.8:
        if R.random() < 0.5:
            return both(pick("movedim", "moveaxis"), T(shape), axis(r), axis(r))
        k = n(1, r)
        return both("movedim", T(shape), R.sample(range(r), k), R.sample(range(r), k))
    if kind < 0.9:
        return both("t", T(sizes(0, 2)))
    return method(pick("T", "mT", "mT"), T(sizes(2, 4)))


def squeeze():
    shape = [pick(1, 1, n()) for _ in range(R.randint(0, 4))]
    kind = R.random()
    if kind < 0.3:
        return both("squeeze", T(shape))
    if kind < 0.6:
        return both("squeeze", T(shape), axis(len(shape)))
    return both("unsqueeze", T(shape), R.randint(-len(shape) - 1, len(shape)))


def expand():
    shape = [pick(1, 1, n()) for _ in range(R.randint(0, 3))]
    lead = sizes(0, 2)
    to = lead + [d if d != 1 else pick(1, n(), -1) for d in shape]
    to = to[: len(lead)] + [pick(d, -1) for d in to[len(lead):]]
    kind = R.random()
    if kind < 0.3:
        return pick(method("expand", T(shape), *to), method("expand", T(shape), to)) if to else method("expand", T(shape), to)
    if kind < 0.45:
        return pick(torched("broadcast_to", T(shape), to), method("expand_as", T(shape), T([abs(d) for d in to])))
    if kind < 0.65:
        times = sizes(len(shape), len(shape) + 2)
        return method("repeat", T(shape), *times) if times else method("repeat", T(shape), [2])
    if kind < 0.8:
        return pick(torched("tile", T(shape), sizes(1, 4)), method("tile", T(shape), *sizes(1, 4)))
    if kind < 0.9:
        return both("repeat_interleave", T(shape), n(), **({} if not shape else options(dim=axis(len(shape)))))
    return torched("broadcast_tensors", *(T(stretched(to and [abs(d) for d in to])) for _ in range(n(1, 3))))


def cat():
    shape = sizes(1)
    d = axis(len(shape))
    parts = [shape[:] for _ in range(n(1, 3))]
    kind = R.random()
    if kind < 0.45:
        for p in parts:
            p[d] = n()
        if R.random() < 0.1:
            parts.append([0])
        name = pick("cat", "concat", "cat")
        return torched(name, [T(p) for p in parts], d) if R.random() < 0.5 else torched(name, [T(p) for p in parts], dim=d)
    if kind < 0.75:
        return torched("stack", [T(p) for p in parts], R.randint(-len(shape) - 1, len(shape)))
    name = pick("hstack", "vstack", "dstack", "column_stack")
    at = {"hstack": 1 if len(shape) > 1 else 0, "vstack": 0, "dstack": 2, "column_stack": 1}[name]
    if len(shape) > max(at, 1) or name == "hstack":
        for p in parts:
            p[at] = n()
    return torched(name, [T(p) for p in parts])


def split():
    shape = sizes(1)
    d = axis(len(shape))
    kind = R.random()
    if kind < 0.3:
        return both("split", T(shape), n(1, 6), d)
    if kind < 0.5:
        size, parts = shape[d], []
        while size > 0:
            parts.append(n(1, size))
            size -= parts[-1]
        return both("split", T(shape), parts, d)
    if kind < 0.7:
        return both("chunk", T(shape), n(1, 6), d)
    if kind < 0.85:
        return both("tensor_split", T(shape), pick(n(1, 6), sorted(n(0, 6) for _ in range(n(1, 3))), [n(-3, 6) for _ in range(2)]), d)
    return both("unbind", T(shape), d)


def select():
    shape = sizes(1)
    d = axis(len(shape))
    kind = R.random()
    if kind < 0.35:
        return both("select", T(shape), d, R.randint(-shape[d], shape[d] - 1))
    if kind < 0.7:
        start = R.randint(0, shape[d])
        return both("narrow", T(shape), d, start, R.randint(0, shape[d] - start))
    if kind < 0.9:
        return both("index_select", T(shape), d, T([n()], "int", shape[d]))
    return both("take", T(shape), T(sizes(0, 3), "int", math.prod(shape)))


def bound(size):
    return pick(None, None, R.randint(-size - 1, size + 2))


def index():
    shape = sizes(1, 4)
    items, at = [], 0
    while at < len(shape) and len(items) < 5:
        size = shape[at]
        kind = R.random()
        if kind < 0.2:
            items.append(R.randint(-size, size - 1))
        elif kind < 0.5:
            items.append({"s": [bound(size), bound(size), pick(None, None, 1, 2, 3)]})
        elif kind < 0.6:
            items.append(None)
            at -= 1
        elif kind < 0.65 and {"e": 1} not in items:
            items.append({"e": 1})
            at += R.randint(0, len(shape) - at) - 1
        elif kind < 0.75:
            items.append(T(pick([n()], [3], [3], [2, 3], [1], []), "int", size))
        elif kind < 0.8:
            items.append([R.randint(-size, size - 1) for _ in range(pick(1, 3, 3))])
        elif kind < 0.86:
            k = n(1, min(2, len(shape) - at))
            items.append(T(shape[at:at + k], "bool"))
            at += k - 1
            # PyTorch takes what follows a mask of several dimensions for another one.
            if k > 1:
                break
        else:
            break
        at += 1
    return method("__getitem__", T(shape), items or [0])


def gather():
    shape = sizes(1, 3)
    d = axis(len(shape))
    ix = [n(1, s) for s in shape]
    ix[d] = n()
    kind = R.random()
    if kind < 0.35:
        return both("gather", T(shape), d, T(ix, "int", shape[d]))
    if kind < 0.5:
        wide = [pick(1, s) for s in shape]
        wide[d] = n()
        return both("take_along_dim", T(shape), T(wide, "int", shape[d]), d)
    ix = [n(1, s) for s in shape]
    src = [s + n(0, 2) for s in ix]
    if kind < 0.7:
        return both(pick("scatter", "scatter_add"), T(shape), d, T(ix, "int", shape[d]), T(src))
    if kind < 0.8:
        return both("index_fill", T(shape), d, T([n()], "int", shape[d]), 0)
    return both("masked_fill", T(shape), T(stretched(shape), "bool"), 0)


def dynamic():
    shape = sizes(1, 3)
    kind = R.random()
    if kind < 0.3:
        return both("masked_select", T(shape), T(stretched(shape), "bool"))
    if kind < 0.5:
        return both("nonzero", T(shape, "bool"))
    if kind < 0.6:
        return both("nonzero", T(shape, "bool"), as_tuple=True)
    if kind < 0.7:
        return both("argwhere", T(shape, "bool"))
    if kind < 0.8:
        return torched("where", T(shape, "bool"))
    return both("unique", T(shape), **options(return_inverse=True, return_counts=True))


def matmul():
    m, k, p = n(), n(), n()
    batch = sizes(0, 2)
    a, b = pick([k], [m, k], stretched(batch) + [m, k], stretched(batch) + [m, k]), pick([k], [k, p], stretched(batch) + [k, p], stretched(batch) + [k, p])
    kind = R.random()
    if kind < 0.5:
        return both("matmul", T(a), T(b))
    if kind < 0.6:
        return both("mm", T([m, k]), T([k, p]))
    if kind < 0.7:
        c = n()
        return both("bmm", T([c, m, k]), T([c, k, p]))
    if kind < 0.75:
        return both("mv", T([m, k]), T([k]))
    if kind < 0.8:
        return both(pick("dot", "vdot"), T([k]), T([k]))
    if kind < 0.85:
        return both("outer", T([m]), T([p]))
    if kind < 0.9:
        return both("inner", T(sizes(0, 2) + [k]), T(sizes(0, 2) + [k]))
    name = pick("addmm", "baddbmm", "addbmm", "addmv", "addr")
    c = n()
    made = {"addmm": [m, p], "baddbmm": [c, m, p], "addbmm": [m, p], "addmv": [m], "addr": [m, p]}[name]
    two = {"addmm": ([m, k], [k, p]), "baddbmm": ([c, m, k], [c, k, p]), "addbmm": ([c, m, k], [c, k, p]), "addmv": ([m, k], [k]), "addr": ([m], [p])}[name]
    return both(name, T(stretched(made)), T(two[0]), T(two[1]))


def einsum():
    letters = R.sample("abcdijkABx", n(2, 5))
    size = {l: n() for l in letters}
    rest = sizes(0, 2)
    count = n(1, 3)
    terms, tensors, dots = [], [], False
    for _ in range(count):
        own = [R.choice(letters) for _ in range(R.randint(1, 3))] if R.random() < 0.3 else R.sample(letters, min(len(letters), n(1, 3)))
        shape = [size[l] for l in own]
        if R.random() < 0.2:
            at = R.randint(0, len(own))
            lead = stretched(rest)
            own.insert(at, "...")
            shape[at:at] = lead
            dots = True
        if R.random() < 0.1 and shape:
            shape[R.randrange(len(shape))] = 1
        terms.append("".join(own))
        tensors.append(T(shape))
    used = sorted(set("".join(terms).replace(".", "")))
    text = ",".join(terms)
    if R.random() < 0.75:
        text += "->" + ("..." if dots and R.random() < 0.9 else "") + "".join(R.sample(used, R.randint(0, len(used))))
    if R.random() < 0.1:
        text = text.replace(",", " , ")
    return torched("einsum", text, *tensors)


def products():
    kind = R.random()
    if kind < 0.4:
        a, k = sizes(0, 3), sizes(0, 2)
        if R.random() < 0.6:
            return torched("tensordot", T(a + k), T(k + sizes(0, 2)), dims=len(k))
        b = sizes(1, 3)
        return torched("tensordot", T(a + b[:1]), T(b), dims=[[len(a)], [0]])
    if kind < 0.6:
        return both("kron", T(sizes(1, 3)), T(sizes(1, 3)))
    if kind < 0.8:
        k, batch = n(), sizes(0, 2)
        return torched("cdist", T(stretched(batch) + [n(), k]), T(stretched(batch) + [n(), k]))
    shape = sizes(1, 3)
    d = axis(len(shape))
    shape[d] = 3
    return pick(torched("cross", T(shape), T(shape), d), torched("linalg.cross", T(shape), T(shape), dim=d), method("cross", T(shape), T(shape), d))


def matrix():
    shape = sizes(2, 4)
    kind = R.random()
    if kind < 0.25:
        return both(pick("tril", "triu"), T(shape), **options(diagonal=n(-2, 2)))
    if kind < 0.4:
        return both("diag", T(sizes(1, 2)), **options(diagonal=n(-2, 2)))
    if kind < 0.6:
        a, b = R.sample(range(len(shape)), 2)
        return both("diagonal", T(shape), n(-2, 2), a, b)
    if kind < 0.7:
        return both("diag_embed", T(shape[:3]), **options(offset=n(-2, 2)))
    if kind < 0.8:
        return both("trace", T(shape[:2]))
    m = n()
    return pick(torched("linalg.det", T(shape[:-2] + [m, m])), both("matrix_power", T(shape[:-2] + [m, m]), 2))


def rearrange():
    shape = sizes(1, 4)
    r = len(shape)
    kind = R.random()
    if kind < 0.25:
        return pick(both("roll", T(shape), n(-3, 3), axis(r)), both("roll", T(shape), n()), both("roll", T(shape), [1, 2], [axis(r), axis(r)]))
    if kind < 0.45:
        dims = R.sample(range(r), n(1, r))
        return pick(torched("flip", T(shape), dims), method("flip", T(shape), *dims))
    if kind < 0.55:
        return both(pick("fliplr", "flipud"), T(shape))
    if kind < 0.75:
        a, b = R.sample(range(r), 2) if r > 1 else (0, 0)
        return both("rot90", T(shape), n(-3, 3), [a, b])
    if kind < 0.9:
        return torched("meshgrid", *(T(sizes(0, 1)) for _ in range(n(1, 3))), **options(indexing=pick("ij", "xy")))
    return torched("cartesian_prod", *(T([n()]) for _ in range(n(1, 3))))


def create():
    shape = sizes(1, 4)
    kind = R.random()
    if kind < 0.25:
        return pick(torched(pick("zeros", "ones", "rand", "empty"), *shape), torched("randn", shape), torched("zeros", size=shape))
    if kind < 0.35:
        return pick(torched("full", shape, 1), torched("randint", 0, 9, shape), torched("randint", 9, shape))
    if kind < 0.5:
        if R.random() < 0.4:
            return torched("arange", {"f": R.choice([0.0, 0.5, 1.0])}, {"f": R.choice([1.0, 1.1, 2.5, 0.7])}, {"f": R.choice([0.1, 0.2, 0.25, 0.3])})
        return pick(torched("arange", n(0, 9)), torched("arange", n(-3, 3), n(3, 9)), torched("arange", n(0, 3), n(3, 9), n(1, 3)), torched("arange", n(5, 9), n(-3, 3), -n(1, 3)))
    if kind < 0.6:
        return pick(torched("linspace", 0, 1, n()), torched("eye", n()), torched("eye", n(), n()), torched("randperm", n()), torched("linspace", 0, 1, steps=n()))
    if kind < 0.75:
        return pick(torched(pick("zeros_like", "rand_like"), T(shape)), torched("full_like", T(shape), 1), method("new_zeros", T(sizes()), *shape), method("new_full", T(sizes()), shape, 1), method("new_ones", T(sizes()), shape))
    if kind < 0.9:
        def nest(of):
            return [nest(of[1:]) for _ in range(of[0])] if of else pick(0, 1, {"f": 0.5})
        return torched("tensor", nest(shape[:3]))
    return both("multinomial", T(shape[:2]), 1) if R.random() < 0.5 else func("one_hot", T(shape[:3], "int"), n(1, 5))


def pad():
    shape = sizes(1, 5)
    mode = pick("constant", "constant", "reflect", "replicate", "circular")
    if mode == "constant":
        axes = n(1, len(shape))
    else:
        axes = n(1, 3)
        shape = [n() for _ in range(axes + pick(1, 2))]
    sides = [pick(0, n(0, 3), -1) for _ in range(2 * axes)]
    return func("pad", T(shape), sides, mode) if R.random() < 0.5 else func("pad", T(shape), sides, mode=mode)


def window():
    shape = sizes(1, 4)
    d = axis(len(shape))
    return method("unfold", T(shape), d, n(1, shape[d]), n(1, 3))


def per(axes, f):
    return pick(f(), [f() for _ in range(axes)])


def image(axes, channels, big=4):
    return ([n(1, 3)] if R.random() < 0.75 else []) + [channels] + [n(big, 9) for _ in range(axes)]


def conv():
    axes = n(1, 3)
    g = pick(1, 1, 2)
    c, f = g * n(1, 3), g * n(1, 3)
    k = [n(1, 3) for _ in range(axes)]
    x = image(axes, c)
    if R.random() < 0.55:
        kw = options(stride=per(axes, lambda: n(1, 3)), padding=per(axes, lambda: n(0, 2)), dilation=per(axes, lambda: n(1, 2)))
        if R.random() < 0.1:
            kw["padding"] = pick("same", "valid")
            kw.pop("stride", None)
        return func(f"conv{axes}d", T(x), T([f, c // g] + k), pick(None, T([f])), **kw, groups=g)
    kw = options(stride=per(axes, lambda: n(1, 3)), padding=per(axes, lambda: n(0, 2)), dilation=per(axes, lambda: n(1, 2)))
    return func(f"conv_transpose{axes}d", T(x), T([c, f // g] + k), pick(None, T([f])), **kw, groups=g)


def linear():
    a, b = n(), n()
    lead = sizes(0, 3)
    kind = R.random()
    if kind < 0.5:
        return func("linear", T(lead + [a]), T([b, a]), pick(None, T([b])))
    if kind < 0.6:
        return func("linear", T(lead + [a]), T([a]))
    if kind < 0.75:
        c = n()
        return func("bilinear", T(lead + [a]), T(lead + [c]), T([b, a, c]), pick(None, T([b])))
    if kind < 0.9:
        return func("embedding", T(lead, "int", b), T([b, a]))
    if R.random() < 0.5:
        return func("embedding_bag", T([n(), n()], "int", b), T([b, a]))
    return func("embedding_bag", T([n()], "int", b), T([b, a]), T([n()], "int", 1))


def norm():
    g, c = pick(1, 2), 2 * n(1, 3)
    kind = R.random()
    if kind < 0.35:
        shape = sizes(1, 4)
        tail = shape[-n(1, min(2, len(shape))):]
        return func("layer_norm", T(shape), tail, pick(None, T(tail)), pick(None, T(tail)))
    if kind < 0.5:
        return func("group_norm", T([n(2, 3), c] + sizes(1, 2)), g, pick(None, T([c])), pick(None, T([c])))
    if kind < 0.65:
        return func("batch_norm", T([n(2, 3), c] + sizes(0, 2)), T([c]), T([c]), pick(None, T([c])), pick(None, T([c])))
    if kind < 0.75:
        return func("instance_norm", T([n(2, 3), c] + [n(2, 5) for _ in range(n(1, 2))]), weight=pick(None, T([c])))
    shape = sizes(1, 4)
    if kind < 0.9:
        return func("normalize", T(shape), dim=axis(len(shape)))
    return func("cosine_similarity", T(stretched(shape)), T(stretched(shape)), dim=axis(len(shape))) if R.random() < 0.6 else func("pairwise_distance", T(shape), T(shape), **options(keepdim=True))


def pool():
    axes = n(1, 3)
    x = T(image(axes, n(1, 3)))
    kind = R.random()
    k = per(axes, lambda: n(1, 3))
    if kind < 0.35:
        kw = options(stride=per(axes, lambda: n(1, 3)), ceil_mode=pick(True, False), padding=pick(0, 1), dilation=pick(1, 2))
        if R.random() < 0.1:
            kw["return_indices"] = True
        return func(f"max_pool{axes}d", x, k, **kw)
    if kind < 0.6:
        return func(f"avg_pool{axes}d", x, k, **options(stride=per(axes, lambda: n(1, 3)), ceil_mode=pick(True, False), padding=pick(0, 1)))
    if kind < 0.8:
        return func(f"adaptive_{pick('avg', 'max')}_pool{axes}d", x, per(axes, lambda: n(1, 4)))
    if kind < 0.87:
        return func(f"lp_pool{n(1, 2)}d", T(image(pick(1, 2), 2)), 2, n(1, 3))
    u = n(1, 3)
    kk = n(1, 3)
    shape = [n(1, 2), n(1, 2)] + [n(1, 3) for _ in range(u)]
    return func(f"max_unpool{u}d", T(shape), T(shape, "int", 1), kk, **options(stride=n(1, 3)))


def columns():
    kind = R.random()
    r = n(1, 3)
    if kind < 0.3:
        return func("unfold", T([n(1, 2), n(1, 3), n(4, 8), n(4, 8)]), per(2, lambda: n(1, 3)), **options(stride=n(1, 2), padding=n(0, 1), dilation=n(1, 2)))
    if kind < 0.5:
        h, w, k = n(3, 6), n(3, 6), n(1, 3)
        return func("fold", T([n(1, 2), n(1, 2) * k * k, (h - k + 1) * (w - k + 1)]), [h, w], k)
    if kind < 0.65:
        return func("pixel_shuffle", T([n(1, 2), n(1, 2) * r * r, n(), n()]), r)
    if kind < 0.8:
        return func("pixel_unshuffle", T([n(1, 2), n(), r * n(1, 3), r * n(1, 3)]), r)
    if kind < 0.9:
        return func("channel_shuffle", T([n(1, 2), 2 * n(1, 3), n(), n()]), 2)
    return func("glu", T([2 * n(), 2 * n()]), axis(2))


def resize():
    axes = n(1, 3)
    x = T([n(1, 2), n(1, 3)] + [n(1, 6) for _ in range(axes)])
    mode = pick("nearest", {1: "linear", 2: "bilinear", 3: "trilinear"}[axes])
    kind = R.random()
    if kind < 0.3:
        return func("interpolate", x, scale_factor=pick(2, 3, {"f": 1.5}, {"f": 0.5}), mode=mode)
    if kind < 0.5:
        return func("interpolate", x, per(axes, lambda: n(1, 9)), mode=mode)
    b, c = n(1, 2), n(1, 3)
    if kind < 0.75:
        k = pick(2, 3)
        return func("grid_sample", T([b, c] + sizes(k, k)), T([b] + sizes(k, k) + [k]))
    k = pick(2, 3)
    return func("affine_grid", T([b, k, k + 1]), [b, c] + sizes(k, k))


def activation():
    x = T(sizes(0, 4))
    name = pick("relu", "relu6", "elu", "selu", "celu", "gelu", "leaky_relu", "silu", "mish", "softplus", "hardtanh", "hardswish", "hardshrink", "softshrink", "tanhshrink", "logsigmoid", "softmax", "log_softmax", "softmin", "gumbel_softmax", "dropout", "prelu", "threshold", "rrelu", "alpha_dropout", "feature_alpha_dropout")
    if name in ("softmax", "log_softmax", "softmin", "gumbel_softmax"):
        return func(name, x, dim=axis(len(x.shape))) if R.random() < 0.7 or name in ("softmin", "gumbel_softmax") else both(name, x, axis(len(x.shape)))
    if name == "prelu":
        return func(name, x, T([pick(1, x.shape[1] if len(x.shape) > 1 else 1)]))
    if name == "threshold":
        return func(name, x, 0, 0)
    return func(name, x)


def loss():
    red = options(reduction=pick("none", "sum", "mean"))
    shape = sizes(1, 3)
    kind = R.random()
    if kind < 0.35:
        name = pick("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss", "kl_div", "poisson_nll_loss", "hinge_embedding_loss")
        return func(name, T(stretched(shape)), T(stretched(shape)), **red)
    if kind < 0.55:
        return func(pick("binary_cross_entropy", "binary_cross_entropy_with_logits"), T(shape), T(shape), **red)
    b, c = n(), n(2, 5)
    more = sizes(0, 2)
    if kind < 0.85:
        name = pick("cross_entropy", "nll_loss")
        if name == "cross_entropy" and R.random() < 0.3:
            return func(name, T([b, c] + more), T([b, c] + more), **red)
        if R.random() < 0.2:
            return func(name, T([c]), T([], "int", c), **red)
        return func(name, T([b, c] + more), T([b] + more, "int", c), **red)
    if kind < 0.9:
        return func("margin_ranking_loss", T([b]), T([b]), T([b]), **red)
    if kind < 0.95:
        return func("triplet_margin_loss", T([b, c]), T([b, c]), T([b, c]), **red)
    return func("cosine_embedding_loss", T([b, c]), T([b, c]), T([b]), **red)


def attention():
    lead, l, s, e = sizes(0, 2), n(), n(), n()
    mask = {} if R.random() < 0.6 else {"attn_mask": T(stretched(lead + [l, s]))}
    return func("scaled_dot_product_attention", T(lead + [l, e]), T(lead + [s, e]), T(lead + [s, n()]), **mask)


MAKERS = [unary, binary, binary, three, reduce, reduce, reduce, order, reshape, reshape, permute, squeeze, expand, cat, cat, split, select, index, index, index,
          gather, dynamic, matmul, matmul, einsum, einsum, products, matrix, rearrange, create, pad, window, conv, conv, linear, norm, pool, columns, resize, activation, loss, attention]

DYNAMIC = {"masked_select", "nonzero", "argwhere", "unique"}


def holders(v, found):
    """Every place in a call where a number stands that may be changed."""
    if isinstance(v, T):
        found += [(v.shape, i) for i in range(len(v.shape))] + [(v.shape, None)]
    elif isinstance(v, (list, dict)):
        for key in range(len(v)) if isinstance(v, list) else list(v):
            if isinstance(v[key], int) and not isinstance(v[key], bool) and key != "e":
                found.append((v, key))
            else:
                holders(v[key], found)
    return found


def tensors(v, found):
    if isinstance(v, T):
        found.append(v)
    elif isinstance(v, (list, dict)):
        for item in v.values() if isinstance(v, dict) else v:
            tensors(item, found)
    return found


def change(args, kwargs):
    holder, key = R.choice(holders([args, kwargs], []) or [([0], 0)])
    if key is None:
        if holder and R.random() < 0.5:
            holder.pop(R.randrange(len(holder)))
        else:
            holder.insert(R.randint(0, len(holder)), n())
    else:
        holder[key] += pick(-2, -1, 1, 2, 3)


def value(v, fill):
    if isinstance(v, T):
        return v.make(fill)
    if isinstance(v, list):
        return [value(i, fill) for i in v]
    if isinstance(v, dict):
        if "f" in v:
            return float(v["f"])
        if "e" in v:
            return ...
        return slice(*v["s"])
    return v


def attention_113(query, key, value, attn_mask=None):
    if min(query.dim(), key.dim(), value.dim()) < 2:
        raise RuntimeError("query, key and value must be at least 2 dimensional")
    scores = torch.matmul(query, key.transpose(-2, -1))
    if attn_mask is not None:
        scores = scores + attn_mask
    return torch.matmul(torch.softmax(scores, -1), value)


def run(op, args, kwargs, fill):
    args = [value(a, fill) for a in args]
    kwargs = {k: value(v, fill) for k, v in kwargs.items()}
    where, name = op.split(".", 1)
    if op == "Tensor.__getitem__":
        return args[0][tuple(args[1])]
    if op in ("Tensor.T", "Tensor.mT"):
        return getattr(args[0], name)
    if op == "F.scaled_dot_product_attention":
        return attention_113(*args, **kwargs)
    if where == "Tensor":
        return getattr(args[0], name)(*args[1:], **kwargs)
    home = F if where == "F" else torch
    for part in name.split("."):
        home = getattr(home, part)
    return home(*args, **kwargs)


def plain(v):
    if isinstance(v, T):
        return v.plain()
    if isinstance(v, list):
        return [plain(i) for i in v]
    return v


def result(out):
    if isinstance(out, torch.Tensor):
        return list(out.shape)
    if isinstance(out, (tuple, list)):
        return {"items": [result(o) for o in out]}
    raise TypeError


def merged(a, b):
    if isinstance(a, dict):
        return {"items": [merged(x, y) for x, y in zip(a["items"], b["items"])]}
    return [x if x == y else -1 for x, y in zip(a, b)]


def line():
    op, args, kwargs = R.choice(MAKERS)()
    if R.random() < 0.5:
        change(args, kwargs)
    # Empty tensors are left out: what is refused of them differs from version to version.
    if any(d < 1 for t in tensors([args, kwargs], []) for d in t.shape):
        return None
    if op == "Tensor.__getitem__" and any(isinstance(i, T) and i.kind == "bool" and len(i.shape) > 1 for i in args[1][:-1]):
        return None
    kinds = {t.kind for t in tensors([args, kwargs], [])}
    hasmask = "bool" in kinds
    isdynamic = op.split(".")[-1] in DYNAMIC or (hasmask and (op == "Tensor.__getitem__" or op == "torch.where"))
    made = []
    for fill in ("random", "zeros", "ones") if isdynamic else ("random",):
        try:
            out = run(op, args, kwargs, fill)
            made.append(None if not isinstance(out, (torch.Tensor, tuple, list)) else result(out))
        except Exception as e:
            made.append((str(e).splitlines() or [type(e).__name__])[0][:60])
    whole = {"op": op, "args": [plain(a) for a in args], "kwargs": {k: plain(v) for k, v in kwargs.items()}}
    if not kwargs:
        del whole["kwargs"]
    if None in made or len({isinstance(m, str) for m in made}) > 1:
        return None
    if isinstance(made[0], str):
        # That an index lies beyond what is there, or that a mask takes as many as another, depends on the numbers.
        if any(w in made[0] for w in ("Target ", "not implemented", "Expected floating point type", "expected scalar type", "unsupported operation", "enforce fail", "INDICES element", "overflow", "TensorAccessor", "repeat dims", "division by zero", "Expected idx")) or "int" in kinds and ("out of bounds" in made[0] or "out of range" in made[0]):
            return None
        if hasmask and "shape mismatch: indexing tensors" in made[0]:
            return None
        return {**whole, "error": made[0]}
    out = made[0]
    for other in made[1:]:
        out = merged(out, other)
    if op == "F.one_hot" and args[1] == -1:
        return None
    if isdynamic and "-1" not in json.dumps(out):
        return None
    return {**whole, "out": out}


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    R.seed(seed)
    torch.manual_seed(seed)
    while count > 0:
        made = line()
        text = made and json.dumps(made, separators=(",", ":"))
        # Answers with very many pieces say nothing more.
        if made and len(text) < 600:
            print(text)
            count -= 1


if __name__ == "__main__":
    main()
