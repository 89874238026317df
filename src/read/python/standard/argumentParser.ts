import { given } from "../arguments.js";
import { keywordEntries } from "../dicts.js";
import type { Evaluator } from "../evaluator.js";
import { drain } from "../iterators.js";
import { Names } from "../journal.js";
import type { Place } from "../syntax.js";
import { isFloatValue, isIntValue, isListValue, isNoneValue, isStringValue, isTupleValue } from "../valueKinds.js";
import {
  anything,
  type CallArguments,
  type ClassValue,
  type DictValue,
  dictValue,
  type InstanceValue,
  type NativeValue,
  NONE,
  type PyValue,
  tupleValue,
} from "../values.js";

const plainClass = (name: string): ClassValue => ({
  kind: "class",
  name,
  nameAt: { from: 0, to: 0 },
  bases: [],
  members: new Names(),
  body: [],
});

const NAMESPACES: Readonly<Record<string, ClassValue>> = {
  "argparse.Namespace": plainClass("Namespace"),
  "types.SimpleNamespace": plainClass("SimpleNamespace"),
};

/** An object with these attributes and no others, unless `isOpen`. */
function namespace(
  cls: ClassValue,
  values: Iterable<readonly [string, PyValue]>,
  site: Place,
  isOpen: boolean,
): PyValue {
  const attributes = new Names();
  for (const [name, value] of values) attributes.set(name, value);
  const made: InstanceValue = { kind: "instance", cls, attributes, site, made: given() };
  if (isOpen) made.escaped = true;
  return made;
}

/**
 * Whether an argument has its default wherever nobody says another value: a number, a text, a list of them. A switch, or a default that
 * stands for none, is there to be set.
 */
function isUsual(v: PyValue): boolean {
  if (isIntValue(v)) return typeof v.value === "number" && v.value >= 0;
  if (isListValue(v) || isTupleValue(v)) return v.items?.every(isUsual) ?? false;
  return isFloatValue(v) || (isStringValue(v) && v.value !== "");
}

/** The name under which an argument is kept: `--hidden-size` is `hidden_size`. */
function destination({ positional, byKeyword }: CallArguments): string | undefined {
  const dest = byKeyword.get("dest");
  if (dest) return isStringValue(dest) ? dest.value : undefined;
  const flags = positional.map((v) => (isStringValue(v) ? v.value : ""));
  const flag = flags.find((each) => each.startsWith("--")) ?? flags[0];
  return flag?.replace(/^-+/, "").replaceAll("-", "_") || undefined;
}

function defaultOf(engine: Evaluator, { byKeyword }: CallArguments, place: Place): PyValue {
  const open = anything("It is given on the command line.");
  const value = byKeyword.get("default");
  const type = byKeyword.get("type");
  const required = byKeyword.get("required");
  if (!value || byKeyword.has("action") || (required && !isNoneValue(required))) return open;
  // A text is read like one that is given on the command line.
  const read =
    isStringValue(value) && type && !isNoneValue(type) ? engine.call(type, given(value), place, place) : value;
  return isUsual(read) ? read : open;
}

/** `argparse.ArgumentParser()`: arguments have their defaults, as in a run that says none. */
function parser(engine: Evaluator): PyValue {
  const known: DictValue = dictValue(new Map());
  const native = (name: string, call: NativeValue["call"]): readonly [string, PyValue] => [
    name,
    { kind: "native", name, call, owner: known },
  ];
  const keep = (name: string, value: PyValue): void =>
    engine.journal.set(
      known,
      "entries",
      known.entries && new Map([...known.entries, ...(keywordEntries(new Map([[name, value]])) ?? [])]),
    );
  const parsed = (place: Place): PyValue =>
    namespace(
      NAMESPACES["argparse.Namespace"] as ClassValue,
      [...(known.entries?.values() ?? [])].map(([key, v]) => [isStringValue(key) ? key.value : "", v] as const),
      place,
      // A group of a group, or a parent, may have brought more.
      true,
    );
  const lose = (): void => engine.journal.set(known, "entries", undefined);
  const members = new Map<string, PyValue>([
    native("add_argument", (args, place) => {
      const name = args.uncertain ? undefined : destination(args);
      if (name === undefined) lose();
      else keep(name, defaultOf(engine, args, place));
      return anything("It is an argument of the program.");
    }),
    native("set_defaults", ({ byKeyword, uncertain }) => {
      if (uncertain) lose();
      for (const [name, value] of byKeyword) keep(name, isUsual(value) ? value : anything("It is set later."));
      return NONE;
    }),
    native("parse_args", (args, place) => {
      const from = args.positional[0] ?? args.byKeyword.get("args");
      const isPlain = !from || isNoneValue(from) || drain(engine, from)?.length === 0;
      return isPlain && args.positional.length < 2 ? parsed(place) : anything("It comes from the command line.");
    }),
    native("parse_known_args", (_, place) => tupleValue([parsed(place), anything("It is left over.")])),
    native("add_subparsers", () => {
      lose();
      return anything("It reads a part of the command line.");
    }),
    ...["print_help", "print_usage"].map((name) => native(name, () => NONE)),
  ]);
  const made: PyValue = { kind: "tuple", names: [...members.keys()], items: [...members.values()] };
  const groups = ["add_argument_group", "add_mutually_exclusive_group"].map((name) => native(name, () => made));
  return {
    ...made,
    names: [...members.keys(), ...groups.map(([n]) => n)],
    items: [...members.values(), ...groups.map(([, g]) => g)],
  };
}

/** Calls what makes parsers of the command line and plain objects with attributes; undefined where there is nothing of this name. */
export function argumentCall(engine: Evaluator, path: string, args: CallArguments, place: Place): PyValue | undefined {
  if (path === "argparse.ArgumentParser") return parser(engine);
  const cls = Object.hasOwn(NAMESPACES, path) ? NAMESPACES[path] : undefined;
  return cls && namespace(cls, args.byKeyword, place, args.uncertain || args.positional.length > 0);
}
