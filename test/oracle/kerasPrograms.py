"""Writes random programs of Keras's functional API and runs them in Keras 3, for the answers in kerasPrograms.jsonl.

Each line: the program, the line in which Keras refuses (or null), the shape of every tensor, and all and trained parameters of the model.
KERAS_BACKEND=jax python test/oracle/kerasPrograms.py > test/oracle/kerasPrograms.jsonl
"""

import json
import math
import os
import random

os.environ.setdefault("KERAS_BACKEND", "jax")
import keras  # noqa: E402, F401

draw = random.Random(5)
SHAPES = ["(12, 12, 3)", "(16, 16, 4)", "(10, 6)", "(8,)", "(24, 20, 1)"]


def layer():
    k, f = draw.randint(1, 4), draw.choice([4, 8, 16])
    flag = draw.choice([True, False])
    return draw.choice([
        f"Conv2D({f}, {draw.randint(1, 5)}, padding={draw.choice(['same', 'valid'])!r}, strides={draw.randint(1, 2)})",
        f"Conv2D({f}, ({draw.randint(1, 5)}, {k}), activation='relu', use_bias={flag})",
        f"SeparableConv2D({f}, 3, padding='same')",
        "DepthwiseConv2D(3)",
        f"Conv2DTranspose({f}, {k}, strides={draw.randint(1, 2)}, padding='same')",
        f"MaxPooling2D({draw.randint(1, 3)})",
        "AveragePooling2D(2, strides=1, padding='same')",
        "BatchNormalization()",
        "LayerNormalization()",
        "Flatten()",
        f"GlobalAveragePooling2D(keepdims={flag})",
        f"Dense({f})",
        "Dropout(0.3)",
        f"Reshape(({draw.choice([4, 8, 16])}, -1))",
        f"Reshape((-1, {draw.choice([2, 4])}, {draw.choice([4, 8])}))",
        f"LSTM({f}, return_sequences={flag})",
        f"Bidirectional(layers.GRU({f}, return_sequences=True))",
        f"Conv1D({f}, 3, padding='causal')",
        "GlobalMaxPooling1D()",
        f"RepeatVector({k})",
        f"TimeDistributed(layers.Dense({f}))",
        f"ZeroPadding2D({k})",
        "UpSampling2D(2)",
        "Cropping2D(1)",
        "Permute((2, 1))",
    ])


def statement(i, env):
    last = f"x{draw.choice(range(i)[-2:])}"
    other = f"x{draw.choice(range(i)[-3:])}"
    kind = draw.random()
    if kind < 0.72:
        return f"x{i} = layers.{layer()}({last})"
    if kind < 0.82:
        return f"x{i} = layers.{draw.choice(['Add', 'Multiply', 'Maximum'])}()([{last}, {other}])"
    if kind < 0.9:
        return f"x{i} = layers.Concatenate(axis={draw.choice([-1, 1])})([{last}, {other}])"
    if kind < 0.94:
        return f"x{i} = shared({last})"
    if kind < 0.97 and len(env[last].shape) > 2:
        return f"x{i} = {last}[:, 0]"
    return f"x{i} = {last} + {other}"


def program():
    lines = ["import keras", "from keras import layers", f"x0 = keras.Input({draw.choice(SHAPES)})", "shared = layers.Dense(6)"]
    env = {}
    exec("\n".join(lines), env)
    for i in range(1, draw.randint(5, 11)):
        for attempt in range(8):
            text = statement(i, env)
            try:
                exec(text, env)
                lines.append(text)
                break
            except Exception:
                # Most mistakes are drawn again, so that programs become long.
                if attempt < 7 and draw.random() > 0.1:
                    continue
                return lines + [text], env, len(lines) + 1
    lines.append(f"model = keras.Model(x0, x{i})")
    exec(lines[-1], env)
    return lines, env, None


def count(weights):
    return sum(math.prod(w.shape) for w in weights)


for _ in range(320):
    lines, env, refused = program()
    shapes = {k: list(v.shape) for k, v in env.items() if k[0] == "x" and hasattr(v, "shape")}
    model = env.get("model")
    counts = model and [count(model.weights), count(model.trainable_weights)]
    answer = {"text": "\n".join(lines) + "\n", "line": refused, "shapes": shapes, "counts": counts}
    print(json.dumps(answer, separators=(",", ":")))
