import { given } from "../arguments.js";
import { keywordEntries } from "../dicts.js";
import type { Evaluator } from "../evaluator.js";
import { drain } from "../iterators.js";
import { Names } from "../journal.js";
import type { Place } from "../syntax.js";
import { usualDefault } from "../usualDefault.js";
import { isLibraryValue, isNoneValue, isStringValue } from "../valueKinds.js";
import {
  anything,
  type CallArguments,
  type ClassValue,
  type DictValue,
  dictValue,
  type InstanceValue,
  libraryAt,
  type NativeValue,
  NONE,
  type PyValue,
  tupleValue,
} from "../values.js";

const plainClass = (name: string, bases: ClassValue["bases"] = []): ClassValue => ({
  kind: "class",
  name,
  nameAt: { from: 0, to: 0 },
  bases,
  members: new Names(),
  body: [],
});

const NAMESPACES: Readonly<Record<string, ClassValue>> = {
  // What is not seen to be set may have come from a parser in a way of its own.
  "argparse.Namespace": plainClass("Namespace", [libraryAt("argparse.Namespace")]),
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

const FROM_OUTSIDE = "It is given on the command line.";

/** The name under which an argument is kept: `--hidden-size` is `hidden_size`. */
function destination({ positional, byKeyword }: CallArguments): string | undefined {
  const dest = byKeyword.get("dest");
  if (dest) return isStringValue(dest) ? dest.value : undefined;
  const flags = positional.map((v) => (isStringValue(v) ? v.value : ""));
  const flag = flags.find((each) => each.startsWith("--")) ?? flags[0];
  return flag?.replace(/^-+/, "").replaceAll("-", "_") || undefined;
}

function defaultOf(engine: Evaluator, { byKeyword }: CallArguments, place: Place): PyValue {
  const open = anything(FROM_OUTSIDE);
  const value = byKeyword.get("default");
  const type = byKeyword.get("type");
  const required = byKeyword.get("required");
  if (!value || byKeyword.has("action") || (required && !isNoneValue(required))) return open;
  // A text is read like one that is given on the command line.
  const read =
    isStringValue(value) && type && !isNoneValue(type) ? engine.call(type, given(value), place, place) : value;
  return usualDefault(read, FROM_OUTSIDE);
}

/** Whether an argument is one that is kept when it is parsed, under its own name. */
function isKept({ byKeyword }: CallArguments): boolean {
  const action = byKeyword.get("action");
  const isSuppressed = [...byKeyword.values()].some((v) => isLibraryValue(v) && v.path === "argparse.SUPPRESS");
  return !isSuppressed && (!action || (isStringValue(action) && !/^(help|version|parsers)$/.test(action.value)));
}

/** `argparse.ArgumentParser()`: arguments have their defaults, as in a run that says none. */
function parser(engine: Evaluator, { byKeyword, uncertain }: CallArguments): PyValue {
  const known: DictValue = dictValue(new Map());
  /** Whether all names that a parsed line has are known. */
  let isWhole = !uncertain && !byKeyword.has("parents") && !byKeyword.has("argument_default");
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
      !isWhole || !known.entries,
    );
  /** Whether a call reads a line that says nothing, or one from outside, into an object of its own. */
  const isPlain = ({ positional, byKeyword: named, uncertain }: CallArguments): boolean => {
    const line = positional[0] ?? named.get("args");
    const isOwn = !line || isNoneValue(line);
    const saysNothing = isOwn ? !engine.patched.has("sys.argv") : drain(engine, line)?.length === 0;
    return saysNothing && !uncertain && positional.length < 2 && !named.has("namespace");
  };
  const lose = (): void => engine.journal.set(known, "entries", undefined);
  const members = new Map<string, PyValue>([
    native("add_argument", (args, place) => {
      const name = args.uncertain ? undefined : destination(args);
      isWhole &&= isKept(args);
      if (name === undefined) lose();
      else keep(name, defaultOf(engine, args, place));
      return anything("It is an argument of the program.");
    }),
    native("set_defaults", ({ byKeyword, uncertain }) => {
      if (uncertain) lose();
      for (const [name, value] of byKeyword) keep(name, usualDefault(value, "It is set later."));
      return NONE;
    }),
    native("parse_args", (args, place) =>
      isPlain(args) ? parsed(place) : anything("It comes from the command line."),
    ),
    native("parse_known_args", (args, place) => {
      const line = args.positional[0] ?? args.byKeyword.get("args");
      const isEmpty = isPlain(args) && line !== undefined && !isNoneValue(line);
      const rest: PyValue = isEmpty ? { kind: "list", items: [] } : anything("It is left over.");
      return tupleValue([isPlain(args) ? parsed(place) : anything("It comes from the command line."), rest]);
    }),
    native("add_subparsers", () => {
      lose();
      return anything("It reads a part of the command line.");
    }),
    ...["print_help", "print_usage"].map((name) => native(name, () => NONE)),
  ]);
  // A group, and a group of that, takes arguments for the parser that it belongs to.
  for (const name of ["add_argument_group", "add_mutually_exclusive_group"]) members.set(...native(name, () => made));
  const made: PyValue = { kind: "tuple", names: [...members.keys()], items: [...members.values()] };
  return made;
}

/** Calls what makes parsers of the command line and plain objects with attributes; undefined where there is nothing of this name. */
export function argumentCall(engine: Evaluator, path: string, args: CallArguments, place: Place): PyValue | undefined {
  if (path === "argparse.ArgumentParser") return parser(engine, args);
  const cls = Object.hasOwn(NAMESPACES, path) ? NAMESPACES[path] : undefined;
  return cls && namespace(cls, args.byKeyword, place, args.uncertain || args.positional.length > 0);
}
