import { printCrosses } from "../../core/layer/explain.js";
import type { FollowedFile } from "../../read/python/models.js";
import type { Hint } from "../finding.js";
import { printFields } from "../layerHover.js";

/** The shapes after each statement and each layer of a Sequential, one a place. */
export function hintsOf({ trace, file }: FollowedFile): readonly Hint[] {
  const hints = new Map<number, Hint>();
  for (const { at, tensor } of trace.statements) {
    if (!tensor.shape) continue;
    // Crosses, not brackets: behind a call, brackets would read as another call.
    const text = printCrosses(tensor.shape);
    const old = hints.get(at);
    if (!old)
      hints.set(at, {
        at,
        text,
        ...(tensor.fields?.length ? { tooltip: `receptive field ${printFields(tensor.fields)}` } : {}),
      });
    else if (!old.text.split(" | ").includes(text)) hints.set(at, { ...old, text: `${old.text} | ${text}` });
  }
  const inOrder = [...hints.values()].sort((a, b) => a.at - b.at);
  // The same shape again in the same function is no change.
  return inOrder.map((hint, i) => {
    const before = inOrder[i - 1];
    const isSame = before?.text === hint.text && !/^[ \t]*(?:async )?def /m.test(file.text.slice(before.at, hint.at));
    return isSame ? { ...hint, isSame } : hint;
  });
}
