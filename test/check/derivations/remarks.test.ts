import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";

const found = (text: string): readonly (readonly [string, string])[] =>
  analyze(text, "markdown", "answer").findings.map((f) => [f.severity, f.message]);

test("momentum that never fades gets one remark, and is no error", () => {
  const text = "Momentum: $m' = m - \\alpha \\nabla L$, $w' = w + m'$. Again $m_{t+1} = m_t - \\alpha g_t$.";
  assert.deepEqual(found(text), [
    ["information", "This is momentum with β = 1: what came before never fades. With a smaller β, write βm for m."],
  ]);
});

test("with a factor, or where nobody speaks of momentum, nothing is said", () => {
  assert.deepEqual(found("Momentum: $m' = \\beta m - \\alpha \\nabla L$, $w' = w + m'$."), []);
  assert.deepEqual(found("A velocity: $v' = v - \\eta t$."), []);
  assert.deepEqual(found("SGD with momentum: $w' = w - \\alpha \\nabla L$."), []);
});
