import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { followPython } from "../../src/read/python/models.js";
import { repr } from "../../src/read/python/representation.js";

/** `repr(result)` after a program; undefined where it is not known. */
function resultOf(program: string): string | undefined {
  const value = followPython(`import torch, torch.nn as nn\n${program}`).names.get("result");
  return value && repr(value);
}

/** Ways to hand a function to something outside, each of which PyTorch or Python calls. */
const ways: readonly string[] = [
  "nn.Linear(2, 1).register_forward_hook(f)",
  "nn.Linear(2, 1).register_full_backward_hook(f)",
  "torch.optim.LBFGS(nn.Linear(2, 1).parameters()).step(f)",
  "import threading\nthreading.Thread(target=f).start()",
  "import atexit\natexit.register(f)",
  "import numpy as np\nnp.vectorize(f)([1, 2])",
  "import re\nre.sub('a', f, 'banana')",
  "from concurrent.futures import ThreadPoolExecutor\nThreadPoolExecutor().submit(f)",
  "torch.utils.data.DataLoader([1, 2], collate_fn=f)",
  "unknown_function([f])",
];

/** What a function changes, and what is asked for afterwards. */
const changes: readonly (readonly [before: string, body: string, after: string, again?: string])[] = [
  ["kept = []", "kept.append(1)", "len(kept)"],
  ["kept = {}", "kept['a'] = 1", "'a' in kept"],
  ["kept = {'a': 0}", "kept.update(a=1)", "kept['a']"],
  ["kept = 0", "global kept\n    kept = kept + 1", "kept"],
  ["class K:\n    n = 0\nk = K()\nk.n = 1", "k.n = 2", "k.n", "k.n = 1"],
  ["kept = set()", "kept.add(1)", "len(kept)"],
];

test("What a function changes that is handed to something outside is not known any more, whatever is set later", () => {
  for (const way of ways)
    for (const [before, body, after, again = before] of changes) {
      const program = `${before}\ndef f(*args, **options):\n    ${body}\n${way}\n`;
      assert.equal(resultOf(`${program}result = ${after}`), undefined, program);
      assert.equal(resultOf(`${program}${again}\nresult = ${after}`), undefined, program);
    }
});

test("What such a function only reads stays known, and so does what its own names say", () => {
  for (const way of ways) {
    const program = `sizes, kept = [3, 4], []\ndef f(*args, **options):\n    own = list(sizes)\n    own.append(1)\n    kept.append(len(sizes))\n${way}\n`;
    assert.equal(resultOf(`${program}result = (sizes, len(sizes))`), "([3, 4], 2)", program);
  }
});

test("A module's own dictionaries are the module: what is put there counts, and what is taken away does not", () => {
  const program = readFileSync("test/fixtures/python/module_dictionaries.py", "utf8");
  const count = (model: string): string | undefined =>
    resultOf(`${program}\nresult = sum(p.numel() for p in ${model}.parameters())`);
  assert.equal(count("chain"), "83");
  assert.equal(count("model"), "36");
  const both =
    "class M(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a, self.b = nn.Linear(2, 3), nn.Linear(3, 4)\nm = M()\n";
  for (const removal of ["del m._modules['b']", "m._modules.pop('b')", "delattr(m, 'b')", "m.__delattr__('b')"])
    assert.equal(resultOf(`${both}${removal}\nresult = [n for n, _ in m.named_children()]`), "['a']", removal);
});
