import { compare } from "./arithmetic.js";
import type { Evaluator } from "./evaluator.js";
import { dictKey, listOf, MAX_LENGTH } from "./literals.js";
import { productOfInts } from "./numbers.js";
import { type CallArguments, int, NONE, type PyValue, unknown } from "./values.js";

type List = Extract<PyValue, { kind: "list" }>;
type Dict = Extract<PyValue, { kind: "dict" }>;

const native = (name: string, call: (args: CallArguments) => PyValue): PyValue => ({ kind: "native", name, call });

const indexOf = (v: PyValue | undefined): number | undefined =>
  v?.kind === "int" && typeof v.value === "number" ? v.value : undefined;

/** A method of a list. */
export function listMethod(engine: Evaluator, list: List, name: string): PyValue {
  const become = (items: readonly PyValue[] | undefined): PyValue => {
    engine.step((items?.length ?? 0) >> 5);
    engine.journal.set(list, "items", items && items.length <= MAX_LENGTH ? items : undefined);
    return NONE;
  };
  const change = (run: (items: readonly PyValue[], args: CallArguments) => PyValue): PyValue =>
    native(name, (args) => {
      if (args.uncertain) become(undefined);
      return list.items ? run(list.items, args) : unknown("This list is not known.");
    });
  switch (name) {
    case "append":
      return change((items, { positional: [item] }) => become(item && [...items, item]));
    case "extend":
      return change((items, { positional: [more] }) => {
        const added = more && engine.iterate(more);
        return become(added && [...items, ...added]);
      });
    case "insert":
      return change((items, { positional: [at, item] }) => {
        const place = indexOf(at);
        return become(place !== undefined && item ? items.toSpliced(place, 0, item) : undefined);
      });
    case "pop":
      return change((items, { positional: [at] }) => {
        const place = at ? indexOf(at) : -1;
        const item = place === undefined ? undefined : items.at(place);
        become(item && place !== undefined ? items.toSpliced(place, 1) : undefined);
        return item ?? unknown("Which item is not known.");
      });
    case "reverse":
      return change((items) => become(items.toReversed()));
    case "clear":
      return native(name, () => become([]));
    case "copy":
      return native(name, () => listOf(list.items));
    case "index":
    case "count":
      return tupleMethod(list, name);
    default:
      return change(() => {
        become(undefined);
        return unknown(`Dimsum does not follow ${name} of lists.`);
      });
  }
}

/** A method of a tuple, or of a list, that changes nothing. */
export function tupleMethod(value: Extract<PyValue, { kind: "list" | "tuple" }>, name: string): PyValue {
  if (name === "numel") return native(name, () => productOfInts(value.items));
  return native(name, ({ positional: [sought] }) => {
    const lost = unknown("Which item is not known.");
    if (!sought || !value.items || (name !== "index" && name !== "count")) return lost;
    const found = value.items.map((item) => compare("==", item, sought));
    if (found.includes(undefined)) return lost;
    if (name === "count") return int(found.filter((f) => f).length);
    return found.includes(true) ? int(found.indexOf(true)) : lost;
  });
}

/** A method of a text. */
export function stringMethod(
  engine: Evaluator,
  { value }: Extract<PyValue, { kind: "string" }>,
  name: string,
): PyValue {
  const plain: Readonly<Record<string, () => string>> = {
    lower: () => value.toLowerCase(),
    upper: () => value.toUpperCase(),
    strip: () => value.trim(),
  };
  return native(name, ({ positional, uncertain }) => {
    const texts = positional.map((p) => (p.kind === "string" ? p.value : undefined));
    const [first] = texts;
    const run = Object.hasOwn(plain, name) ? plain[name] : undefined;
    if (uncertain || texts.includes(undefined)) return unknown("Dimsum cannot tell this text.");
    if (run && positional.length === 0) return { kind: "string", value: run() };
    if (name === "startswith" && first !== undefined) return { kind: "bool", value: value.startsWith(first) };
    if (name === "endswith" && first !== undefined) return { kind: "bool", value: value.endsWith(first) };
    if (name === "split" && positional.length === 1 && first) {
      engine.step(value.length >> 5);
      return listOf(value.split(first).map((part) => ({ kind: "string", value: part })));
    }
    return unknown(`Dimsum does not follow ${name} of texts.`);
  });
}

/** A method of a dictionary. */
export function dictMethod(engine: Evaluator, dict: Dict, name: string): PyValue {
  const become = (entries: Dict["entries"]): PyValue => {
    engine.step((entries?.size ?? 0) >> 5);
    engine.journal.set(dict, "entries", entries && entries.size <= MAX_LENGTH ? entries : undefined);
    return NONE;
  };
  const pairs = (pick: (key: PyValue, value: PyValue) => PyValue): PyValue =>
    native(name, () => listOf(dict.entries && [...dict.entries.values()].map(([key, value]) => pick(key, value))));
  const lost = unknown("Which entry is not known.");
  switch (name) {
    case "items":
      return pairs((key, value) => ({ kind: "tuple", items: [key, value] }));
    case "keys":
      return pairs((key) => key);
    case "values":
      return pairs((_, value) => value);
    case "copy":
      return native(name, () => ({ kind: "dict", entries: dict.entries }));
    case "get":
    case "pop":
    case "setdefault":
      return native(name, ({ positional: [key, fallback] }) => {
        const k = key && dictKey(key);
        if (k === undefined || !key || !dict.entries) {
          if (name !== "get") become(undefined);
          return lost;
        }
        const found = dict.entries.get(k)?.[1];
        if (name === "pop") become(new Map([...dict.entries].filter(([each]) => each !== k)));
        if (name === "setdefault" && !found) become(new Map(dict.entries).set(k, [key, fallback ?? NONE]));
        return found ?? fallback ?? (name === "pop" ? lost : NONE);
      });
    case "update":
      return native(name, ({ positional: [more], keywords, uncertain }) => {
        const added = more?.kind === "dict" ? more.entries : more ? undefined : new Map<string, never>();
        if (!added || !dict.entries || uncertain) return become(undefined);
        const named = [...keywords].map(([key, v]) => [`s:${key}`, [{ kind: "string", value: key }, v]] as const);
        return become(new Map<string, readonly [PyValue, PyValue]>([...dict.entries, ...added, ...(named as [])]));
      });
    default:
      return native(name, () => {
        become(undefined);
        return unknown(`Dimsum does not follow ${name} of dictionaries.`);
      });
  }
}

/** The number of items of a value; unknown where it is not known. */
export function lengthOf(v: PyValue | undefined): PyValue {
  if (v?.kind === "list" || v?.kind === "tuple")
    return v.items ? int(v.items.length) : unknown("This list is not known.");
  if (v?.kind === "string") return int([...v.value].length);
  if (v?.kind === "dict" && v.entries) return int(v.entries.size);
  if (v?.kind === "container" && v.children) return int(v.children.length);
  const first = v?.kind === "tensor" ? v.shape?.[0] : undefined;
  return first === undefined ? unknown("Its length is not known.") : int(first);
}
