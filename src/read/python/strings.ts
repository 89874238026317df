import type { Evaluator } from "./evaluator.js";
import { formatTemplate } from "./formatTemplate.js";
import { smallNumber } from "./integers.js";
import { drain } from "./iterators.js";
import { listOf, MAX_LENGTH } from "./literals.js";
import { boundsOf } from "./slices.js";
import { take } from "./taking.js";
import { isNoneValue, isStringValue, isTupleValue } from "./valueKinds.js";
import {
  boolValue,
  type CallArguments,
  int,
  NONE,
  nativeValue,
  type PyValue,
  stringValue,
  tupleValue,
  unknown,
} from "./values.js";

const text = (value: string): PyValue => (value.length > MAX_LENGTH ? unknown("It is too long.") : stringValue(value));
const tuple = (...parts: readonly string[]): PyValue => tupleValue(parts.map(text));
const list = (parts: readonly string[]): PyValue => listOf(parts.map(text));

/** A method of a text with its arguments; undefined where Python refuses them, or where they are not known. */
type Method = (value: string, args: CallArguments, engine: Evaluator) => PyValue | undefined;

const SPACE = "[\\s\\x1c-\\x1f\\x85]";
const FIRST = new RegExp(`^${SPACE}+`);
const LAST = new RegExp(`${SPACE}+$`);

const stringOf = (v: PyValue | undefined): string | undefined => (isStringValue(v) ? v.value : undefined);

const plain =
  (of: (value: string) => PyValue | undefined): Method =>
  (value, args) =>
    take(args, "") && of(value);

/** What is only followed for plain letters, since Python's tables and ours may differ elsewhere. */
const ascii = (of: (value: string) => string): Method =>
  plain((value) => (/^[\0-\x7f]*$/.test(value) ? text(of(value)) : undefined));

const isAll = (pattern: RegExp): Method => plain((value) => boolValue(value !== "" && pattern.test(value)));

const isCased = (upper: boolean): Method =>
  plain((value) => {
    const [own, other] = upper ? [/\p{Lu}/u, /\p{Ll}|\p{Lt}/u] : [/\p{Ll}/u, /\p{Lu}|\p{Lt}/u];
    return boolValue(own.test(value) && !other.test(value));
  });

const title = (value: string): string =>
  value.replace(/[a-zA-Z]+/g, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());

const stripped =
  (front: boolean, back: boolean): Method =>
  (value, args) => {
    const [chars = NONE] = take(args, "/chars?") ?? [int(0)];
    if (isNoneValue(chars)) {
      const start = front ? value.replace(FIRST, "") : value;
      return text(back ? start.replace(LAST, "") : start);
    }
    if (!isStringValue(chars)) return undefined;
    const set = new Set(chars.value);
    const letters = [...value];
    while (front && letters.length > 0 && set.has(letters[0] as string)) letters.shift();
    while (back && letters.length > 0 && set.has(letters.at(-1) as string)) letters.pop();
    return text(letters.join(""));
  };

const justified =
  (of: (missing: number, width: number) => number): Method =>
  (value, args) => {
    const [width, fill] = take(args, "/width /fill?") ?? [];
    const [count, sign] = [smallNumber(width), fill ? stringOf(fill) : " "];
    if (count === undefined || sign === undefined || [...sign].length !== 1 || count > MAX_LENGTH) return undefined;
    const missing = Math.max(0, count - [...value].length);
    const left = of(missing, count);
    return text(sign.repeat(left) + value + sign.repeat(missing - left));
  };

const split =
  (fromRight: boolean): Method =>
  (value, args) => {
    const [by = NONE, most = int(-1)] = take(args, "sep? maxsplit?") ?? [int(0)];
    const limit = smallNumber(most);
    const sign = isNoneValue(by) ? undefined : stringOf(by);
    if (limit === undefined || sign === "" || (sign === undefined && !isNoneValue(by))) return undefined;
    const pieces =
      sign !== undefined
        ? value.split(sign)
        : value
            .replace(FIRST, "")
            .replace(LAST, "")
            .split(new RegExp(`${SPACE}+`));
    if (sign === undefined && pieces.length === 1 && pieces[0] === "") return listOf([]);
    if (limit < 0 || pieces.length <= limit + 1) return list(pieces);
    if (sign === undefined) return undefined;
    const at = fromRight ? pieces.length - limit : limit;
    return list(
      fromRight
        ? [pieces.slice(0, at).join(sign), ...pieces.slice(at)]
        : [...pieces.slice(0, at), pieces.slice(at).join(sign)],
    );
  };

const partition =
  (fromRight: boolean): Method =>
  (value, args) => {
    const sign = stringOf(take(args, "/sep")?.[0]);
    if (!sign) return undefined;
    const at = fromRight ? value.lastIndexOf(sign) : value.indexOf(sign);
    if (at < 0) return fromRight ? tuple("", "", value) : tuple(value, "", "");
    return tuple(value.slice(0, at), sign, value.slice(at + sign.length));
  };

/** What lies between two places, which are counted like a slice's; undefined where letters take two units. */
function part(
  value: string,
  start: PyValue | undefined,
  stop: PyValue | undefined,
): readonly [number, number] | undefined {
  const bounds = boundsOf([start ?? NONE, stop ?? NONE, NONE], value.length);
  if (!bounds || /[\ud800-\udfff]/.test(value)) return undefined;
  const from = smallNumber(start);
  // Behind the end nothing is found, not even nothing.
  return from !== undefined && from > value.length ? undefined : [bounds[0], bounds[1]];
}

const found =
  (fromRight: boolean, isSure: boolean): Method =>
  (value, args) => {
    const [sought, start, stop] = take(args, "/sub /start? /stop?") ?? [];
    const [sub, within] = [stringOf(sought), part(value, start, stop)];
    if (sub === undefined || !within || within[1] < within[0]) return undefined;
    const inside = value.slice(...within);
    const at = fromRight ? inside.lastIndexOf(sub) : inside.indexOf(sub);
    return at >= 0 ? int(at + within[0]) : isSure ? undefined : int(-1);
  };

const edge =
  (of: (value: string, affix: string) => boolean): Method =>
  (value, args) => {
    const [affix, start, stop] = take(args, "/affix /start? /stop?") ?? [];
    const within = part(value, start, stop);
    const affixes = isTupleValue(affix) ? affix.items.map(stringOf) : [stringOf(affix)];
    if (!within || affixes.includes(undefined) || within[1] < within[0]) return undefined;
    return boolValue(affixes.some((each) => of(value.slice(...within), each as string)));
  };

const METHODS: Readonly<Record<string, Method>> = {
  lower: plain((value) => text(value.toLowerCase())),
  upper: plain((value) => text(value.toUpperCase())),
  casefold: ascii((value) => value.toLowerCase()),
  capitalize: ascii((value) => value.charAt(0).toUpperCase() + value.slice(1).toLowerCase()),
  title: ascii(title),
  swapcase: ascii((value) =>
    value.replace(/[a-zA-Z]/g, (c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())),
  ),
  strip: stripped(true, true),
  lstrip: stripped(true, false),
  rstrip: stripped(false, true),
  ljust: justified(() => 0),
  rjust: justified((missing) => missing),
  // An odd space goes to the left where the width is odd, too.
  center: justified((missing, width) => (missing >> 1) + (missing & width & 1)),
  zfill: (value, args) => {
    const count = smallNumber(take(args, "/width")?.[0]);
    if (count === undefined || count > MAX_LENGTH) return undefined;
    const sign = /^[-+]/.exec(value)?.[0] ?? "";
    const zeros = "0".repeat(Math.max(0, count - [...value].length));
    return text(sign + zeros + value.slice(sign.length));
  },
  split: split(false),
  rsplit: split(true),
  splitlines: (value, args) =>
    value === "" ? take(args, "") && listOf([]) : take(args, "") && list(value.replace(/\r?\n$/, "").split(/\r?\n|\r/)),
  partition: partition(false),
  rpartition: partition(true),
  find: found(false, false),
  rfind: found(true, false),
  index: found(false, true),
  rindex: found(true, true),
  count: (value, args) => {
    const [sought, start, stop] = take(args, "/sub /start? /stop?") ?? [];
    const [sub, within] = [stringOf(sought), part(value, start, stop)];
    if (sub === undefined || !within || within[1] < within[0]) return undefined;
    const inside = value.slice(...within);
    return int(sub === "" ? inside.length + 1 : inside.split(sub).length - 1);
  },
  replace: (value, args) => {
    const [old, by, most = int(-1)] = take(args, "/old /new /count?") ?? [];
    const [from, to, limit] = [stringOf(old), stringOf(by), smallNumber(most)];
    if (from === undefined || to === undefined || limit === undefined) return undefined;
    if (value.length * (to.length + 1) > 16 * MAX_LENGTH) return undefined;
    // Nothing stands before each letter and at the end.
    const pieces = from === "" ? ["", ...value, ""] : value.split(from);
    const at = limit < 0 ? pieces.length : limit + 1;
    return text(
      [...pieces.slice(0, at)].join(to) +
        pieces
          .slice(at)
          .map((p) => from + p)
          .join(""),
    );
  },
  startswith: edge((value, affix) => value.startsWith(affix)),
  endswith: edge((value, affix) => value.endsWith(affix)),
  removeprefix: (value, args) => {
    const affix = stringOf(take(args, "/prefix")?.[0]);
    return affix === undefined ? undefined : text(value.startsWith(affix) ? value.slice(affix.length) : value);
  },
  removesuffix: (value, args) => {
    const affix = stringOf(take(args, "/suffix")?.[0]);
    if (affix === undefined) return undefined;
    return text(affix !== "" && value.endsWith(affix) ? value.slice(0, -affix.length) : value);
  },
  join: (value, args, engine) => {
    const [items] = take(args, "/items") ?? [];
    const texts = items && drain(engine, items)?.map(stringOf);
    const size = texts?.reduce((sum, each) => sum + (each?.length ?? 0) + value.length, 0) ?? 0;
    return !texts || texts.includes(undefined) || size > 2 * MAX_LENGTH ? undefined : text(texts.join(value));
  },
  format: (value, args, engine) => {
    const made = args.uncertain ? undefined : formatTemplate(engine, value, args);
    return made === undefined ? undefined : text(made);
  },
  isdigit: isAll(/^[\p{Nd}²³¹⁰⁴-⁹₀-₉]+$/u),
  isdecimal: isAll(/^\p{Nd}+$/u),
  isnumeric: isAll(/^\p{N}+$/u),
  isalpha: isAll(/^\p{L}+$/u),
  isalnum: isAll(/^[\p{L}\p{N}]+$/u),
  isspace: isAll(new RegExp(`^${SPACE}+$`)),
  isascii: plain((value) => boolValue(/^[\0-\x7f]*$/.test(value))),
  isidentifier: isAll(/^[\p{L}_][\p{L}\p{Nd}\p{Mn}_]*$/u),
  isprintable: plain((value) => boolValue(!/[\p{C}\p{Z}]/u.test(value.replaceAll(" ", "")))),
  // Every run of letters begins with a large one and goes on with small ones.
  istitle: plain((value) =>
    /^[\0-\x7f]*$/.test(value) ? boolValue(/[a-zA-Z]/.test(value) && title(value) === value) : undefined,
  ),
  expandtabs: (value, args) => {
    const [size = int(8)] = take(args, "tabsize?") ?? [NONE];
    return smallNumber(size) === undefined || /[\t\r\n]/.test(value) ? undefined : text(value);
  },
  isupper: isCased(true),
  islower: isCased(false),
};

/** A method of a text. */
export function stringMethod(
  engine: Evaluator,
  { value }: Extract<PyValue, { kind: "string" }>,
  name: string,
): PyValue {
  return nativeValue(name, (args) => {
    engine.step(value.length >> 5);
    const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
    return method?.(value, args, engine) ?? unknown(`Dimsum cannot tell ${name} of this text.`);
  });
}
