import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";

const verdictsOf = (text: string): readonly string[] =>
  analyze(text, "markdown", "answer").claims.map(({ verdict }) => verdict);

test("A calculation of which the beginning is not read is not judged by its rest.", () => {
  for (const text of [
    "2 h 15 min = 135 min",
    "It took 1 hour and 30 minutes = 90 minutes.",
    "25.6 M · 4 B = 102.4 MB",
    "1.2 M + 0.3 M = 1.5 M",
    "1 + 1/2 + ... + 1/512 = 1.998",
    "0.5 · 0.5 · … · 0.5 = 0.5^10",
    "Step 2 – 3·4 = 12",
    "cos 60 = 1/2 in degrees",
    "(32 − 5) div 2 + 1 = 14",
    "10 : 2 + 1 = 6",
    "[[1,2],[3,4]] @ [[1,2],[3,4]] = [[7,10],[15,22]]",
    "[[1,2],[3,4]] x [1,1] = [3,7]",
    "(1,2,3) ⊛ (1,-1,0) = (-2,1,1)",
    "inv [[1,2],[3,4]] = [[-2,1],[1.5,-0.5]]",
    "reshape (2,3) = (3,2)",
    "28×28/2 = 14×14",
    "6·25 (+6) = 156",
    "The neuron computes 2x1 + 1 = 7 for x1 = 3.",
    "Step (2) - 3 + 1 = -2",
    "0x10 = 16",
    "[[1,2],[3,4]]**2 = [[1,4],[9,16]]",
    "In GF(2) we have 1 + 1 = 0.",
    "$(4\\times 2)(2\\times 3) = 4\\times 3$",
  ])
    assert.ok(!verdictsOf(text).includes("wrong"), text);
});

test("Stars between sequences, means that are none by their letter, and the order of matrices in a chain rule are left open.", () => {
  for (const text of [
    "Let $*$ denote convolution and $\\delta$ the unit impulse. Then $(x*\\delta)[n]=x[n]$.",
    "$\\delta[n]*h[n]=h[n]$ and (δ*h)[n] = h[n]",
    "$\\sigma^2=\\frac1n\\sum_i(x_i-\\mu)^2=\\frac1n\\sum_ix_i^2-\\mu^2$",
    "Let $y=Wx$. Then $\\frac{\\partial L}{\\partial x}=W\\frac{\\partial L}{\\partial y}$.",
  ])
    assert.deepEqual(new Set(verdictsOf(text)), new Set(["not understood"]), text);
});

test("Spaces and points between thousands are no decimals.", () => {
  assert.deepEqual(verdictsOf("256·120+120 = 30 840 parameters and 9216·4096 = 37 748 736 poids"), ["right", "right"]);
  assert.deepEqual(verdictsOf("156 + 2416 = 2 573 weights"), ["wrong"]);
  assert.deepEqual(verdictsOf("$[1\\ 200] = [1\\ 200]$ and 3*4 = 12 300 times"), ["not understood", "wrong"]);
  assert.ok(!verdictsOf("Die Schicht hat $64\\cdot32\\cdot25=51.200$ Gewichte.").includes("wrong"));
  assert.deepEqual(verdictsOf("$64\\cdot32\\cdot25=51.300$"), ["wrong"]);
});

test("What is told as a mistake, or denied, is not the writer's own; what stands beside it is.", () => {
  for (const text of [
    "In task 3 they write $2^{10}=1000$. It should be $1024$.",
    "They compute $3 \\cdot 4=13$, but that's the sum!",
    "2+2 = 5 is false.",
    "It's not the case that 2+2 = 5.",
    "If 2+2 = 5, then everything follows.",
    "I first got 3·4 = 13, which is wrong; the correct value is 12.",
    "The TA wrote that 3·4 = 13, but it should be 12.",
    "3·4 = 12, not 3·4 = 7.",
    "3*4 == 13 → False",
    "A common mistake is $\\mathrm{Var}(X-Y)=\\mathrm{Var}(X)-\\mathrm{Var}(Y)$.",
    "Mein erster Versuch war $2\\cdot3=5$ (falsch).",
    "He forgot the bias and got $6\\cdot26=150$ instead of 156.",
  ])
    assert.ok(!verdictsOf(text).includes("wrong"), text);
  for (const text of [
    "So we get 3·4 = 13 weights.",
    "From this one gets 3·4 = 13.",
    "That was wrong. Now 3·4 = 13.",
    "Layer 1 has 5*5*3+1 = 77 weights.",
    "3·4 = 13. The next layer has no bias.",
  ])
    assert.deepEqual(verdictsOf(text), ["wrong"], text);
});

const table = (column: string, total: string): string => `| Layer | Output | ${column} |
|---|---|---|
| Input | 3×32×32 | 3072 |
| Conv 3×3, 16, padding 1 | 16×32×32 | 16384 |
| Total | | ${total} |
`;

test("The total of a column of another kind is not compared with parameters, and a subtotal is that of the rows above it.", () => {
  for (const column of ["Activations", "Memory (KiB)", "Values"])
    assert.ok(!verdictsOf(table(column, "19456")).includes("wrong"), column);
  const parts = (total: string): string => `| Layer | Output | Params |
|---|---|---|
| Input | 3×32×32 | 0 |
| Conv 3×3, 16, padding 1 | 16×32×32 | 448 |
| Subtotal | | 448 |
| Conv 3×3, 16, padding 1 | 16×32×32 | 2320 |
| Total | | ${total} |
`;
  const wrongIn = (text: string): number =>
    analyze(text, "markdown", "answer").findings.filter(({ severity }) => severity === "error").length;
  assert.equal(wrongIn(parts("2768")), 0);
  assert.equal(wrongIn(parts("2769")), 1);
  assert.equal(wrongIn(table("Activations", "19456")), 0);
});
