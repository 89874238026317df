import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";
import { checkDerivations } from "../../../src/check/derivations/derivations.js";
import { toFloat } from "../../../src/core/math/scalar.js";
import { randomFrom } from "../../random.js";
import { evaluated } from "./randomDerivations.js";
import { rewrittenIdentity } from "./rewrittenIdentities.js";

const random = randomFrom(41);
const identities = Array.from({ length: 1500 }, () => rewrittenIdentity(random));

/** How far two sides are from each other at a point, by a program that has nothing to do with the checker. */
function apart([left, right]: readonly [string, string], at: Readonly<Record<string, number>>): number {
  const [a, b] = [evaluated(left, at), evaluated(right, at)];
  return Math.abs(a - b) / Math.max(1, Math.abs(a), Math.abs(b));
}

test("of 1,500 rewritten formulas none is called wrong, and at least nine of ten are called right", () => {
  let right = 0;
  for (const { latex, sides, symbols } of identities) {
    const point = Object.fromEntries(symbols.map((name, n) => [name, 1.7 + n * 0.6]));
    assert.ok(!(apart(sides, point) > 1e-9), `${latex} is no identity`);
    // With words around, so that nothing alone is a definition.
    const { claims, findings } = checkDerivations(`We get $${latex}$ from it.`, "markdown", "answer");
    assert.deepEqual(findings, [], latex);
    if (claims.some((c) => c.verdict === "right")) right++;
  }
  assert.ok(right >= 0.9 * identities.length, `${right}`);
});

test("with one slip in a chain, the step where it slips in is called wrong, with values for which it is", () => {
  let made = 0;
  const missed: string[] = [];
  for (const { latex, changed, symbols } of identities) {
    const points = [0, 1, 2].map((i) => Object.fromEntries(symbols.map((name, n) => [name, 1.7 + i + n * 0.6])));
    if (!points.some((p) => apart(changed.sides, p) > 1e-6)) continue;
    const chain = `${latex} = ${changed.latex.split(" = ")[1]}`;
    const { claims } = checkDerivations(`So $1 \\cdot (${latex.split(" = ")[0]}) = ${chain}$.`, "markdown", "answer");
    made++;
    const [wrong, ...more] = claims.filter((c) => c.verdict === "wrong");
    assert.deepEqual(more, [], chain);
    if (!wrong || wrong !== claims.at(-1)) {
      assert.equal(wrong, undefined, `an earlier step: ${chain}`);
      missed.push(chain);
      continue;
    }
    const { counterexample } = wrong.answer;
    const at = counterexample && Object.fromEntries([...counterexample.at].map(([n, v]) => [n, toFloat(v)]));
    if (at) assert.ok(apart(changed.sides, { ...points[0], ...at }) > 1e-7, `${chain}: ${JSON.stringify(at)}`);
  }
  assert.ok(
    made >= 900 && missed.length <= 0.05 * made,
    `${missed.length} of ${made} missed\n${missed.slice(0, 9).join("\n")}`,
  );
});

/** The expectation over random masks in the letters and forms of courses: right ways to write its last term, and wrong ones. */
const MASKS = ["R", "M", "D"];
const CHANCES = ["p", "q"];
const RIGHT = [
  "<p>(1-<p>) \\|G w\\|^2",
  "(<p> - <p>^2) \\|G w\\|^2",
  "<p> \\|G w\\|^2 - <p>^2 \\|G w\\|^2",
  "<p>(1-<p>) w^\\top \\mathrm{diag}(X^\\top X) w",
];
const WRONG = [
  "(<p>^2 - <p>) \\|G w\\|^2",
  "<p>(1+<p>) \\|G w\\|^2",
  "<p>(1-<p>)^2 \\|G w\\|^2",
  "2<p>(1-<p>) \\|G w\\|^2",
  "<p>(2-<p>) \\|G w\\|^2",
];
const SAID = [
  "Let $<R>_{ij} \\sim \\mathrm{Bernoulli}(<p>)$.",
  "The entries of $<R>$ are independent, Bernoulli($<p>$).",
];

test("expectations over masks are right in all their letters, and wrong with a slip", () => {
  const verdicts = (last: string): readonly string[] =>
    MASKS.flatMap((R) =>
      CHANCES.flatMap((p) =>
        SAID.map((said) => {
          const claim = `\\mathbb{E}\\|y - (<R> \\odot X)w\\|^2 = \\|y - <p>Xw\\|^2 + ${last}`;
          const text = `${said} With $G = (\\mathrm{diag}(X^\\top X))^{1/2}$ we have\n\n$${claim}$`;
          const own = text.replaceAll("<R>", R).replaceAll("<p>", p);
          return analyze(own, "markdown", "answer").claims.at(-1)?.verdict ?? own;
        }),
      ),
    );
  for (const last of RIGHT) assert.deepEqual(new Set(verdicts(last)), new Set(["right"]), last);
  for (const last of WRONG) assert.deepEqual(new Set(verdicts(last)), new Set(["wrong"]), last);
});
