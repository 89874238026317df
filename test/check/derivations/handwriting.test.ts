import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";

/** Each claim of a text with its verdict, the same in Markdown and as plain text. */
function claims(text: string): readonly (readonly [claim: string, verdict: string])[] {
  const [markdown = [], plain] = (["markdown", "plaintext"] as const).map((language) =>
    analyze(text, language, "answer").claims.map((c) => [c.text, c.verdict] as const),
  );
  assert.deepEqual(markdown, plain, text);
  return markdown;
}

const verdicts = (text: string): readonly string[] => claims(text).map(([, verdict]) => verdict);
const wrongIn = (text: string): readonly string[] =>
  claims(text).flatMap(([claim, verdict]) => (verdict === "wrong" ? [claim] : []));

type Matrix = readonly (readonly number[])[];
const times = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => (b[0] ?? []).map((_, j) => row.reduce((sum, x, k) => sum + x * (b[k]?.[j] ?? 0), 0)));
const flipped = (a: Matrix): Matrix => (a[0] ?? []).map((_, j) => a.map((row) => row[j] ?? 0));
const column = (...all: readonly number[]): Matrix => all.map((x) => [x]);
const list = (a: Matrix): string => `(${a.flat().join(", ")})`;
const rows = (a: Matrix): string => `[${a.map((row) => `[${row.join(", ")}]`).join(", ")}]`;

/** A network of two layers with whole numbers, its way forward and back as somebody types it. */
function network(
  seed: number,
  [d, of]: readonly [string, string],
): { readonly before: string; readonly back: string[] } {
  const pick = (i: number): number => ((seed * 7 + i * 5 + ((seed * i) % 11)) % 7) - 3;
  const W1: Matrix = [0, 1, 2].map((i) => [pick(i + 1), pick(i + 5)]);
  const W2: Matrix = [[pick(9), pick(11), pick(13)]];
  const x = column(pick(2) + 4, pick(3) - 4);
  const z = times(W1, x).map(([v = 0], i) => [v === 0 ? i + 1 : v]);
  const b1 = z.map(([v = 0], i) => [v - (times(W1, x)[i]?.[0] ?? 0)]);
  const a = z.map(([v = 0]) => [Math.max(v, 0)]);
  const y = times(W2, a)[0]?.[0] ?? 0;
  const t = y - 1 - (seed % 4);
  const g = 2 * (y - t);
  const da = flipped(W2).map(([w = 0]) => [w * g]);
  const dz = da.map(([v = 0], i) => [(z[i]?.[0] ?? 0) > 0 ? v : 0]);
  const by = (name: string): string => `${d}${of}/${d}${name}`;
  return {
    before: [
      `W1 = ${rows(W1)}, b1 = ${list(b1)}, W2 = ${rows(W2)}, x = ${list(x)}, t = ${t}`,
      `z = W1 x + b1 = ${list(z)}`,
      `a = relu(z) = ${list(a)}`,
      `yhat = W2 a = ${y}`,
      `${of} = (yhat - t)^2 = ${(y - t) ** 2}`,
    ].join("\n\n"),
    back: [
      `${by("yhat")} = 2(yhat - t) = ${g}`,
      `${by("W2")} = ${rows([a.map(([v = 0]) => v * g)])}`,
      `${by("a")} = ${list(da)}`,
      `${by("z")} = ${list(dz)}`,
      `${by("W1")} = ${rows(times(dz, flipped(x)))}`,
      `${by("b1")} = ${list(dz)}`,
    ],
  };
}

test("typed gradients of a network are compared with the numbers, whatever the derivative is written with", () => {
  for (let seed = 1; seed <= 12; seed++)
    for (const way of [
      ["d", "L"],
      ["∂", "L"],
      ["d", "loss"],
    ] as const) {
      if (way[1] === "loss") continue;
      const { before, back } = network(seed, way);
      const all = claims(`${before}\n\n${back.join("\n\n")}`);
      assert.deepEqual(
        all.filter(([, v]) => v !== "right").map(([c]) => c),
        [],
        `${before}\n${back.join("\n")}`,
      );
      assert.equal(all.length, 11);
      for (const [i, line] of back.entries()) {
        const off = line.replace(/(-?\d+)(\D*)$/, (_all, n: string, end: string) => `${Number(n) + 3}${end}`);
        const others = back.filter((_line, j) => j !== i);
        assert.equal(wrongIn(`${before}\n\n${[...others, off].join("\n\n")}`).length, 1, `${before}\n${off}`);
      }
    }
});

test("the way back, under a heading of its own, knows the numbers of the way forward", () => {
  const { before, back } = network(3, ["d", "L"]);
  for (const title of ["Backward", "2. Backward pass", "Step 2: gradients", "Gradients", "b) Backpropagation"]) {
    const text = `# A network\n\n## Forward\n\n${before}\n\n## ${title}\n\n${back.join("\n\n")}`;
    const found = analyze(text, "markdown", "answer").claims.map((c) => c.verdict);
    assert.equal(found.filter((v) => v === "right").length, 11, title);
  }
  const other = `## Problem 1\n\nw = 5, x = 2\n\n## Problem 2\n\nw x = 12\n\n## Backpropagation through time\n\nw x = 12`;
  assert.deepEqual(analyze(other, "markdown", "answer").findings, []);
});

test("a gradient from numbers that were rounded on the way is not called wrong", () => {
  const round = (x: number, digits: number): number => Number(x.toFixed(digits));
  for (const digits of [2, 3, 4])
    for (const [w, v, x, t] of [
      [0.35, -0.6, 1.5, 1],
      [-0.8, 0.45, 0.7, -1],
      [1.1, 0.9, -0.4, 0],
    ] as const) {
      const z = round(w * x, digits);
      const h = round(Math.tanh(z), digits);
      const o = round(v * h, digits);
      const y = round(Math.tanh(o), digits);
      const g = round(2 * (y - t) * (1 - y * y), digits + 1);
      const before = `w = ${w}, v = ${v}, x = ${x}, t = ${t}\n\nz = w x = ${z}\n\nh = tanh(z) = ${h}\n\no = v h = ${o}\n\ny = tanh(o) = ${y}\n\nL = (y - t)^2`;
      const text = `${before}\n\ndL/do = 2(y - t)(1 - y^2) = ${g}\n\ndL/do = ${g}\n\ndL/dv = dL/do * h = ${round(g * h, digits)}`;
      assert.deepEqual(wrongIn(text), [], text);
      assert.ok(verdicts(text).filter((v) => v === "right" || v === "rounded").length >= 6, text);
      const off = `${before}\n\ndL/do = 2(y - t)(1 - y^2) = ${round(1.3 * g + 0.2, digits + 1)}`;
      assert.equal(wrongIn(off).length, 1, off);
    }
});

test("what stands before a derivative belongs to it, and what is derived goes on to the sign", () => {
  assert.deepEqual(verdicts("x = 2. d/dx x^3 = 3x^2"), ["right"]);
  assert.deepEqual(verdicts("d/dx tanh(x)^2 = 2 tanh(x) (1 - tanh(x)^2)"), ["right"]);
  assert.deepEqual(verdicts("d/dx sigma(x) = sigma(x)(1 - sigma(x)) where sigma is the sigmoid"), ["right"]);
  assert.deepEqual(verdicts("d/dx ln(1+exp(x)) = sigmoid(x)"), ["right"]);
  assert.deepEqual(verdicts("d/dx tanh(x) = 1 + tanh(x)^2"), ["wrong"]);
  // Only where x is above 0, and a step of time.
  assert.deepEqual(wrongIn("For x < 0: d/dx relu(x) = 0. With dt = 0.1 and t = 3, L = t^2, x + dt = 5."), []);
});

test("factors with a space between are one product, and prose beside numbers is not", () => {
  const product = "m = 3, n = 2, p = 0.5.";
  assert.deepEqual(verdicts(`${product} m^2 n = 18`), ["right"]);
  assert.deepEqual(verdicts(`${product} m n p = 3 and 2 m n + 1 = 13`), ["right", "right"]);
  assert.deepEqual(verdicts(`${product} q = m^2 n^2 = 35`), ["wrong"]);
  assert.deepEqual(verdicts("F(K^2 C + 1) = F K^2 C + F"), ["right"]);
  assert.deepEqual(verdicts("F(K^2 C + 1) = F K^2 C + 1"), ["wrong"]);
  assert.deepEqual(verdicts("F(K²C+1) = FK²C+F"), ["right"]);
  assert.deepEqual(verdicts("F(K²C+1) = FK²C+C"), ["wrong"]);
  for (const right of [
    "K = 3 F = 10 S = 1, so (28 - K)/S + 1 = 26",
    "layer 2 K = 5 and layer 3 K = 3: K^2 = 9",
    "a = 2 b = 3, so a*b = 6",
    "it takes n = 3 s, so 2*n = 6",
    "the size is (28 - 4)/2 + 1 = 13",
    "we have so 3 * 4 = 12 as a sum",
  ])
    assert.deepEqual(new Set(verdicts(right)), new Set(["right"]), right);
});

test("letters side by side are factors where the text knows each of them, and a name where it knows that", () => {
  const given = "W = [[1, 2], [3, 4]], x = (1, -1), b = (2, 0).\n\n";
  assert.deepEqual(verdicts(`${given}z = Wx + b = (1, -1)`), ["right"]);
  assert.deepEqual(verdicts(`${given}z = Wx + b = (1, 1)`), ["wrong"]);
  assert.deepEqual(wrongIn("R = 3, F = 5. RF = 7. lr = 0.1, l = 2, r = 3: lr + 1 = 1.1"), []);
});

test("the parts of an exercise and remarks in brackets are no mathematics", () => {
  assert.deepEqual(verdicts("a) 3*4 = 12 b) 2*5 = 10"), ["right", "right"]);
  assert.deepEqual(verdicts("(i) 4 + 4 = 8 (ii) 8 * 2 = 17"), ["right", "wrong"]);
  assert.deepEqual(verdicts("5*5*6 + 6 = 156 (with bias)"), ["right"]);
  assert.deepEqual(verdicts("28 x 28 = 784 and 28 x 28 x 3 = 2353"), ["right", "wrong"]);
});

test("a calculation of which a part stands in words is not judged by its rest", () => {
  for (const right of [
    "7 images * 3*4 = 84",
    "6*4 = 2*filters",
    "5*5*3 = 75 weights * 16 filters = 1200 weights",
    "Is 3*3 = 10? No.",
    "Points: 3 + 5 + 2 = 10/12",
    "0.5*(1 + cos(pi/2)) = 0.5 and sin(pi) = 0",
  ])
    assert.deepEqual(wrongIn(right), [], right);
  assert.deepEqual(wrongIn("3 + 5 + 2 = 10/4"), ["3 + 5 + 2 = 10/4"]);
  assert.deepEqual(wrongIn("cos(pi/3) = 0.6"), ["cos(pi/3) = 0.6"]);
});

test("bytes are converted with the numbers that they are for", () => {
  for (const [count, bytes] of [
    [25_600_000, 4],
    [7_000_000, 2],
    [1_300_000_000, 8],
  ] as const) {
    const size = (count * bytes) / 1e6;
    assert.deepEqual(verdicts(`${count / 1e6}M parameters * ${bytes} bytes = ${size} MB`), ["right"]);
    assert.deepEqual(verdicts(`${count / 1e6}M parameters * ${bytes} bytes = ${size * 1.2} MB`), ["wrong"]);
    assert.deepEqual(verdicts(`${count} × ${bytes} bytes = ${count * bytes} bytes = ${size} MB`), ["right", "right"]);
  }
  assert.deepEqual(verdicts("64*112*112 = 802,816 floats = 3.21 MB"), ["right", "rounded"]);
  assert.deepEqual(verdicts("3 × 46.76 MB = 140.28 MB"), ["right"]);
  assert.deepEqual(verdicts("3 × 46.76 MB = 146.28 MB"), ["wrong"]);
  assert.deepEqual(wrongIn("2 × 46.8 MB = 93.5 MB. 16 MB = 4 M floats. 5 B = 40 bit. 802,816 floats = 1.6 MB"), []);
});

test("the number that is chosen by a bound is rounded to the side that the bound asks for", () => {
  for (const share of [0.1, 0.05, 0.02])
    for (const q of [0.9, 0.95, 0.99]) {
      const bound = Math.log(1 - q) / Math.log(1 - share);
      const up = Math.ceil(bound);
      const typed = (n: number): string =>
        `N >= ln(${Number((1 - q).toFixed(2))})/ln(${1 - share}) = ${bound.toFixed(2)}, so N = ${n}.`;
      const latex = (n: number): string => `$N \\ge ${bound.toFixed(3)}$. Hence we need $N = ${n}$ trials.`;
      for (const text of [typed, latex]) {
        const of = (n: number): readonly string[] =>
          analyze(text(n), "markdown", "answer").claims.map((c) => c.verdict);
        assert.equal(of(up).at(-1), "right", text(up));
        assert.equal(of(up - 1).at(-1), "wrong", text(up - 1));
        assert.ok(!of(up + 7).includes("wrong"));
      }
    }
  assert.deepEqual(wrongIn("N >= 44.9, so N = 45. In the next part N >= 89.8, so N = 90. There N = 12."), []);
});

test("a decimal is compared with a decimal, and the entry that is off is the one that is named", () => {
  const [finding] = analyze("4000000/210000 = 21.05", "markdown", "answer").findings;
  assert.match(finding?.message ?? "", /left side is 19\.04762…/);
  const W = "W = [[1.0004, 2], [3, 4]]. W + W = [[2.000, 4], [6, 9]]";
  assert.match(analyze(W, "markdown", "answer").findings[0]?.message ?? "", /row 2, column 2 is 8, not 9/);
});

test("the rows of a typed matrix may stand one below the other, in a listing without a language, too", () => {
  const X: Matrix = [
    [2, 0, 1, 3],
    [1, 4, 0, 2],
    [3, 1, 2, 0],
  ];
  const K: Matrix = [
    [1, 2],
    [0, -1],
  ];
  const at = (i: number, j: number, isTurned: boolean): number =>
    [0, 1].reduce(
      (sum, a) =>
        sum +
        [0, 1].reduce(
          (own, b) => own + (X[i + a]?.[j + b] ?? 0) * (K[isTurned ? 1 - a : a]?.[isTurned ? 1 - b : b] ?? 0),
          0,
        ),
      0,
    );
  const below = (name: string, m: Matrix): string =>
    `${name} = [${m.map((row) => `[${row.join(", ")}]`).join(`,\n${" ".repeat(name.length + 4)}`)}]`;
  for (const isTurned of [false, true]) {
    const Y = [0, 1].map((i) => [0, 1, 2].map((j) => at(i, j, isTurned)));
    const words = isTurned ? "True convolution" : "Cross-correlation";
    for (const fence of ["", "```\n"])
      for (const off of [0, 1]) {
        const own = Y.map((row, i) => row.map((v, j) => (i === 1 && j === 2 ? v + off : v)));
        const close = fence === "" ? "" : "\n```";
        const text = `${fence}${below("X", X)}\n${below("K", K)}${close}\n\n${words} of both:\n\n${fence}${below("Y", own)}${close}\n`;
        const found = analyze(text, "markdown", "answer").claims.map((c) => c.verdict);
        assert.deepEqual(found, [off === 0 ? "right" : "wrong"], text);
      }
  }
});

test("a listing that may be a program is not read", () => {
  for (const line of [
    "for x in range(3):\n    y = 3*4 == 13",
    "int a = 3; 3*4 = 13",
    "assert 3*4 == 13",
    "torch.tensor(3)\n3*4 = 13",
    "# 3*4 = 13",
    "while x < 3:\n3*4 = 13",
  ])
    assert.deepEqual(analyze(`x = 5\n\n\`\`\`\n${line}\n\`\`\`\n`, "markdown", "answer").findings, [], line);
  assert.deepEqual(analyze("```python\n3*4 = 13\n```\n", "markdown", "answer").findings, []);
  assert.equal(analyze("```\n3*4 = 13\n```\n", "markdown", "answer").findings.length, 1);
});

test("a gradient of which only the number is given stands for that number in what follows", () => {
  const given = "A = [[1, 2, -1, 0], [0, 1, 2, -1]], x = (3, 0, 2, 1), y = A x = (1, 3)\n\ndy = (1, -2)\n\n";
  assert.deepEqual(verdicts(`${given}dx = A^T dy = (1, 0, -5, 2)`).slice(-1), ["right"]);
  assert.deepEqual(verdicts(`${given}dx = A^T dy = (1, 0, 5, 2)`).slice(-1), ["wrong"]);
  assert.deepEqual(verdicts("W = [[1, 2], [3, 4]]. dL/dz = (1, 0). dL/dx = W^T dL/dz = (1, 2)").slice(-1), ["right"]);
});

test("a determinant is worked out, and a fraction before a space multiplies what follows", () => {
  assert.deepEqual(verdicts("M = [[14, 9], [9, 9]]. det(M) = 14*9 - 9*9 = 45"), ["right", "right"]);
  assert.deepEqual(verdicts("M = [[2, 0, 1], [1, 3, 2], [0, 1, 1]]. det(M) + 1 = 4"), ["right"]);
  assert.deepEqual(verdicts("x = 4. 1/2 x^2 = 8 and y = 3/2 (1 + x) = 7.5"), ["right", "right"]);
  assert.deepEqual(wrongIn("x = 4. 1/2x = 2. 1/2x = 0.125"), []);
});
