import type { Evaluator } from "../evaluator.js";
import { isIntValue, isStringValue } from "../valueKinds.js";
import {
  type CallArguments,
  int,
  NONE,
  nativeValue,
  type PyValue,
  stringValue,
  tupleValue,
  unknown,
} from "../values.js";

type Call = (engine: Evaluator, args: CallArguments) => PyValue | undefined;

/** Texts and patterns that are longer are not looked at. */
const MAX_LENGTH = 400;

const text = (value: string | undefined): PyValue => (value === undefined ? NONE : stringValue(value));

/** What Python's expressions mean otherwise than JavaScript's, or what may take long: those are not followed. */
const OTHER = /\(\?[^:=!]|\\[AZbB]|\{,|[*+}]\)[*+{]|\\N|\$/;

/** A pattern of Python's as JavaScript has it; undefined where the two may differ. */
function expression(pattern: PyValue | undefined, flags: string): RegExp | undefined {
  const source = isStringValue(pattern) ? pattern.value : undefined;
  if (source === undefined || source.length > MAX_LENGTH || OTHER.test(source)) return undefined;
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

const subject = (v: PyValue | undefined): string | undefined =>
  isStringValue(v) && v.value.length <= MAX_LENGTH && /^[\x20-\x7e]*$/.test(v.value) ? v.value : undefined;

/** A match, with the methods by which it is asked. */
function matchOf(found: RegExpExecArray | null): PyValue {
  if (!found) return NONE;
  const group = (args: CallArguments): PyValue => {
    const [at = int(0), more] = args.positional;
    const index = isIntValue(at) && typeof at.value === "number" ? at.value : undefined;
    return index === undefined || more || index >= found.length
      ? unknown("Which group is not known.")
      : text(found[index]);
  };
  const groups = (): PyValue => tupleValue(found.slice(1).map(text));
  return {
    kind: "tuple",
    names: ["group", "groups"],
    items: [nativeValue("group", group), nativeValue("groups", groups)],
  };
}

const sought =
  (anchor: (source: string) => string): Call =>
  (_, { positional: [pattern, of], byKeyword }) => {
    const plain = expression(pattern, "");
    const value = subject(of);
    if (!plain || value === undefined || byKeyword.size > 0) return undefined;
    return matchOf(new RegExp(anchor(plain.source)).exec(value));
  };

/** The functions of `re` on short plain texts. */
export const REGULAR_EXPRESSIONS: Readonly<Record<string, Call>> = {
  match: sought((source) => `^(?:${source})`),
  fullmatch: sought((source) => `^(?:${source})$`),
  search: sought((source) => source),
  split: (_, { positional: [pattern, of, more], byKeyword }) => {
    const plain = expression(pattern, "");
    const value = subject(of);
    // Where nothing at all is matched the two languages split in other places.
    if (!plain || value === undefined || more || byKeyword.size > 0 || plain.test("")) return undefined;
    return { kind: "list", items: (value.split(plain) as (string | undefined)[]).map(text) };
  },
  findall: (_, { positional: [pattern, of, more], byKeyword }) => {
    const plain = expression(pattern, "g");
    const value = subject(of);
    if (!plain || value === undefined || more || byKeyword.size > 0 || plain.test("")) return undefined;
    const items = [...value.matchAll(new RegExp(plain.source, "g"))].map((m): PyValue => {
      const groups = m.slice(1).map((g) => text(g ?? ""));
      return groups.length > 1 ? tupleValue(groups) : (groups[0] ?? text(m[0]));
    });
    return { kind: "list", items };
  },
  sub: (_, { positional: [pattern, by, of, more], byKeyword }) => {
    const plain = expression(pattern, "g");
    const value = subject(of);
    const put = isStringValue(by) && !by.value.includes("\\") ? by.value : undefined;
    if (!plain || value === undefined || put === undefined || more || byKeyword.size > 0 || plain.test(""))
      return undefined;
    return text(value.replace(new RegExp(plain.source, "g"), () => put));
  },
};
