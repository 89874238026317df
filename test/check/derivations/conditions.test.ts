import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";
import { pick, randomFrom } from "../../random.js";

const verdictsOf = (text: string): readonly string[] =>
  analyze(text, "markdown", "answer").claims.map(({ verdict }) => verdict);

/** Equations that hold for some values only, and are an identity but for one small change. */
const EQUATIONS = [
  "w x + b = w x - b",
  "x^2 + y^2 = x^2 - y^2",
  "|1 - \\eta| = |1 + \\eta|",
  "a (x + b) = a x + b",
  "u + v = u + \\lambda v",
  "(a - b)^2 = a^2 + 2 a b + b^2",
];

const CONDITIONS: readonly ((equation: string) => string)[] = [
  (e) => `The bias cancels if $${e}$.`,
  (e) => `For convergence we need $${e}$.`,
  (e) => `Setting the two equal, $${e}$, tells us more.`,
  (e) => `Solve $${e}$ for the last letter.`,
  (e) => `Suppose that $${e}$. What follows?`,
  (e) => `$${e}$ only if one of them is zero.`,
  (e) => `$${e}$ holds exactly when one of them is zero.`,
  (e) => `The equation $${e}$ has the solution 0.`,
  (e) => `Find a value for which $${e}$.`,
  (e) => `A fixed point has to satisfy $${e}$.`,
  (e) => `Wir suchen einen Punkt, so dass gilt: es ist null, falls $${e}$.`,
];

test("An equation that the words around it make a condition, or one to be solved, is not taken for a claim.", () => {
  for (const equation of EQUATIONS)
    for (const say of CONDITIONS) assert.ok(!verdictsOf(say(equation)).includes("wrong"), say(equation));
});

test("The same equations are wrong where they are said to hold, also behind a condition.", () => {
  const random = randomFrom(61);
  for (const equation of EQUATIONS) {
    const claim = pick(random, [
      `We know that $${equation}$.`,
      `Therefore $${equation}$.`,
      `If all letters are real, then $${equation}$.`,
      `Since we need it later, so we note: $${equation}$.`,
    ]);
    assert.deepEqual(verdictsOf(claim), ["wrong"], claim);
  }
});
