import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { followPython } from "../../src/read/python/models.js";

/** Whether PyTorch takes a mask for a sequence. */
interface Truth {
  readonly batch_first: boolean;
  readonly input: readonly number[];
  readonly mask: readonly number[];
  readonly runs: boolean;
}

const truths: readonly Truth[] = readFileSync("test/oracle/masks.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

const HEADS = 2;

/** A mask for each head and sample: how many those are is not compared. */
const hasOtherHeads = ({ batch_first, input, mask }: Truth): boolean => {
  const [length, batch] =
    input.length === 2 ? [input[0], 1] : batch_first ? [input[1], input[0]] : [input[0], input[1]];
  return mask.length === 3 && mask[1] === length && mask[2] === length && mask[0] !== HEADS * (batch ?? 1);
};

test("an encoder's mask is flagged where PyTorch refuses it, and nowhere else", () => {
  assert.ok(truths.filter((t) => t.runs).length >= 8);
  assert.ok(truths.filter((t) => !t.runs && !hasOtherHeads(t)).length >= 60);
  for (const truth of truths) {
    const layer = `nn.TransformerEncoderLayer(8, ${HEADS}, 16, batch_first=${truth.batch_first ? "True" : "False"})`;
    const call = `(torch.zeros(${truth.input.join(", ")}), torch.zeros(${truth.mask.join(", ")}))`;
    for (const model of [layer, `nn.TransformerEncoder(${layer}, 2)`]) {
      const { mismatches } = followPython(`import torch\nfrom torch import nn\ny = ${model}${call}\n`).trace;
      const isFlagged = mismatches.some((m) => m.severity === "error");
      assert.equal(isFlagged, !truth.runs && !hasOtherHeads(truth), `${model}${call}`);
    }
  }
});
