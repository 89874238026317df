import { dictKey, type Evaluator } from "./evaluator.js";
import { type CallArguments, int, NONE, type PyValue, unknown } from "./values.js";

type List = Extract<PyValue, { kind: "list" }>;
type Dict = Extract<PyValue, { kind: "dict" }>;

/** A method of a list. */
export function listMethod(engine: Evaluator, list: List, name: string): PyValue {
  const change = (run: (items: PyValue[], args: CallArguments) => PyValue): PyValue => ({
    kind: "native",
    name,
    call: (args) => {
      // A change under a condition that is not known may or may not have happened.
      if (engine.journal.isTentative || args.uncertain) list.items = undefined;
      return list.items ? run(list.items, args) : unknown("This list is not known.");
    },
  });
  switch (name) {
    case "append":
      return change((items, { positional: [item] }) => {
        if (item) items.push(item);
        return NONE;
      });
    case "extend":
      return change((_, { positional: [more] }) => {
        const added = more && engine.iterate(more);
        list.items = added && list.items ? [...list.items, ...added] : undefined;
        return NONE;
      });
    case "insert":
      return change((items, { positional: [at, item] }) => {
        if (at?.kind === "int" && typeof at.value === "number" && item) items.splice(at.value, 0, item);
        else list.items = undefined;
        return NONE;
      });
    case "pop":
      return change((items, { positional: [at] }) => {
        if (!at) return items.pop() ?? unknown("The list is empty.");
        if (at.kind === "int" && typeof at.value === "number")
          return items.splice(at.value, 1)[0] ?? unknown("The list is shorter.");
        list.items = undefined;
        return unknown("Which item is not known.");
      });
    case "copy":
      return { kind: "native", name, call: () => ({ kind: "list", items: list.items && [...list.items] }) };
    case "index":
    case "count":
      return unknown(`Dimsum does not follow ${name} of lists.`);
    default:
      return change(() => {
        list.items = undefined;
        return unknown(`Dimsum does not follow ${name} of lists.`);
      });
  }
}

/** A method of a dictionary. */
export function dictMethod(dict: Dict, name: string): PyValue {
  const pairs = (pick: (key: PyValue, value: PyValue) => PyValue): PyValue => ({
    kind: "native",
    name,
    call: () => ({
      kind: "list",
      items: dict.entries && [...dict.entries.values()].map(([key, value]) => pick(key, value)),
    }),
  });
  switch (name) {
    case "items":
      return pairs((key, value) => ({ kind: "tuple", items: [key, value] }));
    case "keys":
      return pairs((key) => key);
    case "values":
      return pairs((_, value) => value);
    case "get":
      return {
        kind: "native",
        name,
        call: ({ positional: [key, fallback] }) => {
          const k = key && dictKey(key);
          if (k === undefined || !dict.entries) return unknown("Which entry is not known.");
          return dict.entries.get(k)?.[1] ?? fallback ?? NONE;
        },
      };
    default:
      return {
        kind: "native",
        name,
        call: () => {
          dict.entries = undefined;
          return unknown(`Dimsum does not follow ${name} of dictionaries.`);
        },
      };
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
