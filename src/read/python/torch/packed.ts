import type { Shape, Size } from "../../../core/layer/op.js";
import type { Evaluator } from "../evaluator.js";
import { smallNumber } from "../integers.js";
import { take } from "../taking.js";
import { isBoolValue, isIntValue, isListValue, isNoneValue, isTensorValue, isTupleValue } from "../valueKinds.js";
import {
  type CallArguments,
  type LayerValue,
  NONE,
  type PyValue,
  type TensorValue,
  tupleValue,
  unknown,
} from "../values.js";

/** Rows of several lengths side by side, the time first, and how long each is, where that is known. */
interface Rows {
  readonly padded: TensorValue;
  readonly lengths: readonly number[] | undefined;
  readonly isSorted: boolean;
}

const packs = new WeakMap<PyValue, Rows>();

const LOST = unknown("How long these rows are is not known.");

/** Time and batch change places. */
const swapped = (t: TensorValue): TensorValue => {
  const [a, b, ...rest] = t.shape ?? [];
  return { kind: "tensor", shape: t.shape && [b, a, ...rest], dtype: t.dtype };
};

const isTrue = (v: PyValue | undefined, otherwise: boolean): boolean | undefined =>
  v === undefined ? otherwise : isBoolValue(v) ? v.value : undefined;

function lengthsOf(v: PyValue | undefined): readonly number[] | undefined {
  if (isTensorValue(v)) return v.shape?.length === 1 ? v.numbers : undefined;
  const all = isListValue(v) || isTupleValue(v) ? v.items?.map(smallNumber) : undefined;
  return all?.includes(undefined) ? undefined : (all as number[] | undefined);
}

/** A packed sequence as PyTorch has it: its numbers, how many rows go on at each step, and the order of the rows. */
function packed(engine: Evaluator, rows: Rows): PyValue {
  const { padded, lengths, isSorted } = rows;
  const [time, batch, ...features] = padded.shape ?? [];
  const steps = lengths ? Math.max(...lengths) : undefined;
  const whole = padded.shape && [lengths?.reduce((a, b) => a + b, 0), ...features];
  const order = isSorted ? NONE : engine.tensor([batch], { dtype: "int" });
  const value: PyValue = {
    kind: "tuple",
    names: ["data", "batch_sizes", "sorted_indices", "unsorted_indices"],
    items: [engine.tensor(whole, { dtype: padded.dtype }), engine.tensor([steps], { dtype: "int" }), order, order],
  };
  const shape: Shape | undefined = padded.shape && [steps ?? (time === 1 ? 1 : undefined), batch, ...features];
  packs.set(value, { ...rows, padded: { kind: "tensor", shape, dtype: padded.dtype } });
  return value;
}

function longest(sizes: readonly Size[]): Size {
  return sizes.every((s) => typeof s === "number")
    ? Math.max(...(sizes as number[]))
    : sizes.length === 1
      ? sizes[0]
      : undefined;
}

/** `pad_sequence(tensors)`: side by side, as long as the longest. */
function padded(engine: Evaluator, args: CallArguments): PyValue {
  const [from, first] = take(args, "sequences batch_first? padding_value? padding_side?") ?? [];
  const all = from && engine.iterate(from);
  const isFirst = isTrue(first, false);
  const tensors = all?.filter((t) => isTensorValue(t));
  if (!all || !tensors || isFirst === undefined || tensors.length !== all.length || all.length === 0) return LOST;
  const [one] = tensors;
  if (!one?.shape || one.shape.length === 0 || tensors.some((t) => t.shape?.length !== one.shape?.length)) return LOST;
  const time = longest(tensors.map((t) => t.shape?.[0]));
  const made = engine.tensor([time, tensors.length, ...one.shape.slice(1)], { dtype: one.dtype });
  return isFirst ? swapped(made) : made;
}

const CALLS: Readonly<Record<string, (engine: Evaluator, args: CallArguments) => PyValue>> = {
  pad_sequence: padded,
  pack_padded_sequence: (engine, args) => {
    const [input, lengths, first, sorted] = take(args, "input lengths batch_first? enforce_sorted?") ?? [];
    const [isFirst, isSorted] = [isTrue(first, false), isTrue(sorted, true)];
    if (!isTensorValue(input) || isFirst === undefined) return LOST;
    return packed(engine, {
      padded: isFirst ? swapped(input) : input,
      lengths: lengthsOf(lengths),
      isSorted: isSorted ?? false,
    });
  },
  pack_sequence: (engine, args) => {
    const [from, sorted] = take(args, "sequences enforce_sorted?") ?? [];
    const rows = from ? padded(engine, { ...args, positional: [from], byKeyword: new Map() }) : LOST;
    const all = (from && engine.iterate(from))?.map((t) => (isTensorValue(t) ? t.shape?.[0] : undefined));
    const lengths = all?.every((n) => typeof n === "number") ? (all as number[]) : undefined;
    return isTensorValue(rows)
      ? packed(engine, { padded: rows, lengths, isSorted: isTrue(sorted, true) ?? false })
      : LOST;
  },
  pad_packed_sequence: (engine, args) => {
    const [from, first, , total] = take(args, "sequence batch_first? padding_value? total_length?") ?? [];
    const rows = from && packs.get(from);
    const isFirst = isTrue(first, false);
    if (!rows || isFirst === undefined) return LOST;
    const [time, batch, ...features] = rows.padded.shape ?? [];
    const length = !total || isNoneValue(total) ? time : isIntValue(total) ? total.value : undefined;
    const made = engine.tensor(rows.padded.shape && [length, batch, ...features], { dtype: rows.padded.dtype });
    const lengths = engine.tensor([batch], { dtype: "int", numbers: rows.lengths });
    return tupleValue([isFirst ? swapped(made) : made, lengths]);
  },
};

/** Calls what `torch.nn.utils.rnn` has; undefined where it has nothing of this name. */
export function rowsCall(engine: Evaluator, path: string, args: CallArguments): PyValue | undefined {
  const name = /^torch\.nn\.utils\.rnn\.(\w+)$/.exec(path)?.[1] ?? "";
  return Object.hasOwn(CALLS, name) && !args.uncertain ? CALLS[name]?.(engine, args) : undefined;
}

/** Calls a recurrent layer with packed rows, of which it makes packed rows; undefined for any other call. */
export function callWithRows(
  engine: Evaluator,
  layer: LayerValue,
  args: CallArguments,
  run: (args: CallArguments) => PyValue,
): PyValue | undefined {
  const [first, ...rest] = args.positional;
  const rows = first && packs.get(first);
  if (!rows || !/^(RNN|LSTM|GRU)$/.test(layer.op.name)) return undefined;
  const isFirst = layer.args.batch_first === true;
  const made = run({ ...args, positional: [isFirst ? swapped(rows.padded) : rows.padded, ...rest] });
  if (!isTupleValue(made)) return made;
  const [out, ...hidden] = made.items;
  if (!isTensorValue(out)) return made;
  return { ...made, items: [packed(engine, { ...rows, padded: isFirst ? swapped(out) : out }), ...hidden] };
}
