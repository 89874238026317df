import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";
import { pick, randomFrom } from "../../random.js";

const claimsOf = (text: string): readonly { readonly verdict: string; readonly reason: string }[] =>
  analyze(text, "markdown", "answer").claims;

const verdictsOf = (text: string): readonly string[] => claimsOf(text).map(({ verdict }) => verdict);

test("What holds for independent letters alone is right only where the document says that they are.", () => {
  for (const claim of ["E[XY] = E[X] E[Y]", "Var(X+Y) = Var(X) + Var(Y)", "Var(X-Y) = Var(X) + Var(Y)"]) {
    assert.deepEqual(verdictsOf(`${claim}.`), ["not understood"], claim);
    assert.deepEqual(verdictsOf(`X and Y are independent. Then ${claim}.`), ["right"], claim);
    assert.deepEqual(verdictsOf(`X and Y are correlated. Then ${claim}.`), ["not understood"], claim);
    assert.deepEqual(verdictsOf(`X and Y are not independent, Cov(X, Y) = 2, and ${claim}.`).slice(-1), [
      "not understood",
    ]);
  }
  for (const claim of ["E[X+Y] = E[X] + E[Y]", "Var(aX) = a^2 Var(X)", "Var[X] = E[X^2] - E[X]^2"])
    assert.deepEqual(verdictsOf(`${claim}.`), ["right"], claim);
  const [difference, scaled] = claimsOf("For independent X, Y: Var(X-Y) = Var(X) - Var(Y), and Var(aX) = a Var(X).");
  assert.equal(difference?.verdict, "wrong");
  assert.equal(scaled?.verdict, "wrong");
  assert.match(scaled?.reason ?? "", /a²·Var\(X\)/);
});

test("The factors of a transposed product stand the other way round, unless the document speaks of matrices that commute.", () => {
  const random = randomFrom(61);
  for (let i = 0; i < 40; i++) {
    const [a, b] = pick(random, [
      ["A", "B"],
      ["X", "W"],
      ["W_2", "W_1"],
      ["P", "Q"],
    ] as const);
    const t = pick(random, ["^T", "^\\top"]);
    assert.deepEqual(verdictsOf(`$(${a} ${b})${t} = ${b}${t} ${a}${t}$`), ["right"]);
    const wrong = `$(${a} ${b})${t} = ${a}${t} ${b}${t}$`;
    assert.deepEqual(verdictsOf(wrong), ["wrong"], wrong);
    const why = pick(random, ["symmetric and commute", "diagonal", "scalars"]);
    assert.deepEqual(verdictsOf(`Let them be ${why}. Then ${wrong}.`), ["not understood"]);
  }
  assert.deepEqual(verdictsOf("$A^T A = A A^T$"), ["not understood"]);
});

test("A section that names the sigmoid and no other function says what σ is of a number.", () => {
  const random = randomFrom(62);
  for (let i = 0; i < 60; i++) {
    const x = Math.round(random() * 60 - 30) / 10;
    const y = 1 / (1 + Math.exp(-x));
    const say = (value: number): string => `$\\sigma(${x}) = ${value.toFixed(3)}$`;
    const named = pick(random, ["We use the sigmoid activation.", "The output unit is logistic."]);
    assert.deepEqual(
      verdictsOf(`${named} ${say(y)}`).map((v) => (v === "right" ? "rounded" : v)),
      ["rounded"],
      say(y),
    );
    assert.deepEqual(verdictsOf(`${named} ${say(y + 0.05)}`), ["wrong"], say(y + 0.05));
    const open = pick(random, ["Here σ is tanh, not the sigmoid.", "Compare ReLU and sigmoid."]);
    assert.ok(!verdictsOf(`${open} ${say(y + 0.05)}`).includes("wrong"));
  }
});

test("Determinants of numbers are worked out, written with bars or by name.", () => {
  const random = randomFrom(63);
  const number = (): number => Math.round(random() * 12 - 6);
  for (let i = 0; i < 60; i++) {
    const [a, b, c, d] = [number(), number(), number(), number()];
    const inside = `${a} & ${b} \\\\ ${c} & ${d}`;
    const of = pick(random, [
      `\\begin{vmatrix} ${inside} \\end{vmatrix}`,
      `\\det\\begin{pmatrix} ${inside} \\end{pmatrix}`,
    ]);
    assert.deepEqual(verdictsOf(`$${of} = ${a * d - b * c}$`), ["right"], of);
    assert.deepEqual(verdictsOf(`$${of} = ${a * d + b * c + (b * c === 0 ? 1 : 0)}$`), ["wrong"], of);
  }
});

test("A number that is cut off and not rounded is said to be so.", () => {
  const [cut, rounded] = claimsOf("2/3 ≈ 0.66 and 2/3 ≈ 0.67");
  assert.match(cut?.reason ?? "", /cut off/);
  assert.match(rounded?.reason ?? "", /to the digits that are written/);
});
