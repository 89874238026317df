import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { answerLayer } from "../../src/cli/layers.js";
import { kerasOps } from "../../src/core/keras/index.js";
import { ops } from "../../src/core/ops/index.js";
import { answerCall, lines } from "./operationAnswers.js";

/** Everything that is said where PyTorch, or Keras, refuses a layer or an operation. */
function* messages(): Generator<string> {
  for (const name of ["layers", "moreLayers", "newerLayers", "kerasLayers"])
    for (const line of readFileSync(`test/oracle/${name}.jsonl`, "utf8").trim().split("\n")) {
      const truth = JSON.parse(line);
      const answer = truth.error === undefined ? undefined : answerLayer(truth);
      if (answer && "error" in answer) yield answer.error;
    }
  for (const line of lines) {
    const answer = line.error === undefined ? undefined : answerCall(line);
    if (answer && "refusal" in answer) yield `${answer.refusal.say} ${answer.refusal.advise}`;
  }
}

test("a message is sentences with their full stops, one of something is no plural, and a minus is no hyphen", () => {
  let count = 0;
  for (const message of messages()) {
    count++;
    assert.match(message, /^[A-Z0-9a-z_'(].*[^.] .+[^ ]\.$/s, message);
    assert.doesNotMatch(message, / {2}|undefined|NaN|\[object|null/, message);
    // `(…, 1 channels)`, but not the 1 of `1 dimensions` within a number such as 2·1.
    assert.doesNotMatch(
      message,
      /(?<![\d.,·−/] ?)\b1 (channels|features|dimensions|sizes|samples|layers|values|numbers|columns|rows|windows|groups|filters|places|indices|axes|strides)\b/,
      message,
    );
    assert.doesNotMatch(message, /(^|[ (,])-\d/, message);
  }
  assert.ok(count >= 3000, `${count} messages`);
});

test("no rule sends people to a size of 0", () => {
  const line = { layer: "Linear", args: { in_features: 4, out_features: 2 }, input: [3, 0] };
  const answer = answerLayer(line);
  assert.ok("error" in answer);
  assert.match(answer.error, /in_features is 4, the input has 0\. A layer before leaves a size of 0/);
  for (const op of [...ops, ...kerasOps])
    for (const rule of op.rules) if (rule.fix) assert.match(rule.advise, /\{/, `${op.name}/${rule.code}`);
});
