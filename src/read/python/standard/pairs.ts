import type { Evaluator } from "../evaluator.js";
import { drain } from "../iterators.js";
import { isUnknownValue } from "../valueKinds.js";
import type { CallArguments, PyValue } from "../values.js";
import { tupleValue } from "../values.js";

/** PyTorch's functions that make a tuple of one number for each axis, by how many axes there are. */
const COUNTS: Readonly<Record<string, number>> = { _single: 1, _pair: 2, _triple: 3, _quadruple: 4 };

/** `torch.nn.modules.utils._pair(kernel_size)`: what has items as a tuple, anything else as often as there are axes; undefined for other names. */
export function pairCall(engine: Evaluator, path: string, args: CallArguments): PyValue | undefined {
  const name = /^torch\.nn\.modules\.utils\.(\w+)$/.exec(path)?.[1] ?? "";
  const [value, ...more] = args.positional;
  if (!Object.hasOwn(COUNTS, name) || !value || more.length > 0 || args.uncertain || isUnknownValue(value))
    return undefined;
  if (/^(int|float|bool|none)$/.test(value.kind))
    return tupleValue(Array.from({ length: COUNTS[name] ?? 1 }, () => value));
  const items = drain(engine, value);
  return items && tupleValue(items);
}
