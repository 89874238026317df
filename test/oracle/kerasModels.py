"""Runs the Keras fixtures of test/fixtures/python in Keras 3 itself, for the answers in kerasModels.jsonl.

For each file: the line in which Keras refuses, if it does, and the output and the counts of every model that a name of the file holds.
KERAS_BACKEND=jax python test/oracle/kerasModels.py > test/oracle/kerasModels.jsonl
"""

import glob
import json
import os
import sys
import traceback
import types

os.environ.setdefault("KERAS_BACKEND", "jax")
import keras  # noqa: E402

# TensorFlow's part of what the fixtures import. Keras looks for a module of the real name, so that it has another one.
shim = types.ModuleType("tensorflow_of_fixtures")
shim.keras = keras
shim.nn = keras.ops
shim.function = lambda fn: fn
shim.shape = keras.ops.shape
shim.range = lambda start, limit, delta: keras.ops.arange(start, limit, delta)
sys.modules.update({shim.__name__: shim, f"{shim.__name__}.keras": keras})
for name in ("layers", "models", "applications"):
    sys.modules[f"{shim.__name__}.keras.{name}"] = getattr(keras, name)

# What is downloaded for these is on no machine of ours.
LEFT_OUT = {"keras_transfer.py"}


def shape_of(output):
    if isinstance(output, dict):
        output = list(output.values())
    return [shape_of(o) for o in output] if isinstance(output, (list, tuple)) else list(output.shape)


def count(weights):
    total = 0
    for w in weights:
        size = 1
        for d in w.shape:
            size *= d
        total += size
    return total


for path in sorted(glob.glob("test/fixtures/python/keras_*.py")):
    name = os.path.basename(path)
    if name in LEFT_OUT:
        continue
    names = {}
    line = None
    with open(path) as file:
        code = compile(file.read().replace("tensorflow", shim.__name__), path, "exec")
    sys.stdout, out = open(os.devnull, "w"), sys.stdout
    try:
        exec(code, names)
    except Exception as e:
        own = [f for f in traceback.extract_tb(e.__traceback__) if f.filename == path]
        line = own[-1].lineno
        print(name, line, repr(e)[:300], file=sys.stderr)
    sys.stdout = out
    models = {}
    for key, value in names.items():
        if isinstance(value, keras.Model) and value.built:
            shape = shape_of(value.outputs) if getattr(value, "outputs", None) else None
            models[key] = [shape, count(value.weights), count(value.trainable_weights)]
    print(json.dumps({"file": name, "line": line, "models": models}, separators=(",", ":")))
