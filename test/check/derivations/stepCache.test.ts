import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { checkDerivations } from "../../../src/check/derivations/derivations.js";
import { StepCache } from "../../../src/check/derivations/stepCache.js";
import { randomFrom } from "../../random.js";
import { randomClaim } from "./randomDerivations.js";

const PIECES = ["$", "=", "2", "+", "x", "\\", "\n\n", "# A\n", "$x = 3$", "^2", "{", "}", " "];

test("a document that is checked again after each of 300 edits gets what it gets when it is checked afresh", () => {
  const random = randomFrom(11);
  const ordinary = readFileSync("test/fixtures/derivations/ordinary.md", "utf8");
  const own = Array.from(
    { length: 60 },
    (_, i) => `${i % 9 === 0 ? "# Part\n" : ""}$${randomClaim(random).latex}$`,
  ).join("\n\n");
  const original = `${own}\n\nLet $m = n - k + 1$ and $f(x) = x^2$, so $m^2 = (n-k+1)^2$, $f'(x) = 2x$.\n\n${ordinary}`;
  const cache = new StepCache();
  let text = original;
  for (let n = 0; n < 300; n++) {
    const at = Math.floor(random() * text.length);
    const piece = PIECES[Math.floor(random() * PIECES.length)] ?? "";
    text = n % 12 === 11 ? original : text.slice(0, at) + piece + text.slice(at + Math.floor(random() * 3));
    const again = checkDerivations(text, "markdown", "answer", [], cache);
    const afresh = checkDerivations(text, "markdown", "answer");
    const said = ({ claims }: typeof again) =>
      claims.map((c) => [c.span, c.text, c.verdict, c.reason, c.plain, c.section]);
    assert.deepEqual(said(again), said(afresh), `edit ${n}`);
    assert.deepEqual(again.findings, afresh.findings, `edit ${n}`);
  }
});
