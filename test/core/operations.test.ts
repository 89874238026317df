import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { readSignature } from "../../src/core/layer/signature.js";
import { applyOperation } from "../../src/core/operations/call.js";
import { operationNamed, operations } from "../../src/core/operations/index.js";
import type { Result } from "../../src/core/operations/operation.js";
import { agreesWith, answerCall, lines } from "./operationAnswers.js";

test("each fact has one home: every file that holds operations is in the registry, and each way to call one belongs to one operation", () => {
  const folder = "src/core/operations";
  const registry = readFileSync(`${folder}/index.ts`, "utf8");
  const holding = readdirSync(folder).filter((f) =>
    /export const \w+: readonly Operation\[\] = /.test(readFileSync(`${folder}/${f}`, "utf8").replace(registry, "")),
  );
  const imported = [...registry.matchAll(/import \{ \w+ \} from "\.\/(\w+)\.js"/g)].map((m) => `${m[1]}.ts`);
  assert.deepEqual(imported.sort(), holding.filter((f) => f !== "index.ts").sort());
  const owners = new Map<string, string>();
  for (const { name, calls } of operations)
    for (const call of calls) {
      const { callee } = readSignature(call);
      assert.equal(owners.get(callee) ?? name, name, call);
      owners.set(callee, name);
    }
  assert.ok(owners.size > 400, `${owners.size} names are known`);
});

const shapes = (result: Result): unknown =>
  result.kind === "tensor" ? result.shape : result.kind === "unknown" ? undefined : result.items?.map(shapes);

test("every operation says what it does in one sentence, and its examples come out as they stand", () => {
  for (const operation of operations) {
    assert.match(operation.summary, /^\S.*\.$/, operation.name);
    for (const example of operation.examples) {
      const applied = applyOperation(operation, example.given);
      assert.ok("result" in applied, `${operation.name}: ${example.call} ${JSON.stringify(applied)}`);
      assert.deepEqual(shapes(applied.result), example.gives, `${operation.name}: ${example.call}`);
    }
  }
});

test("every call gets PyTorch's answer: its shapes, or that it is refused", () => {
  assert.ok(lines.length >= 4000);
  for (const line of lines) assert.equal(agreesWith(line, answerCall(line)), undefined, JSON.stringify(line));
});

test("a refusal says the number that does not fit, and what to do", () => {
  let refused = 0;
  for (const line of lines) {
    const answer = answerCall(line);
    // What layers refuse is held by their own test.
    if (!answer || !("refusal" in answer) || operationNamed(line.op)?.operation.layer) continue;
    const { code, say, advise } = answer.refusal;
    const text = `${JSON.stringify(line)}: ${say} ${advise}`;
    assert.match(code, /^\w+\/[a-z0-9-]+$/, text);
    assert.match(say, /\d/, text);
    assert.match(say, /^\S.*\.$/, text);
    assert.match(advise, /^[A-Z].*\.$/, text);
    assert.doesNotMatch(`${say} ${advise}`, /invalid|undefined|NaN|\[object|\?/i, text);
    refused++;
  }
  assert.ok(refused > 600, `${refused} refusals`);
});
