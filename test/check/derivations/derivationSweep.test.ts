import assert from "node:assert/strict";
import { test } from "node:test";
import { checkDerivations } from "../../../src/check/derivations/derivations.js";
import { toFloat } from "../../../src/core/math/scalar.js";
import { randomFrom } from "../../random.js";
import { evaluated, type RandomClaim, randomClaim } from "./randomDerivations.js";

const COUNT = 2400;

const random = randomFrom(2026);
const claims: readonly RandomClaim[] = Array.from({ length: COUNT }, () => randomClaim(random));

/** The same equations in the three ways in which documents have them. */
const documents: readonly { readonly language: "markdown" | "latex"; readonly text: (latex: string) => string }[] = [
  { language: "markdown", text: (latex) => `So $${latex}$ holds.` },
  { language: "markdown", text: (latex) => `Thus\n$$\n${latex}\n$$\n` },
  {
    language: "latex",
    text: (latex) => `\\section{A}\n\\begin{align*}\n${latex.replace(/ (=|\\approx) /, " &$1 ")}\n\\end{align*}\n`,
  },
];

test("of 2,400 right equations none is called wrong, and at least nine of ten are decided", () => {
  let decided = 0;
  for (const [i, claim] of claims.entries()) {
    const { language, text } = documents[i % documents.length] ?? documents[0]!;
    const found = checkDerivations(text(claim.latex), language, "answer");
    assert.deepEqual(found.findings, [], claim.latex);
    assert.equal(found.claims.length, 1, claim.latex);
    if (found.claims[0]?.verdict !== "not understood") decided++;
  }
  assert.ok(decided >= 0.9 * COUNT, `${decided} decided`);
});

/** A claim with one small change of what is written, as it slips in; undefined where there is none of the kind. */
function changed(
  claim: RandomClaim,
  next: () => number,
): { latex: string; sides: readonly [string, string] } | undefined {
  const at = claim.latex.search(/=|\\approx/);
  const [head, right] = [claim.latex.slice(0, at), claim.latex.slice(at)];
  const [own, other] = claim.sides;
  const changes: readonly (readonly [RegExp, RegExp, (text: string) => string])[] = [
    [/ \+ /, /\+/, (t) => t.replace("+", "-")],
    [/ - /, /-/, (t) => t.replace("-", "+")],
    [/\^2/, /\^2/, (t) => t.replace("2", "3")],
    [/\d+(?=[^\d.]*$)/, /\d+(?=[^\d.]*$)/, (t) => String(Number(t) + 1)],
  ];
  const [latex, mathjs, change] = changes[Math.floor(next() * changes.length)] ?? changes[0]!;
  if (!latex.test(right) || !mathjs.test(other)) return undefined;
  if (claim.symbols.length === 0 && /\./.test(other)) {
    const off = Number(other) + 2 * 10 ** -(other.split(".")[1]?.length ?? 0);
    const text = off.toFixed(other.split(".")[1]?.length ?? 0);
    return { latex: head + right.replace(other, text), sides: [own, text] };
  }
  return { latex: head + right.replace(latex, change), sides: [own, other.replace(mathjs, change)] };
}

/** Whether two sides differ at a point, by a program that has nothing to do with the checker. */
function differ(
  [left, right]: readonly [string, string],
  at: Readonly<Record<string, number>>,
  tolerance: number,
): boolean {
  const [a, b] = [evaluated(left, at), evaluated(right, at)];
  return (
    Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) > tolerance * Math.max(1, Math.abs(a), Math.abs(b))
  );
}

test("of equations with one change that makes them false at least 95 of 100 are called wrong, with values for which they are", () => {
  const next = randomFrom(7);
  let made = 0;
  let caught = 0;
  const missed: string[] = [];
  for (const [i, claim] of claims.entries()) {
    const change = changed(claim, next);
    if (!change) continue;
    const point = Object.fromEntries(claim.symbols.map((name, n) => [name, 1.3 + n * 0.7]));
    const isFalse = claim.symbols.length > 0 ? differ(change.sides, point, 1e-9) : differ(change.sides, {}, 1e-12);
    if (!isFalse) continue;
    made++;
    const { language, text } = documents[i % documents.length] ?? documents[0]!;
    const found = checkDerivations(text(change.latex), language, "answer");
    const [wrong] = found.claims.filter((c) => c.verdict === "wrong");
    if (!wrong) {
      missed.push(change.latex);
      continue;
    }
    caught++;
    const { counterexample } = wrong.answer;
    if (counterexample) {
      const at = Object.fromEntries([...counterexample.at].map(([name, value]) => [name, toFloat(value)]));
      assert.ok(differ(change.sides, at, 1e-7), `${change.latex}: ${JSON.stringify(at)}`);
    }
  }
  assert.ok(made >= 900, `${made} changes`);
  assert.ok(caught >= 0.95 * made, `${caught} of ${made}: ${missed.slice(0, 20).join("   ")}`);
});
