import { opNamed } from "../../../core/ops/index.js";
import type { Evaluator } from "../evaluator.js";
import type { Place } from "../syntax.js";
import { take } from "../taking.js";
import { isTensorValue } from "../valueKinds.js";
import { boolValue, type CallArguments, int, type PyValue, unknown } from "../values.js";
import { construct } from "./construct.js";

/** The arguments of `from_pretrained` behind the table of numbers, which the layer's own constructor takes under the same names. */
const TAKES: Readonly<Record<string, string>> = {
  Embedding: "embeddings freeze? padding_idx? max_norm? norm_type? scale_grad_by_freq? sparse?",
  EmbeddingBag:
    "embeddings freeze? max_norm? norm_type? scale_grad_by_freq? mode? sparse? include_last_offset? padding_idx?",
};

/** `nn.Embedding.from_pretrained(table)`: a layer of as many rows and columns, which is not learned unless `freeze` is false. */
export function fromPretrained(
  engine: Evaluator,
  path: string,
  args: CallArguments,
  place: Place,
): PyValue | undefined {
  const name = /^torch\.nn\.(?:modules\.\w+\.)?(Embedding|EmbeddingBag)\.from_pretrained$/.exec(path)?.[1] ?? "";
  const op = opNamed(name);
  const signature = TAKES[name];
  if (!op || signature === undefined) return undefined;
  const [table, freeze = boolValue(true), ...others] = take(args, signature) ?? [];
  const shape = isTensorValue(table) ? table.shape : undefined;
  if (!isTensorValue(table) || (shape && shape.length !== 2)) return unknown("Which table it is given is not known.");
  const names = signature.split(" ").slice(2);
  const byKeyword = new Map(
    names.flatMap((each, i) => {
      const value = others[i];
      return value ? [[each.replace("?", ""), value] as const] : [];
    }),
  );
  const sizes = [0, 1].map((at): PyValue => {
    const size = shape?.[at];
    return size === undefined ? unknown("This size of the table is not known.") : int(size);
  });
  const layer = construct(engine, op, { ...args, positional: sizes, byKeyword, places: [] }, place, place);
  const frozen = engine.isTrue(freeze);
  layer.trains = frozen === undefined ? unknown("Whether it is frozen is not known.") : boolValue(!frozen);
  return layer;
}
