import { printDim } from "../../core/dims/print.js";
import { type Bindings, isDim, type Value } from "../../core/expr/evaluate.js";
import { isKerasOp } from "../../core/keras/index.js";
import type { Applied } from "../../core/layer/apply.js";
import { explain } from "../../core/layer/explain.js";
import type { Op, Shape, Size } from "../../core/layer/op.js";
import { AXES } from "../../core/layer/op.js";
import { printValue } from "../../core/layer/sentence.js";
import { readSignature } from "../../core/layer/signature.js";
import type { LayerCall } from "../picture.js";

const plain = (size: Size): number | string =>
  size === undefined ? "?" : typeof size === "number" ? size : printDim(size);

type Argument = LayerCall["args"][string];

function argument(value: Value | undefined): Argument | undefined {
  if (value === undefined) return undefined;
  if (isDim(value)) return plain(value);
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  const items = value.map((v) => (typeof v === "number" || v === null ? v : undefined));
  return items.every((v) => v !== undefined) ? items : undefined;
}

/** Whether an argument is what it would be if nothing were said. */
function isDefault(op: Op, name: string, args: Bindings): boolean {
  const parameter = readSignature(op.torch ?? op.functional ?? op.keras ?? "").parameters.find((p) => p.name === name);
  if (!parameter?.fallback) return false;
  const fallback = "value" in parameter.fallback ? parameter.fallback.value : args[parameter.fallback.sameAs];
  return printValue(fallback) === printValue(args[name]);
}

/** A layer as the panel's pictures take it; an input that is not known is in symbols. */
export function toPictureCall(op: Op, args: Bindings, input: Shape | undefined, applied: Applied): LayerCall {
  const channels = args.in_channels ?? args.num_features;
  const assumed: readonly (number | string)[] = op.input.includes("*")
    ? ["N", "C"]
    : ["N", isDim(channels) ? plain(channels) : "C", ...(AXES[op.input.length - 2] ?? [])];
  return {
    // The pictures' examples follow PyTorch's arguments and layout, so that a layer of Keras goes by another name.
    name: isKerasOp(op) ? `layers.${op.name}` : op.name,
    args: Object.fromEntries(
      Object.entries(args)
        .filter(([name]) => !isDefault(op, name, args))
        .flatMap(([name, v]) => [[name, argument(v)] as const])
        .filter((e): e is [string, Argument] => e[1] !== undefined),
    ),
    input: input?.map(plain) ?? assumed,
    ...(applied.output ? { output: applied.output.map(plain) } : {}),
    ...(applied.params === undefined ? {} : { params: plain(applied.params) }),
    formula: explain(op, applied).map((l) => ({ text: `${l.quantity}: ${l.numbers} = ${l.result}` })),
  };
}
