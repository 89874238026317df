#!/usr/bin/python3
"""Calls of NumPy's functions as its signatures allow them, with what NumPy makes of them.

usage: arrayCalls.py > test/oracle/arrayCalls.jsonl          (with Debian's python3-numpy 1.24)

The first line names the operands. Then one line a call that NumPy takes: {"code": "np.sum(m, 1)", "shape": [2, 4]}, "value" where it is a number that is
whole, and "several" with the shapes where it is a tuple of arrays. Arguments are drawn for each parameter, by place or by name, some left out.
"""
import json
import random
import warnings

import numpy as np

warnings.simplefilter("ignore")

BEFORE = """s = np.array(3)
v = np.arange(6)
w = np.array([2.0, 1.0, 5.0])
a = np.ones((3, 4))
b = np.zeros((4, 3), dtype=np.float32)
q = np.eye(3) + 1
i = np.array([[3, 1, 2], [9, 8, 7]])
m = np.full((2, 3, 4), 0.5)
n = np.ones((5, 4, 3))
k = np.ones((2, 1, 4)) > 0
z = np.empty((0, 3))"""

ARRAYS = ["s", "v", "w", "a", "b", "q", "i", "m", "n", "k", "z", "a.T", "m[0]", "[1, 2, 3]", "[[1, 2], [3, 4]]", "(4.0, 5.0)", "7", "2.5"]
AXIS = ["0", "1", "-1", "2", "-2", "None", "(0, 1)", "(1, 2)", "(0,)", "(0, -1)"]
DTYPE = ["float", "int", "bool", "complex", "np.float32", "np.int64", "'float32'", "np.uint8", "None"]
SIZE = ["5", "(2, 3)", "[4]", "()", "(1,)", "(2, 0)", "3", "(2, 3, 4)"]
COUNT = ["0", "1", "2", "3", "5"]
LISTS = ["[a, a]", "(v, v)", "[m, m, m]", "[w, [1, 2, 3]]", "[q, a]", "[i, q]", "[1, 2]", "[s, s]", "[a.T, b]", "[k, m]"]
FLAG = ["True", "False"]
REDUCED = [("a", ARRAYS), ("axis?", AXIS)]
KEPT = ("*keepdims?", FLAG)

# A parameter is its name and what is drawn for it; `?` for one that may be left out, `*` for one that is only named, `/` for one that never is.
CALLS = {
    **{f: [("shape", SIZE), ("dtype?", DTYPE)] for f in ("zeros", "ones", "empty")},
    "full": [("shape", SIZE), ("fill_value", ["0", "1.5", "True"]), ("dtype?", DTYPE)],
    "eye": [("N", COUNT), ("M?", COUNT + ["None"]), ("k?", ["0", "1", "-1"]), ("dtype?", DTYPE)],
    "identity": [("n", COUNT), ("dtype?", DTYPE)],
    **{f: [("a", ARRAYS), ("dtype?", DTYPE)] for f in ("zeros_like", "ones_like", "empty_like", "asarray", "ascontiguousarray")},
    "full_like": [("a", ARRAYS), ("fill_value", ["2", "0.5"]), ("dtype?", DTYPE)],
    "array": [("object", ARRAYS + LISTS), ("dtype?", DTYPE), ("*ndmin?", ["0", "2", "4"])],
    **{f: [("/x", ARRAYS)] for f in ("exp", "log1p", "sqrt", "square", "sin", "tanh", "arctan", "abs", "sign", "floor", "ceil", "isnan", "float32")},
    **{f: [("/x", ARRAYS), ("/y", ARRAYS)] for f in ("maximum", "minimum", "matmul", "power", "add", "subtract", "multiply", "divide")},
    "round": [("a", ARRAYS), ("decimals?", ["0", "1", "2"])],
    "clip": [("a", ARRAYS), ("a_min", ["0", "None", "1.5", "v"]), ("a_max", ["1", "2.5", "9"])],
    **{f: [*REDUCED, KEPT] for f in ("sum", "prod", "mean", "std", "var", "max", "min", "amax", "any", "all", "argmax", "argmin")},
    **{f: REDUCED for f in ("argsort", "sort", "cumsum", "cumprod", "squeeze", "flip")},
    "expand_dims": [("a", ARRAYS), ("axis", AXIS)],
    "reshape": [("a", ARRAYS), ("newshape", ["-1", "(2, -1)", "6", "(3, 4)", "(-1, 1)", "[2, 3]", "(4, 3)"]), ("order?", ["'F'", "'C'"])],
    "ravel": [("a", ARRAYS), ("order?", ["'F'"])],
    "tile": [("A", ARRAYS), ("reps", ["2", "(2, 1)", "(1, 2, 3)", "[3]"])],
    "roll": [("a", ARRAYS), ("shift", ["1", "-2"]), ("axis?", AXIS[:6])],
    "repeat": [("a", ARRAYS), ("repeats", ["2", "0", "[1, 2, 3]"]), ("axis?", AXIS[:6])],
    "swapaxes": [("a", ARRAYS), ("axis1", AXIS[:5]), ("axis2", AXIS[:5])],
    "moveaxis": [("a", ARRAYS), ("source", AXIS[:5]), ("destination", AXIS[:5])],
    "transpose": [("a", ARRAYS), ("axes?", ["(1, 0)", "(2, 0, 1)", "(0, 2, 1)", "None", "[1, 0]"])],
    "diag": [("v", ARRAYS), ("k?", ["0", "1", "-1"])],
    **{f: [("m", ARRAYS), ("k?", ["0", "1", "-1"])] for f in ("tril", "triu")},
    **{f: [("a", ARRAYS), ("b", ARRAYS)] for f in ("dot", "outer")},
    **{f: [("arrays", LISTS), ("axis?", AXIS[:6])] for f in ("stack", "concatenate")},
    **{f: [("tup", LISTS)] for f in ("vstack", "hstack", "dstack")},
    "where": [("/condition", ["a > 0", "k", "v > 2", "i > 2", "True"]), ("/x", ARRAYS), ("/y", ARRAYS)],
    "linspace": [("start", ["0", "1.5", "w", "[0, 1]"]), ("stop", ["1", "10", "q", "-2.0"]), ("num?", COUNT), ("endpoint?", FLAG), ("*dtype?", DTYPE)],
    "arange": [("/start", COUNT), ("/stop?", COUNT + ["10", "-3"]), ("/step?", ["1", "2", "0.5", "-1"]), ("*dtype?", ["float", "np.int64"])],
    "linalg.norm": [("x", ARRAYS), ("ord?", ["None", "2", "1", "np.inf"]), ("axis?", AXIS), ("keepdims?", FLAG)],
    **{f: [("a", ["q", "b @ a", "np.ones((2, 3, 3)) + np.eye(3)"])] for f in ("linalg.pinv", "linalg.eigh", "linalg.inv")},
    "linalg.qr": [("a", ARRAYS), ("mode?", ["'reduced'", "'complete'", "'r'"])],
    "linalg.svd": [("a", ARRAYS), ("full_matrices?", FLAG), ("compute_uv?", FLAG)],
    "linalg.solve": [("a", ["q", "np.ones((2, 3, 3)) + np.eye(3)"]), ("b", ["w", "q", "b.T", "m[0]", "np.ones((2, 3, 2))"])],
    **{f"random.{f}": [("/d0", COUNT), ("/d1?", COUNT), ("/d2?", COUNT)] for f in ("rand", "randn")},
    **{f"random.{f}": [("size", SIZE)] for f in ("random", "random_sample", "standard_normal")},
    "random.uniform": [("low?", ["0", "-1.5", "w"]), ("high?", ["6", "w + 1"]), ("size?", SIZE + ["3"])],
    "random.normal": [("loc?", ["0", "w"]), ("scale?", ["1", "2.0", "w"]), ("size?", SIZE + ["3"])],
    "random.randint": [("low", ["1", "0"]), ("high?", ["9"]), ("size", SIZE), ("dtype?", ["int", "np.int64"])],
    "random.choice": [("a", ["10", "v", "w", "[1, 2]"]), ("size", SIZE), ("replace?", ["True"])],
    "random.permutation": [("/x", ["5", "v", "a", "m"])],
}

METHODS = {
    **{f: [("axis?", AXIS), KEPT] for f in ("sum", "prod", "mean", "std", "var", "max", "min", "any", "all", "argmax", "argmin")},
    **{f: [("axis?", AXIS)] for f in ("argsort", "cumsum", "cumprod", "squeeze")},
    "astype": [("dtype", DTYPE[:-1])],
    "reshape": [("/d0", ["-1", "2", "(3, 4)", "[2, -1]"]), ("/d1?", ["-1", "3", "6"]), ("/d2?", ["2", "1"])],
    "transpose": [("/x?", ["1", "(1, 0)", "2", "None"]), ("/y?", ["0"]), ("/z?", ["1", "2"])],
    "flatten": [("order?", ["'F'"])],
    "ravel": [("order?", ["'F'"])],
    "repeat": [("repeats", ["2", "3"]), ("axis?", AXIS[:6])],
    "swapaxes": [("/axis1", AXIS[:5]), ("/axis2", AXIS[:5])],
    "dot": [("b", ARRAYS)],
    "clip": [("min", ["0", "1.5"]), ("max?", ["2", "7.5"])],
    "round": [("decimals?", ["1", "0"])],
    "copy": [],
}


def arguments(parameters):
    """Draws what a call gives, as it is written."""
    written, by_name = [], False
    for name, values in parameters:
        if name.endswith("?") and random.random() < 0.5:
            by_name = True
            continue
        plain = name.strip("*/?")
        if by_name and name.startswith("/"):
            break
        by_name = by_name or name.startswith("*") or (not name.startswith("/") and random.random() < 0.3)
        value = random.choice(values)
        written.append(f"{plain}={value}" if by_name else value)
    return ", ".join(written)


def answer(value):
    """What a call gave, as it is compared."""
    if isinstance(value, np.ndarray):
        return {"shape": list(value.shape)}
    if isinstance(value, tuple):
        return {"several": [list(v.shape) for v in value]}
    kind = np.asarray(value).dtype.kind
    return {"value": int(value)} if kind in "iu" else {"shape": []}


names = {"np": np}
exec(BEFORE, names)
print(json.dumps({"before": BEFORE}))
random.seed(0)
np.random.seed(0)
said = set()
for table, start in ((CALLS, "np."), (METHODS, None)):
    for name, parameters in table.items():
        for _ in range(60):
            called = start or random.choice([x for x in ARRAYS if x.isidentifier()]) + "."
            code = f"{called}{name}({arguments(parameters)})"
            if code in said:
                continue
            said.add(code)
            try:
                value = eval(code, names)
            except Exception:
                continue
            print(json.dumps({"code": code, **answer(value)}))
