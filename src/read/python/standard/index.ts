import { loseTrackOf } from "../escape.js";
import type { Evaluator } from "../evaluator.js";
import { floatOf } from "../integers.js";
import type { Place } from "../syntax.js";
import { take } from "../taking.js";
import { isBoolValue, isFloatValue, isIntValue, isListValue, isTupleValue, isUnknownValue } from "../valueKinds.js";
import { type CallArguments, NONE, type PyValue, stringValue, unknown } from "../values.js";
import { argumentCall } from "./argumentParser.js";
import { numpyArrays } from "./arrays.js";
import { COLLECTIONS } from "./collections.js";
import { COMBINATORICS } from "./combinatorics.js";
import { copyOf, deepCopyOf } from "./copying.js";
import { ITERTOOLS } from "./itertools.js";
import { MATH, MATH_CONSTANTS } from "./math.js";
import { isNearlyKnown, NUMPY } from "./numpy.js";
import { OPERATORS } from "./operators.js";
import { pairCall } from "./pairs.js";
import { FUNCTOOLS } from "./partials.js";
import { REGULAR_EXPRESSIONS } from "./regularExpressions.js";

type Call = (engine: Evaluator, args: CallArguments, place: Place) => PyValue | undefined;

const COPY: Readonly<Record<string, Call>> = {
  copy: (_, args) => {
    const [v] = take(args, "x") ?? [];
    return v && copyOf(v);
  },
  deepcopy: (engine, args) => {
    const [v] = take(args, "x memo?") ?? [];
    return v && deepCopyOf(engine, v);
  },
};

/** What NumPy does with anything but plain numbers and lists of them is another matter. */
const isPlain = (v: PyValue): boolean =>
  isNearlyKnown(v) ||
  /^(int|float|bool|range)$/.test(v.kind) ||
  ((isListValue(v) || isTupleValue(v)) && (v.items?.every(isPlainNumber) ?? false));

const isPlainNumber = (v: PyValue): boolean => isIntValue(v) || isFloatValue(v) || isBoolValue(v);

type Modules = Readonly<Record<string, Readonly<Record<string, Call>>>>;

let known: Modules | undefined;

/** The modules by name; put together at the first call, when all of these files are loaded, whichever came first. */
function modules(): Modules {
  known ??= {
    math: MATH,
    itertools: { ...ITERTOOLS, ...COMBINATORICS },
    functools: FUNCTOOLS,
    operator: OPERATORS,
    collections: COLLECTIONS,
    copy: COPY,
    re: REGULAR_EXPRESSIONS,
  };
  return known;
}

/** Calls a function of Python's standard library, or of NumPy on plain numbers; undefined where there is none of that name. */
export function standardCall(engine: Evaluator, path: string, args: CallArguments, place: Place): PyValue | undefined {
  const own = pairCall(engine, path, args) ?? argumentCall(engine, path, args, place);
  if (own) return own;
  const [module = "", ...rest] = path.split(".");
  const name = rest.join(".");
  if (module === "numpy") {
    const isKnown = !args.uncertain && args.positional.every(isPlain) && [...args.byKeyword.values()].every(isPlain);
    const plain = isKnown && Object.hasOwn(NUMPY, name) ? NUMPY[name]?.(engine, args, place) : undefined;
    return plain && (!isUnknownValue(plain) || isNearlyKnown(plain))
      ? plain
      : (numpyArrays(engine, name, args, place) ?? plain);
  }
  const calls = Object.hasOwn(modules(), module) ? modules()[module] : undefined;
  if (!calls || !Object.hasOwn(calls, name)) return undefined;
  if (!args.uncertain || name === "partial") return calls[name]?.(engine, args, place);
  loseTrackOf(engine.journal, args);
  return unknown("Its arguments are not known.");
}

/** Whether this is the name of a function of the standard library that is followed. */
export function isStandard(path: string): boolean {
  const [module = "", ...rest] = path.split(".");
  return Object.hasOwn(modules(), module) && Object.hasOwn(modules()[module] ?? {}, rest.join("."));
}

/** The public names that are known of a module of the standard library; undefined where none are. */
export function standardNames(module: string): readonly string[] | undefined {
  if (!Object.hasOwn(modules(), module)) return undefined;
  const constants = module === "math" ? Object.keys(MATH_CONSTANTS) : [];
  return [...Object.keys(modules()[module] ?? {}), ...constants].filter((name) => /^[a-zA-Z]\w*$/.test(name));
}

const TEXTS: Readonly<Record<string, string>> = {
  ascii_lowercase: "abcdefghijklmnopqrstuvwxyz",
  ascii_uppercase: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  ascii_letters: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
  digits: "0123456789",
  hexdigits: "0123456789abcdefABCDEF",
  octdigits: "01234567",
  punctuation: "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
  whitespace: " \t\n\r\u000b\u000c",
};

/** Modules of which constants are known. */
const HAS_VALUES = /^(?:math|numpy|string|sys)\./;

/** A constant of the standard library or of NumPy; undefined where there is none of that name. */
export function standardValue(path: string): PyValue | undefined {
  if (!HAS_VALUES.test(path)) return undefined;
  const [module, name = "", ...more] = path.split(".");
  if (more.length > 0) return undefined;
  if ((module === "math" || module === "numpy") && Object.hasOwn(MATH_CONSTANTS, name))
    return floatOf(MATH_CONSTANTS[name]);
  if (module === "string" && Object.hasOwn(TEXTS, name)) return stringValue(TEXTS[name] ?? "");
  if (path === "numpy.newaxis") return NONE;
  if (path === "sys.maxsize") return unknown("It differs from machine to machine.");
  return undefined;
}
