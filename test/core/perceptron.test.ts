import assert from "node:assert/strict";
import { test } from "node:test";
import { backThrough, forwardThrough, lossesOf } from "../../src/core/tensor/perceptron.js";
import { close, networks } from "./perceptronAnswers.js";

test("A multilayer perceptron's sums, outputs and losses, and all their derivatives, are PyTorch's.", () => {
  const kinds = new Map<string, number>();
  for (const { input, target, layers, losses } of networks) {
    const runs = forwardThrough(input, layers);
    for (const [at, run] of runs.entries()) {
      close(run.sums, layers[at]?.sums);
      close(run.outputs, layers[at]?.outputs);
    }
    const found = lossesOf(runs.at(-1)?.outputs ?? [], target, layers.at(-1)?.activation ?? "");
    assert.deepEqual(
      found.map(({ kind }) => kind),
      losses.map(({ kind }) => kind),
    );
    for (const [at, loss] of found.entries()) {
      const back = backThrough(input, runs, loss.start);
      close([loss.value], [losses[at]?.value ?? Number.NaN]);
      close(back.input, losses[at]?.input);
      for (const [layer, own] of back.layers.entries()) {
        const truth = losses[at]?.layers[layer];
        close(own.outputs, truth?.outputs);
        close(own.sums, truth?.sums);
        close(own.weight.flat(), truth?.weight.flat());
      }
      kinds.set(loss.kind, (kinds.get(loss.kind) ?? 0) + 1);
    }
  }
  assert.ok(networks.length >= 300 && Math.min(...kinds.values()) > 40 && kinds.size === 3, JSON.stringify([...kinds]));
});
