import { given } from "./arguments.js";
import { inert } from "./attributes.js";
import { DESCRIPTORS } from "./descriptors.js";
import { dictMember } from "./dictObjects.js";
import { loseTrackOf, loseValue } from "./escape.js";
import type { Evaluator } from "./evaluator.js";
import { NUMBERS } from "./numbers.js";
import { OBJECTS } from "./objectBuiltins.js";
import { blankObject } from "./objects.js";
import { removePlainly } from "./removeAttribute.js";
import { SEQUENCES } from "./sequenceBuiltins.js";
import { setPlainly } from "./setAttribute.js";
import { streamBuiltin } from "./streams.js";
import type { Place } from "./syntax.js";
import { isBuiltinType } from "./types.js";
import { isClassValue, isStringValue } from "./valueKinds.js";
import { type CallArguments, libraryAt, NONE, notFollowed, type PyValue, stringValue, unknown } from "./values.js";

type Call = (engine: Evaluator, args: CallArguments, place: Place) => PyValue;

/** What changes nothing that it is given, and of which only that is known. */
const HARMLESS = new Set("id dir input open bytes help memoryview object bytearray complex ascii".split(" "));

let known: Readonly<Record<string, Call>> | undefined;

/** The functions by name; put together at the first call, when all of these files are loaded, whichever came first. */
function functions(): Readonly<Record<string, Call>> {
  known ??= { ...SEQUENCES, ...NUMBERS, ...OBJECTS, ...DESCRIPTORS };
  return known;
}

/** What objects have of Python itself, called by the class. */
const OF_OBJECT: Readonly<Record<string, Call>> = {
  "object.__init__": () => NONE,
  "object.__setattr__": (engine, { positional: [of, name, value] }) => {
    if (of && isStringValue(name) && value) setPlainly(engine, of, name.value, value);
    else if (of) loseValue(engine.journal, of);
    return NONE;
  },
  "object.__getattribute__": (engine, args, place) => (OBJECTS.getattr as Call)(engine, args, place),
  "object.__delattr__": (engine, { positional: [of, name] }) => {
    if (of && isStringValue(name)) removePlainly(engine, of, name.value);
    else if (of) loseValue(engine.journal, of);
    return NONE;
  },
  "object.__new__": (engine, { positional: [cls] }, place) =>
    isClassValue(cls) ? blankObject(engine, cls, given(), place) : notFollowed("object.__new__ here"),
};

/** A name that Python has without an import. */
export function builtin(name: string): PyValue | undefined {
  if (name === "__name__") return stringValue("__main__");
  if (name === "print") return inert(name, NONE);
  if (Object.hasOwn(functions(), name) || (isBuiltinType(`builtins.${name}`) && name !== "ellipsis"))
    return libraryAt(`builtins.${name}`);
  if (name === "eval") return libraryAt("builtins.eval");
  if (name === "NotImplemented") return libraryAt("builtins.NotImplemented");
  if (HARMLESS.has(name)) return inert(name, notFollowed(name));
  return undefined;
}

/** Calls a function of Python itself; undefined where there is none of that name. */
export function callBuiltin(engine: Evaluator, name: string, args: CallArguments, place: Place): PyValue | undefined {
  const streamed = streamBuiltin(name, args);
  if (streamed) return streamed;
  if (HARMLESS.has(name)) return notFollowed(name);
  if (Object.hasOwn(functions(), name)) {
    if (!args.uncertain) return (functions()[name] as Call)(engine, args, place);
    loseTrackOf(engine.journal, args);
    return unknown("Its arguments are not known.");
  }
  if (Object.hasOwn(OF_OBJECT, name) && !args.uncertain) return (OF_OBJECT[name] as Call)(engine, args, place);
  // `str.upper(text)` is `text.upper()`.
  const [type = "", method, ...more] = name.split(".");
  const [self, ...positional] = args.positional;
  if (method === undefined) return undefined;
  const inherited = self && type === "dict" && more.length === 0 ? dictMember(engine, self, method) : undefined;
  if (inherited && !args.uncertain) return engine.call(inherited, { ...args, positional }, place, place);
  if (more.length > 0 || !self || !isOfType(self, type) || args.uncertain) {
    loseTrackOf(engine.journal, args);
    return notFollowed(`${name} here`);
  }
  return engine.call(engine.memberOf(self, method, place), { ...args, positional }, place, place);
}

const OWNERS: Readonly<Partial<Record<PyValue["kind"], string>>> = {
  string: "str",
  list: "list",
  dict: "dict",
  tuple: "tuple",
  int: "int",
  float: "float",
  set: "set",
};

const isOfType = (v: PyValue, type: string): boolean => OWNERS[v.kind] === type;
