import { equal, same } from "../../core/dims/compare.js";
import type { Dim } from "../../core/dims/dim.js";
import { printDim } from "../../core/dims/print.js";
import { sayMistake } from "../../core/layer/mistakes.js";
import { fieldMistake, inputFields } from "../../core/network.js";
import { printFields } from "../layerHover.js";
import type { Judged } from "./commentClaims.js";
import type { LineFacts } from "./lineFacts.js";

/** Judges a receptive field that a comment claims of what its line makes; wrong only where that is known along every axis. */
export function judgeField({ statements, called, made }: LineFacts, said: readonly number[]): Judged | undefined {
  const calls = [...called, ...made].filter((c) => c.op.axes > 0);
  const [call] = calls;
  const fields = statements[0]?.tensor.fields ?? call?.output.fields;
  if (!fields || (said.length > 1 && said.length !== fields.length)) return undefined;
  const sizes = fields.map((f) => f.size);
  const claimed = sizes.map((_, i) => said[i] ?? (said[0] as number));
  const reason = `The receptive field here is ${printFields(fields)}.`;
  if (sizes.every((size, i) => same(size, claimed[i] as number))) return { verdict: "right", reason };
  if (!sizes.some((size, i) => equal(size, claimed[i] as number) === false))
    return { verdict: "not understood", reason };
  const isOne = call && calls.every((c) => c.site.from === call.site.from);
  const before = call?.input.fields === undefined ? inputFields(fields.length) : call.input.fields;
  const mistake = isOne && before ? fieldMistake(call.op, call.applied, before, claimed) : undefined;
  const [first = 0, ...more] = sizes;
  return {
    verdict: "wrong",
    reason: `The comment says that one output sees ${text(claimed)}, it sees ${text(sizes)}. ${mistake ? `${sayMistake(mistake)} ` : ""}Change the comment or the layers.`,
    right: `receptive field: ${text(more.every((size) => same(size, first)) ? [first] : sizes)}`,
  };
}

const text = (sizes: readonly Dim[]): string => sizes.map(printDim).join("×");
