import assert from "node:assert/strict";
import { test } from "node:test";
import { followPython } from "../../src/read/python/models.js";

const HEAD = `
import contextlib
import torch
from torch import nn
from unittest import mock

class Config:
    width = 3

class Width:
    def __init__(self, width):
        self.width = width
    def __enter__(self):
        self.old, Config.width = Config.width, self.width
        return torch.ones(2, self.width)
    def __exit__(self, *raised):
        Config.width = self.old

@contextlib.contextmanager
def width(size):
    old, Config.width = Config.width, size
    try:
        yield
    finally:
        Config.width = old

def batch():
    return torch.ones(2, Config.width)
`;

/** The lines of a program on which something does not fit. */
function linesOf(program: string): readonly string[] {
  const text = HEAD + program;
  return followPython(text).trace.mismatches.map((m) => {
    const start = text.lastIndexOf("\n", m.place.from) + 1;
    return text.slice(start, text.indexOf("\n", start)).trim();
  });
}

test("What an object's __enter__ sets holds within its with, and what __exit__ sets behind it", () => {
  for (const [within, behind] of [
    [5, 3],
    [7, 3],
    [3, 3],
  ] as const) {
    const program = (a: number, b: number, c: number): string => `
with Width(${within}) as given:
    nn.Linear(${a}, 1)(batch())
    nn.Linear(${c}, 1)(given)
nn.Linear(${b}, 1)(batch())
`;
    assert.deepEqual(linesOf(program(within, behind, within)), []);
    assert.deepEqual(linesOf(program(9, behind, within)), ["nn.Linear(9, 1)(batch())"]);
    assert.deepEqual(linesOf(program(within, 9, within)), ["nn.Linear(9, 1)(batch())"]);
    assert.deepEqual(linesOf(program(within, behind, 9)), ["nn.Linear(9, 1)(given)"]);
  }
});

test("One with has several context managers, each within the one before it; what returns or raises leaves all of them", () => {
  const program = (a: number, b: number): string => `
def made():
    with Width(4), Width(6):
        return batch()
nn.Linear(${a}, 1)(made())
try:
    with Width(8):
        raise KeyError("width")
except KeyError:
    pass
nn.Linear(${b}, 1)(batch())
`;
  assert.deepEqual(linesOf(program(6, 3)), []);
  assert.deepEqual(linesOf(program(5, 3)), ["nn.Linear(5, 1)(made())"]);
  assert.deepEqual(linesOf(program(6, 8)), ["nn.Linear(8, 1)(batch())"]);
});

test("What a generator's context manager changes is open within its with, and known again where it is put back", () => {
  assert.deepEqual(linesOf("with width(5):\n    nn.Linear(5, 1)(batch())\nnn.Linear(3, 1)(batch())\n"), []);
  assert.deepEqual(linesOf("with width(5):\n    nn.Linear(5, 1)(batch())\nnn.Linear(5, 1)(batch())\n"), [
    "nn.Linear(5, 1)(batch())",
  ]);
  assert.deepEqual(linesOf("with width(5):\n    nn.Linear(2, 1)(torch.ones(2, 5))\n"), [
    "nn.Linear(2, 1)(torch.ones(2, 5))",
  ]);
});

test("Nothing is said where a test puts something else in the place of what a program has, or of what that changes", () => {
  const program = `
sizes = []
with mock.patch.object(Config, "width", 9):
    nn.Linear(9, 1)(batch())
    sizes.append(Config.width)
nn.Linear(9, 1)(torch.ones(2, sizes[0]))
`;
  assert.deepEqual(linesOf(program), []);
  assert.deepEqual(linesOf(`${program}nn.Linear(9, 1)(torch.ones(2, 3))\n`), ["nn.Linear(9, 1)(torch.ones(2, 3))"]);
});
