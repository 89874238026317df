import { fieldSpecification, fieldsOf } from "./dataclasses.js";
import type { Evaluator } from "./evaluator.js";
import { isExceptionName } from "./exceptions.js";
import { behind } from "./functionAttribute.js";
import { usualDefault } from "./usualDefault.js";
import {
  isClassValue,
  isFunctionValue,
  isInstanceValue,
  isLibraryValue,
  isMethodValue,
  isUnknownValue,
} from "./valueKinds.js";
import {
  boolValue,
  type CallArguments,
  dictValue,
  type FunctionValue,
  int,
  libraryAt,
  NONE,
  notFollowed,
  type PyValue,
  stringValue,
  tupleValue,
  unknown,
} from "./values.js";

type Call = (engine: Evaluator, args: CallArguments) => PyValue;

const record = (parts: Readonly<Record<string, PyValue>>): PyValue => ({
  kind: "tuple",
  names: Object.keys(parts),
  items: Object.values(parts),
});

const dictOf = (pairs: readonly (readonly [string, PyValue])[]): PyValue =>
  dictValue(new Map(pairs.map(([name, value]) => [`s:${name}`, [stringValue(name), value]] as const)));

/** The kinds of parameters, as `inspect` numbers them. */
const PARAMETER_KINDS = { plain: 1, rest: 2, "keyword-only": 3, keywords: 4 } as const;

/** `inspect.signature(function)`: the parameters of what it stands for. */
const signature: Call = (_, { positional: [given] }) => {
  const fn = given && behind(given);
  if (!isFunctionValue(fn)) return unknown("Its parameters are not known.");
  const isBound = isMethodValue(given) || (fn as FunctionValue).how === "class";
  const parameters = fn.params.slice(isBound ? 1 : 0).map((p): readonly [string, PyValue] => [
    p.name,
    record({
      name: stringValue(p.name),
      kind: int(PARAMETER_KINDS[p.kind]),
      default: fn.fallbacks.get(p.name) ?? libraryAt("inspect.Parameter.empty"),
      empty: libraryAt("inspect.Parameter.empty"),
      POSITIONAL_ONLY: int(0),
      POSITIONAL_OR_KEYWORD: int(1),
      VAR_POSITIONAL: int(2),
      KEYWORD_ONLY: int(3),
      VAR_KEYWORD: int(4),
      annotation: notFollowed("annotations"),
    }),
  ]);
  return record({ parameters: dictOf(parameters) });
};

const fields: Call = (_, { positional: [of] }) => {
  const cls = isInstanceValue(of) ? of.cls : of;
  const all = isClassValue(cls) ? fieldsOf(cls) : undefined;
  return all
    ? tupleValue(all.map((f) => record({ name: stringValue(f.name), default: f.fallback ?? NONE })))
    : unknown("Its fields are not known.");
};

/** The fields of an object with their values, those of objects within it too. */
function asDict(of: PyValue, depth = 0): PyValue {
  const all = isInstanceValue(of) && depth < 8 ? fieldsOf(of.cls) : undefined;
  if (!isInstanceValue(of) || !all) return of;
  return dictOf(
    all.map((f) => [f.name, asDict(of.attributes.get(f.name) ?? unknown("It is not known."), depth + 1)] as const),
  );
}

const replace: Call = (engine, { positional: [of], byKeyword, ...rest }) => {
  const all = isInstanceValue(of) ? fieldsOf(of.cls) : undefined;
  if (!isInstanceValue(of) || !all) return unknown("Its fields are not known.");
  const kept = all
    .filter((f) => f.isArgument)
    .flatMap((f): readonly (readonly [string, PyValue])[] => {
      const value = byKeyword.get(f.name) ?? of.attributes.get(f.name);
      return value ? [[f.name, value]] : [];
    });
  return engine.call(of.cls, { ...rest, positional: [], byKeyword: new Map(kept) }, of.site, of.site);
};

const CALLS: Readonly<Record<string, Call>> = {
  "inspect.signature": signature,
  "inspect.isfunction": (_, { positional: [v] }) => boolValue(isFunctionValue(v)),
  "inspect.isclass": (_, { positional: [v] }) =>
    isUnknownValue(v) || isLibraryValue(v) ? unknown("It is not known.") : boolValue(isClassValue(v)),
  "dataclasses.field": (_, args) => fieldSpecification(args),
  "dataclasses.fields": fields,
  "dataclasses.asdict": (_, { positional: [of] }) => (of ? asDict(of) : unknown("It is not known.")),
  "dataclasses.replace": replace,
  "dataclasses.is_dataclass": (_, { positional: [of] }) => {
    const cls = isInstanceValue(of) ? of.cls : of;
    return isClassValue(cls) ? boolValue(fieldsOf(cls) !== undefined) : unknown("It is not known.");
  },
  "enum.auto": () => libraryAt("enum.auto()"),
  "os.environ.get": environment,
  "os.getenv": environment,
  "typing.cast": (_, { positional: [, v] }) => v ?? unknown("It is not known."),
  "warnings.warn": () => NONE,
  "warnings.filterwarnings": () => NONE,
  "warnings.simplefilter": () => NONE,
};

/** What the environment says of a name, where it may say nothing. */
function environment(_: Evaluator, { positional: [, fallback], byKeyword }: CallArguments): PyValue {
  return usualDefault(fallback ?? byKeyword.get("default") ?? NONE, "It comes from the environment.");
}

/** Calls what Python has for functions, classes and exceptions; undefined where there is nothing of this name. */
export function languageCall(engine: Evaluator, path: string, args: CallArguments): PyValue | undefined {
  const name = path.replace(/^builtins\./, "");
  if (path !== name && isExceptionName(name)) return { kind: "exception", name, args: args.positional };
  if (!Object.hasOwn(CALLS, path)) return undefined;
  return args.uncertain ? unknown("Its arguments are not known.") : CALLS[path]?.(engine, args);
}
