import { isModuleClass } from "./classes.js";
import type { Journal, Names } from "./journal.js";
import { isContainerValue, isInstanceValue, isListValue, isMethodValue, isUnknownValue } from "./valueKinds.js";
import { type CallArguments, type DictValue, type PyValue, unknown } from "./values.js";

const REASON = "It was handed to something that Dimsum does not know, which may have changed it.";

/** What an unknown function gets, it may change. */
export function loseTrackOf(journal: Journal, args: CallArguments): void {
  const seen = new Set<PyValue>();
  for (const value of [...args.positional, ...args.byKeyword.values()]) lose(journal, value, seen);
}

/** Forgets what is known of the parts of one value. */
export const loseValue = (journal: Journal, value: PyValue): void => lose(journal, value, new Set());

/** Forgets what is known of data that is put into something unknown; a model stays what it is there. */
export function loseData(journal: Journal, value: PyValue): void {
  const owner = isMethodValue(value) ? value.self : value;
  const isModel = isContainerValue(owner) || (isInstanceValue(owner) && isModuleClass(owner.cls));
  if (!isModel) loseValue(journal, value);
}

function loseNames(journal: Journal, names: Names | undefined, seen: Set<PyValue>): void {
  for (const [name, part] of names ? [...names] : []) {
    lose(journal, part, seen);
    if (names && !isUnknownValue(part)) journal.set(names, name, unknown(REASON));
  }
}

const telling = new WeakSet<PyValue>();

/** Tells what a dictionary stands for that its entries are not known any more. */
function tell(dict: DictValue): void {
  if (!dict.told || telling.has(dict)) return;
  telling.add(dict);
  dict.told(undefined);
  telling.delete(dict);
}

function lose(journal: Journal, value: PyValue, seen: Set<PyValue>): void {
  if (seen.has(value)) return;
  seen.add(value);
  switch (value.kind) {
    case "list":
      for (const item of value.items ?? []) lose(journal, item, seen);
      if (value.items) journal.set(value, "items", undefined);
      break;
    case "tuple":
      for (const item of value.items) lose(journal, item, seen);
      break;
    case "dict":
      for (const [, item] of value.entries?.values() ?? []) lose(journal, item, seen);
      if (value.entries) journal.set(value, "entries", undefined);
      tell(value);
      break;
    case "set":
      for (const [item] of value.entries?.values() ?? []) lose(journal, item, seen);
      if (value.entries) journal.set(value, "entries", undefined);
      break;
    case "iterator":
      if (value.state !== undefined) journal.set(value, "state", undefined);
      for (const source of value.over)
        for (const item of isListValue(source) ? (source.items ?? []) : [source]) lose(journal, item, seen);
      break;
    case "view":
      lose(journal, value.of, seen);
      break;
    case "array":
      if (value.of.numbers) journal.set(value.of, "numbers", undefined);
      break;
    case "layer":
      loseNames(journal, value.attributes, seen);
      break;
    case "container":
      loseNames(journal, value.attributes, seen);
      for (const [, child] of value.children ?? []) lose(journal, child, seen);
      if (value.children) journal.set(value, "children", undefined);
      if (value.ends) journal.set(value, "ends", undefined);
      break;
    case "class":
      journal.escape(value);
      break;
    case "instance":
      journal.escape(value);
      loseNames(journal, value.attributes, seen);
      break;
    case "native":
      if (value.owner) lose(journal, value.owner, seen);
      break;
    case "method":
      lose(journal, value.self, seen);
      break;
  }
}
