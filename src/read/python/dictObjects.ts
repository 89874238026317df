import { classesOf } from "./classes.js";
import { dictMethod, entriesFrom, keywordEntries, mergedEntries, setEntries, withEntry } from "./dicts.js";
import { loseValue } from "./escape.js";
import type { Evaluator } from "./evaluator.js";
import { entryOf } from "./hashing.js";
import { iteratorOver } from "./iterators.js";
import { refuseMissing } from "./missing.js";
import type { Place } from "./syntax.js";
import { take } from "./taking.js";
import { BASE } from "./torch/modules.js";
import { isClassValue, isDictValue, isFunctionValue, isInstanceValue, isLibraryValue } from "./valueKinds.js";
import {
  type CallArguments,
  type ClassValue,
  type DictValue,
  dictValue,
  type InstanceValue,
  int,
  type NativeValue,
  NONE,
  nativeValue,
  notKnown,
  type PyValue,
  stringValue,
  unknown,
} from "./values.js";

const DICTS = /^(?:builtins\.dict|collections\.OrderedDict)$/;

/** The dictionary that an object of a class is when it is made; undefined where the class is derived from none, or from more than that. */
export function emptyDictOf(cls: ClassValue): DictValue | undefined {
  const others = classesOf(cls).filter((c) => !isClassValue(c) && !(isLibraryValue(c) && c.path === "builtins.object"));
  const [only, ...more] = others;
  if (!isLibraryValue(only) || more.length > 0 || !DICTS.test(only.path)) return undefined;
  return only.path === "builtins.dict"
    ? dictValue(new Map())
    : { kind: "dict", type: "OrderedDict", entries: new Map() };
}

/** The entries that an object has by being a dictionary; undefined where it is none, or one of which nothing is known. */
export function dictWithin(value: PyValue | undefined): DictValue | undefined {
  const base = isInstanceValue(value) && !value.escaped ? value.attributes.get(BASE) : undefined;
  return isDictValue(base) ? base : undefined;
}

/** The name of what an object has that is its own `__dict__`, so that its entries are its attributes. */
export const HAS_ENTRIES_AS_ATTRIBUTES = "(entries as attributes)";

/** Whether the entries of an object are its attributes, or may be. */
export const hasEntriesAsAttributes = (self: InstanceValue): boolean => self.attributes.has(HAS_ENTRIES_AS_ATTRIBUTES);

/** The entry of an object whose entries are its attributes; undefined where there is none. */
export function entryNamed(self: InstanceValue, name: string): PyValue | undefined {
  const dict = hasEntriesAsAttributes(self) ? dictWithin(self) : undefined;
  const isSure = !self.attributes.maybe?.has(HAS_ENTRIES_AS_ATTRIBUTES);
  const entry = dict && isSure ? entryOf(dict.entries, stringValue(name)) : undefined;
  if (entry === undefined) return dict && !name.startsWith("__") ? unknown("Its entries are not known.") : undefined;
  return entry?.[1];
}

const overrides = (cls: ClassValue, names: readonly string[]): boolean =>
  classesOf(cls).some((c) => isClassValue(c) && (c.escaped || names.some((name) => c.members.has(name))));

/** An object as the dictionary that it is, unless its class has its own way of any of these; any other value as it is. */
export function plainDict<T extends PyValue | undefined>(value: T, ...names: readonly string[]): T | DictValue {
  const dict = dictWithin(value);
  return dict && isInstanceValue(value) && !overrides(value.cls, names) ? dict : value;
}

/** What going through the entries of a dictionary may call. */
export const READING = ["__getitem__", "__iter__", "keys", "items"] as const;

/** Methods of dictionaries that call none of those which a class may have its own way of; those of OrderedDict call more. */
const METHODS = new Set("get pop popitem setdefault update copy clear items keys values".split(" "));
const METHODS_OF_ORDERED = new Set("get clear items keys values move_to_end".split(" "));
const MAGIC = ["__getitem__", "__setitem__", "__delitem__", "__contains__", "__missing__"] as const;

type Magic = (engine: Evaluator, self: InstanceValue, dict: DictValue, args: CallArguments, place: Place) => PyValue;

const become = (engine: Evaluator, dict: DictValue, entries: DictValue["entries"]): PyValue => {
  setEntries(engine, dict, entries);
  return NONE;
};

const OWN: Readonly<Record<string, Magic>> = {
  __init__: (engine, { cls }, dict, args) => {
    const [from, ...rest] = args.positional;
    const isOwnWay = dict.type === "OrderedDict" && overrides(cls, ["__setitem__"]);
    const isKnown = rest.length === 0 && !args.uncertain && !(isOwnWay && (from || args.byKeyword.size > 0));
    const added = isKnown
      ? mergedEntries(entriesFrom(engine, plainDict(from, ...READING)), keywordEntries(args.byKeyword))
      : undefined;
    return become(engine, dict, mergedEntries(dict.entries, added));
  },
  __getitem__: (engine, self, dict, args, place) => {
    const [key] = take(args, "/key") ?? [];
    const entry = entryOf(dict.entries, key);
    if (entry) return entry[1];
    if (!key || entry === undefined) return unknown("Which entry is not known.");
    for (const c of classesOf(self.cls)) {
      const missing = isClassValue(c) ? c.members.get("__missing__") : undefined;
      if (isFunctionValue(missing))
        return engine.call({ kind: "method", fn: missing, self }, { ...args, positional: [key] }, place, place);
      if (missing) return unknown("What stands for an entry that is missing is not known.");
    }
    refuseMissing(engine, dict, key, place);
    return unknown("Which entry is not known.");
  },
  __setitem__: (engine, _, dict, args) => {
    const [key, value] = take(args, "/key /value") ?? [];
    return become(engine, dict, key && value ? withEntry(dict.entries, key, value) : undefined);
  },
  __delitem__: (engine, _, dict, args) => {
    const [key] = take(args, "/key") ?? [];
    const entry = entryOf(dict.entries, key);
    return become(engine, dict, entry ? new Map([...(dict.entries ?? [])].filter(([, e]) => e !== entry)) : undefined);
  },
  __contains__: (_, __, dict, args) => {
    const entry = entryOf(dict.entries, take(args, "/key")?.[0]);
    return entry === undefined ? unknown("Whether it is there is not known.") : { kind: "bool", value: entry !== null };
  },
  __len__: (_, __, dict) => (dict.entries ? int(dict.entries.size) : unknown("Its entries are not known.")),
  __iter__: (engine, _, dict) => iteratorOver(engine, dict) ?? unknown("Its entries are not known."),
};

/** Whether a name certainly is nothing that an object has by being a dictionary, nor anything of its classes. */
export function isBeyondDict(self: InstanceValue, name: string): boolean {
  const isOfDict = METHODS.has(name) || METHODS_OF_ORDERED.has(name) || name === "fromkeys" || name.startsWith("__");
  return dictWithin(self) !== undefined && !isOfDict && !overrides(self.cls, [name]);
}

/** What an object has of its own by being a dictionary; undefined where that is nothing. */
export function dictMember(engine: Evaluator, self: PyValue, name: string): PyValue | undefined {
  const dict = dictWithin(self);
  if (!dict || !isInstanceValue(self)) return undefined;
  const magic = Object.hasOwn(OWN, name) ? OWN[name] : undefined;
  if (magic) return nativeValue(name, (args, place) => magic(engine, self, dict, args, place));
  const isOrdered = dict.type === "OrderedDict";
  if (!METHODS.has(name) && !(isOrdered && name === "move_to_end")) return undefined;
  // A copy of an OrderedDict is of the object's own class.
  const isPlain = !isOrdered || METHODS_OF_ORDERED.has(name) || (name !== "copy" && !overrides(self.cls, MAGIC));
  if (isPlain) return dictMethod(engine, dict, name);
  const native: NativeValue["call"] = () => {
    if (name !== "copy") loseValue(engine.journal, self);
    return notKnown(`${name} of ${self.cls.name}`);
  };
  return { kind: "native", name, call: native, owner: self };
}
