#!/usr/bin/python3
"""Expressions over NumPy's arrays, with the shapes that NumPy gives them.

usage: arrays.py > test/oracle/arrays.jsonl          (with Debian's python3-numpy and python3-torch 1.13)

One line an expression: {"code": "a.reshape(-1)", "shape": [12]}, or "value" where it is a number. `a` is 3x4, `b` 5x3, `v` a row of 7, `m` 2x3x4 and
`t` a tensor of 3x4.
"""
import json

import numpy as np
import torch

BEFORE = """a = np.zeros((3, 4))
b = np.random.rand(5, 3)
v = np.random.randn(7)
m = np.ones((2, 3, 4), dtype=np.float32)
n = np.array([[1, 2], [3, 4], [5, 6]])
t = torch.zeros(3, 4)"""

CODES = """b @ a
np.dot(b, a)
np.triu(np.ones((1, 5, 5)), k=1)
np.triu(np.ones((2, 5)), k=1).astype('uint8')
np.tril(a, -1)
np.tril(m=a, k=1)
np.zeros(shape=(2, 3))
np.full(shape=(2, 2), fill_value=1.5)
np.roll(a, shift=1, axis=0)
np.flip(m, axis=1)
np.linspace(0, 1, num=7)
np.tile(a, reps=(2, 1))
np.diag(v, k=1)
np.diag(a)
np.linalg.qr(b)[0]
np.linalg.qr(b)[1]
np.linalg.svd(b, full_matrices=False)[0]
np.linalg.svd(b)[2]
np.linalg.eigh(a @ a.T)[1]
np.linalg.pinv(a)
a + 1
2 * a
-a
a / 255.0
a > 0
a == a
(a - a.mean(axis=0)) / (a.std(axis=0) + 1)
(a - a.mean(0, keepdims=True))
a * np.arange(4)
a + m
a[0]
a[:, 1]
a[:, None, :]
a[..., np.newaxis]
a[1:, ::2]
a[np.array([0, 2, 1])]
a[[0, 2]]
np.eye(10)[np.array([1, 2, 3])]
m[0, 1:]
a.T
m.T
a.transpose(1, 0)
m.transpose(0, 2, 1)
m.transpose((2, 0, 1))
m.transpose()
np.transpose(m, (1, 0, 2))
m.swapaxes(0, 1)
a.reshape(-1)
a.reshape(2, 6)
a.reshape((4, -1))
a.ravel()
a.flatten()
a.sum()
a.sum(axis=0)
m.mean(axis=(1, 2))
a.max()
a.max(axis=1)
m.min(axis=-1, keepdims=True)
a.argmax(axis=1)
a.std(axis=0)
a.astype(np.float32)
a.astype(int)
a.copy()
a.cumsum(axis=1)
a.clip(0, 1)
np.zeros(5)
np.zeros((2, 3), dtype=np.int64)
np.ones([2, 2])
np.full((2, 3), 7.0)
np.eye(4)
np.identity(3)
np.empty((0, 4))
np.zeros_like(m)
np.array([1.0, 2.0])
np.array([[1, 2], [3, 4]])
np.array(5)
np.asarray([[0.5]])
np.arange(10)
np.arange(0, 1, 0.1)
np.arange(12).reshape(3, 4)
np.linspace(0.0, 1.0, 5)
np.linspace(0, 1, 5)[1:]
np.random.rand(2, 3)
np.random.randn(4)
np.random.random((2, 2))
np.random.uniform(-1, 1, (3, 2))
np.random.uniform(low=-1, high=1, size=(3, 2))
np.random.normal(0, 1, size=6)
np.random.normal(size=(2, 3))
np.random.randint(0, 10, size=(4, 6))
np.random.randint(0, 10, (4,))
np.random.choice(10, 3)
np.random.choice(10, size=[4], replace=False)
np.random.permutation(8)
np.concatenate([a, a], axis=0)
np.concatenate((a, a), axis=1)
np.concatenate([a, a])
np.stack([v, v])
np.stack([v, v], axis=1)
np.vstack((a, a))
np.hstack([a, a])
np.expand_dims(a, 0)
np.expand_dims(a, axis=-1)
np.squeeze(a[None])
np.exp(a)
np.sqrt(np.abs(a))
np.maximum(a, 0)
np.clip(a, 0, 1)
np.where(a > 0, a, 0)
np.sum(a, axis=1, keepdims=True)
np.mean(a)
np.max(a, axis=0)
np.argmax(a, axis=-1)
np.argmax(a)
np.linalg.norm(b, axis=1)
np.matmul(b, a)
np.outer(v, v)
np.tile(a, (2, 1))
np.repeat(a, 2, axis=0)
np.cumsum(a, axis=0)
np.flip(a, 0)
n.sum(axis=0)
n.mean()
n[n[:, 0].argsort()]
np.array((8,)).prod()
np.prod((2, 3, 4))
len(a)
a.size
a.shape
a.ndim
m.shape[1]
torch.from_numpy(a)
torch.from_numpy(a).float()
torch.tensor(a, dtype=torch.float32)
torch.Tensor(a)
torch.FloatTensor(m)
torch.as_tensor(v)
torch.from_numpy(np.linspace(0.0, 1.0, 10))
t.numpy()
t.numpy().reshape(-1)
t.detach().cpu().numpy()[0]
torch.tensor(n)[0]
torch.from_numpy(b) @ torch.from_numpy(a)"""

names = {"np": np, "torch": torch}
exec(BEFORE, names)
print(json.dumps({"before": BEFORE}))
for code in CODES.split("\n"):
    value = eval(code, names)
    is_array = isinstance(value, (np.ndarray, torch.Tensor)) or (isinstance(value, np.generic) and value.dtype.kind == "f")
    print(json.dumps({"code": code, **({"shape": list(value.shape)} if is_array else {"value": value.item() if isinstance(value, np.generic) else value})}))
