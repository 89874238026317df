import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { answerLayer } from "../../src/cli/layers.js";

test("states that are given to recurrent layers and cells fit exactly where PyTorch takes them", () => {
  const lines = readFileSync("test/oracle/states.jsonl", "utf8").trim().split("\n");
  assert.ok(lines.length >= 600);
  for (const line of lines) {
    const { layer, args, input, states, output } = JSON.parse(line);
    const answer = answerLayer({ layer, args, input: [input, ...states] }) as Record<string, unknown>;
    assert.equal("unknown" in answer, false, line);
    assert.equal("error" in answer, output === null, `${line} ${JSON.stringify(answer)}`);
    if (output !== null) assert.deepEqual(answer.output ?? (answer.outputs as unknown[])[0], output, line);
  }
});
