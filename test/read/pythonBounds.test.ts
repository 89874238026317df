import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { analyzePython } from "../../src/check/python/pythonAnalysis.js";
import { followPython } from "../../src/read/python/models.js";
import type { Mismatch } from "../../src/read/python/trace.js";

const FOLDER = "test/fixtures/python";
const files = readdirSync(FOLDER).map((name) => ({ name, text: readFileSync(`${FOLDER}/${name}`, "utf8") }));

const errorsIn = (text: string): readonly Mismatch[] =>
  followPython(text).trace.mismatches.filter((m) => m.severity === "error");

/** Numbers from 0 to 1, the same in every run. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}

test("Wrong needs a proof: A finding of severity error follows from known values only; anything unknown makes the claim not understood.", () => {
  let proofs = 0;
  for (const { name, text } of files) {
    const [error] = errorsIn(text);
    if (!error) continue;
    proofs++;
    const { from, to } = error.place;
    // The place of `a, b = x.shape` cannot be any value.
    if (error.code === "shape/unpacking") continue;
    for (const unknown of ["mystery", "int(input())", "mystery.size", "mystery(3)[0]"])
      assert.deepEqual(errorsIn(text.slice(0, from) + unknown + text.slice(to)), [], `${name}: ${unknown}`);
    // What makes every tensor of the file is not known either.
    const blind = text
      .replace(/\btorch\.(zeros|ones|rand|randn|randint)\(/g, "mystery(")
      .replaceAll("summary(", "mystery(");
    const left = errorsIn(blind).filter((m) => m.related && blind.slice(m.related.place.from).startsWith("mystery"));
    assert.deepEqual(left, [], name);
  }
  assert.ok(proofs >= 20);
});

test("Wrong needs a proof: a right file that is half typed has no error.", () => {
  const random = numbersFrom(1);
  for (const { name, text } of files) {
    if (errorsIn(text).length > 0) continue;
    for (let i = 0; i < 12; i++) {
      const half = text.slice(0, Math.floor(random() * text.length));
      assert.deepEqual(errorsIn(half), [], `${name} up to ${half.length}`);
    }
  }
});

test("Always answer: No input makes the engine throw or hang: student files mangled at random.", () => {
  const random = numbersFrom(2);
  const signs = "()[]{}:,=\n\"'#*.@é\u0000\ud800";
  for (const { text } of files)
    for (let i = 0; i < 8; i++) {
      let mangled = text;
      for (let k = 0; k < 3; k++) {
        const at = Math.floor(random() * mangled.length);
        const other = Math.floor(random() * mangled.length);
        const choice = random();
        const piece =
          choice < 0.4
            ? ""
            : choice < 0.7
              ? mangled.slice(other, other + 10)
              : signs[Math.floor(random() * signs.length)];
        mangled = mangled.slice(0, at) + piece + mangled.slice(at + (choice < 0.4 ? Math.floor(random() * 12) : 0));
      }
      const analysis = analyzePython(mangled, "answer");
      const offset = Math.floor(random() * mangled.length);
      analysis.hover(offset);
      analysis.layer(offset);
    }
});

const lines = (...all: readonly string[]): string => all.join("\n");
const many = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join("\n");

/** A module whose forward is these lines. */
const model = (layer: string, ...forward: readonly string[]): string =>
  lines(
    "import torch",
    "import torch.nn as nn",
    "class Net(nn.Module):",
    "  def __init__(self):",
    "    super().__init__()",
    `    self.layer = ${layer}`,
    "  def forward(self, x):",
    ...forward.map((l) => `    ${l}`),
  );

const hostile: Readonly<Record<string, string>> = {
  "nested brackets": `x = ${"(".repeat(20_000)}1${")".repeat(20_000)}`,
  "open brackets": "[".repeat(50_000),
  "a long sum": `x = ${"1 + ".repeat(20_000)}1`,
  "a long chain of calls": `x = a${".b()".repeat(10_000)}`,
  "nested conditions": many(2000, (i) => `${" ".repeat(i)}if a:`),
  "many branches": `if a: pass\n${"elif a: x = 1\n".repeat(5000)}`,
  "nested unknown loops": `${many(12, (i) => `${" ".repeat(i)}for a${i} in mystery:`)}\n${" ".repeat(12)}b = b + 1`,
  "forty unknown conditions": lines(
    "x = 0",
    many(40, (i) => `if mystery${i}:\n  x = x + ${i}`),
  ),
  "a loop without end": "x = 1\nwhile True:\n  x = x + 1",
  "a tensor that grows without end": "import torch\nx = torch.zeros(2, 2)\nwhile True:\n  x = torch.cat([x, x], 1)",
  "a list of a billion": "x = [0] * 10**12\ny = x + x\nfor z in range(10**9):\n  y.append(z)",
  "recursion without end": "def f(n):\n  return f(n + 1) + f(n + 2)\nf(0)",
  "calls that double": lines(
    many(40, (i) => `def f${i}(x):\n  return f${i + 1}(x) + f${i + 1}(x)`),
    "f0(1)",
  ),
  "a text that doubles": lines(
    "s = 'a'",
    many(200, () => "s = s + s"),
  ),
  "a list that doubles": lines(
    "s = [1]",
    many(200, () => "s.extend(s)"),
    many(200, () => "s = s + s"),
  ),
  "tuples that double": lines(
    "t = u = (1,)",
    many(60, () => "t = (t, t)\nu = (u, u)"),
    "t == u",
    "x = t if q else u",
  ),
  "a tower of powers": lines(
    "x = 10",
    many(50, () => "x = x ** 60"),
    many(50, () => "x = x * x"),
    "y = 1 << 10**9",
  ),
  "a list within itself":
    "l = []\nl.append(l)\nd = {'l': l}\nd['d'] = d\nl == l\nimport torch.nn as nn\nnn.Sequential(l)\nnn.Linear(l, d)",
  "a module within itself": lines("import torch.nn as nn", "s = nn.Sequential()", "s.append(s)", "s(1)"),
  "sizes of sizes": model("nn.Upsample(scale_factor=1.7)", "for i in range(120):", "  x = self.layer(x)", "return x"),
  "products of sizes": model(
    "nn.Conv2d(3, 3, 3, 2)",
    "x = self.layer(x)",
    "n = x.size(2)",
    "for i in range(60):",
    "  n = n * n + x.size(3)",
    "return x.view(-1, n)",
  ),
  "a class that is its own base": "class A(A): pass\nclass B(B, B): pass\nB()",
  "a property of itself": "class A:\n  @property\n  def x(self):\n    return self.x\nA().x",
  "names of JavaScript":
    "import torch.nn as nn\nx = __proto__\nnn.constructor(1)\nnn.Linear(1, 2, constructor=3)\nd = {'__proto__': 1}\nd['__proto__'].x\n[].constructor()",
  "a line of megabytes": `x = [${"1, ".repeat(1_000_000)}]\ny = '${"a".repeat(1_000_000)}'`,
  "comments behind every line": lines(
    "import torch",
    "x = torch.zeros(1, 2)",
    many(5000, () => "x = x + 1  # (1, 2)"),
  ),
  "characters that are none": "x = \u0000\n\ud800 = 3\n\ufeffimport torch\r\ny = 1\rz = 2",
  nothing: "",
};

for (const [what, text] of Object.entries(hostile))
  test(`Always answer: No input makes the engine throw or hang: ${what}.`, { timeout: 20_000 }, () => {
    const analysis = analyzePython(text, "answer");
    analysis.hover(0);
    analysis.layer(text.length);
  });
