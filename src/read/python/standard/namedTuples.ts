import { keywordEntries } from "../dicts.js";
import type { Evaluator } from "../evaluator.js";
import { drain } from "../iterators.js";
import { take } from "../taking.js";
import { isNoneValue, isStringValue } from "../valueKinds.js";
import {
  type CallArguments,
  dictValue,
  type NativeValue,
  NONE,
  nativeValue,
  type PyValue,
  stringValue,
  tupleValue,
  unknown,
} from "../values.js";

const LOST = unknown("Its fields are not known.");

type Tuple = Extract<PyValue, { kind: "tuple" }>;

/** The fields of the classes that `namedtuple` made. */
const classes = new WeakMap<NativeValue, readonly string[]>();

/** `collections.namedtuple("Point", "x y")`: a class whose objects are tuples with names. */
export function namedTuple(engine: Evaluator, args: CallArguments): PyValue {
  const [name, fields, defaults = NONE] = take(args, "typename field_names *defaults?") ?? [];
  const given = isStringValue(fields) ? undefined : fields && drain(engine, fields);
  const names = isStringValue(fields)
    ? fields.value
        .replaceAll(",", " ")
        .split(" ")
        .filter((each) => each !== "")
    : given?.map((field) => (isStringValue(field) ? field.value : ""));
  const last = isNoneValue(defaults) ? [] : drain(engine, defaults);
  const isRefused = !names?.every((each) => /^[a-zA-Z]\w*$/.test(each)) || new Set(names).size !== names.length;
  if (!isStringValue(name) || !names || isRefused || !last || last.length > names.length) return LOST;
  const first = names.length - last.length;
  return namedTupleClass(engine, name.value, names, new Map(last.map((v, i) => [names[first + i] ?? "", v])));
}

/** A class of named tuples; these fields have defaults. */
export function namedTupleClass(
  engine: Evaluator,
  name: string,
  names: readonly string[],
  defaults: ReadonlyMap<string, PyValue>,
): NativeValue {
  const signature = names.map((each) => `${each}?`).join(" ");
  const cls: NativeValue = nativeValue(name, (args, place) => {
    const items = take(args, signature)?.map((item, i) => item ?? defaults.get(names[i] ?? ""));
    const missing = names.find((_, i) => items && !items[i]);
    if (missing !== undefined && !args.open)
      engine.fail("TypeError", place, `${name} is made without ${missing}.`, `Give ${missing} a value.`);
    return items?.every((item) => item !== undefined) ? { kind: "tuple", items, names, type: cls } : LOST;
  });
  classes.set(cls, names);
  return cls;
}

/** An attribute of a class of named tuples; undefined for other functions. */
export function namedTupleAttribute(engine: Evaluator, cls: NativeValue, name: string): PyValue | undefined {
  const names = classes.get(cls);
  if (!names) return undefined;
  if (name === "__name__") return stringValue(cls.name);
  if (name === "_fields") return tupleValue(names.map(stringValue));
  if (name !== "_make") return undefined;
  const call: NativeValue["call"] = (args, place, callee) => {
    const [from] = take(args, "/iterable") ?? [];
    const positional = from && drain(engine, from);
    return positional ? cls.call({ ...args, positional, places: [] }, place, callee) : LOST;
  };
  return nativeValue(name, call);
}

/** An attribute of a named tuple; undefined for other tuples, and for what tuples have themselves. */
export function namedFieldAttribute(v: Tuple, name: string): PyValue | undefined {
  const { names, type } = v;
  if (!names || !type) return undefined;
  if (name === "_fields") return tupleValue(names.map(stringValue));
  if (name === "_asdict") {
    const entries = keywordEntries(new Map(names.map((each, i) => [each, v.items[i] ?? LOST])));
    return nativeValue(name, (args) => (take(args, "") ? dictValue(entries) : LOST));
  }
  if (name !== "_replace") return undefined;
  const call: NativeValue["call"] = ({ positional, byKeyword, uncertain }) => {
    const isKnown =
      !uncertain && positional.length === 0 && [...byKeyword.keys()].every((each) => names.includes(each));
    return isKnown ? { ...v, items: v.items.map((item, i) => byKeyword.get(names[i] ?? "") ?? item) } : LOST;
  };
  return nativeValue(name, call);
}
