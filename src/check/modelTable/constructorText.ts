import { exactValue } from "../../core/dims/dim.js";
import { type Bindings, isDim, type Value } from "../../core/expr/evaluate.js";
import type { Op } from "../../core/layer/op.js";
import { printValue } from "../../core/layer/sentence.js";
import { type Parameter, readSignature } from "../../core/layer/signature.js";

/** A layer as the call that makes it, without what is the default anyway: `nn.Conv2d(1, 10, 3, padding=1)`. */
export function constructorText(op: Op, args: Bindings): string {
  const { callee, parameters } = readSignature(op.torch ?? op.keras ?? op.functional ?? `${op.name}()`);
  let isNamed = false;
  const parts = parameters.flatMap((p): string[] => {
    const value = args[p.name];
    if (value === undefined || isDefault(p, value, args)) {
      isNamed = true;
      return [];
    }
    const text = pythonText(value);
    // What has a default is said by its name: nobody remembers the fourth argument.
    return [isNamed || p.keywordOnly || p.fallback ? `${p.name}=${text}` : text];
  });
  return `${callee}(${parts.join(", ")})`;
}

/** A value as Python has it: fractions as decimals, a tuple of one with its comma. */
export function pythonText(value: Value): string {
  if (Array.isArray(value)) return `(${value.map(pythonText).join(", ")}${value.length === 1 ? "," : ""})`;
  const exact = isDim(value) && typeof value !== "number" ? exactValue(value) : undefined;
  return exact ? String(Number(exact.n) / Number(exact.d)) : printValue(value).replace("−", "-");
}

function isDefault({ fallback }: Parameter, value: Value, args: Bindings): boolean {
  if (!fallback) return false;
  return printValue("value" in fallback ? fallback.value : args[fallback.sameAs]) === printValue(value);
}
