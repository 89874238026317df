import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";

const TEXT = "Here $3 \\cdot 4 + 1 = 12$ and $3 \\cdot 4 = 12$.";

test("over a wrong number the finding speaks alone; over the rest of its step, and over right steps, the hover does", () => {
  const { findings, hover } = analyze(TEXT, "markdown", "answer");
  const [finding] = findings;
  assert.equal(finding?.message, "The left side is 13, the right side 12.");
  assert.equal(hover(finding?.span.from ?? 0), undefined);
  assert.equal(hover(TEXT.indexOf("cdot"))?.markdown, "✗ The left side is 13, the right side 12.");
  assert.equal(hover(TEXT.lastIndexOf("12"))?.markdown, "✓ Both sides are 12.");
});
