import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";
import { randomFrom } from "../../random.js";

const verdicts = (text: string): readonly string[] => analyze(text, "markdown", "answer").claims.map((c) => c.verdict);

test("shares in percent are right to their digits, and wrong beyond them", () => {
  const random = randomFrom(9);
  for (let i = 0; i < 150; i++) {
    const whole = 20 + Math.floor(random() * 180);
    const part = 1 + Math.floor(random() * (whole - 1));
    const digits = Math.floor(random() * 2);
    const percent = (100 * part) / whole;
    const own = percent.toFixed(digits);
    // Halves are rounded up or down.
    if (Math.abs(percent * 10 ** digits - Math.trunc(percent * 10 ** digits) - 0.5) < 1e-9) continue;
    const off = (Number(own) + 3).toFixed(digits);
    for (const say of [
      (p: string) => `So ${part}/${whole} = ${p} %.`,
      (p: string) => `$\\frac{${part}}{${whole}} = ${p}\\%$`,
    ]) {
      assert.match(verdicts(say(own))[0] ?? "", /^r/, say(own));
      assert.deepEqual(verdicts(say(off)), ["wrong"], say(off));
    }
  }
});

test("percent of something else, and sums in bits, are taken for what they are", () => {
  for (const text of ["12 of 15 = 80 %", "20 % von 50 = 10", "5/4 = 12 %"])
    assert.ok(!verdicts(text).includes("wrong"), text);
  assert.deepEqual(verdicts("$0.5 + 0.3113 = 0.8113$ bits."), ["right"]);
  assert.deepEqual(verdicts("$0.5 + 0.3113 = 0.8313$ bits."), ["wrong"]);
});
