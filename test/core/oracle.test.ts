import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { answerLayer } from "../../src/cli/layers.js";

const lines = readFileSync("test/oracle/layers.jsonl", "utf8").trim().split("\n");

test("every layer configuration gets PyTorch's answer: output, parameters, and whether it is an error", () => {
  assert.ok(lines.length >= 6000);
  for (const line of lines) {
    const truth = JSON.parse(line);
    const answer = answerLayer(truth) as Record<string, unknown>;
    assert.equal("unknown" in answer, false, line);
    assert.equal("error" in answer, "error" in truth, line);
    assert.equal(Object.hasOwn(answer, "constructor"), Object.hasOwn(truth, "constructor"), line);
    if ("error" in truth) continue;
    assert.deepEqual(
      [answer.output, answer.params, answer.trainable],
      [truth.output, truth.params, truth.trainable],
      line,
    );
  }
});

test("a refusal says the number that does not fit, and what to do", () => {
  for (const line of lines) {
    const truth = JSON.parse(line);
    if (!("error" in truth)) continue;
    const { error } = answerLayer(truth) as { error: string };
    assert.match(error, /\d/, line);
    assert.match(error, /^\S.*\. [A-Z].*\.$/s, line);
    assert.doesNotMatch(error, /invalid|undefined|\?/, line);
  }
});
