import { floatText } from "./floats.js";
import { wholeNumber } from "./integers.js";
import { MAX_LENGTH } from "./literals.js";
import { isBuiltinType } from "./types.js";
import { isStringValue } from "./valueKinds.js";
import type { DictValue, PyValue } from "./values.js";
import { tupleValue } from "./values.js";

/** Values within values that are written. */
const MAX_DEPTH = 24;

/** Counts what is written. */
interface Work {
  left: number;
}

/** A text in quotes, as Python writes it. */
function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\\p{C}\p{Z}'"]/gu, (c) => {
    const code = c.codePointAt(0) ?? 0;
    if (c === " ") return c;
    if (c === "'" || c === '"') return c === quote ? `\\${c}` : c;
    const named = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" }[c];
    if (named !== undefined) return named;
    const hex = code.toString(16);
    return code < 256
      ? `\\x${hex.padStart(2, "0")}`
      : code < 65536
        ? `\\u${hex.padStart(4, "0")}`
        : `\\U${hex.padStart(8, "0")}`;
  });
  return `${quote}${escaped}${quote}`;
}

/** A value as `repr` writes it; undefined where that is not known. */
export function repr(v: PyValue): string | undefined {
  return write(v, { left: MAX_LENGTH }, 0);
}

/** A value as `str` writes it; undefined where that is not known. */
export const textOf = (v: PyValue): string | undefined => (isStringValue(v) ? v.value : repr(v));

function write(v: PyValue, work: Work, depth: number): string | undefined {
  if (--work.left < 0 || depth > MAX_DEPTH) return undefined;
  switch (v.kind) {
    case "string":
      work.left -= v.value.length;
      return work.left < 0 ? undefined : quoted(v.value);
    case "int":
      return wholeNumber(v)?.toString();
    case "float":
      return floatText(v.value);
    case "bool":
      return v.value ? "True" : "False";
    case "none":
      return "None";
    case "ellipsis":
      return "Ellipsis";
    case "list": {
      const inside = v.array ? undefined : listed(v.items, work, depth);
      if (!v.deque || inside === undefined) return inside && `[${inside.join(", ")}]`;
      return `deque([${inside.join(", ")}]${v.deque.most === null ? "" : `, maxlen=${v.deque.most}`})`;
    }
    case "tuple": {
      // What PyTorch gives is written in its own way.
      if (v.isShape !== undefined || (v.names && !v.type)) return undefined;
      const inside = listed(v.items, work, depth);
      if (v.type) return inside && `${v.type.name}(${inside.map((text, i) => `${v.names?.[i]}=${text}`).join(", ")})`;
      return inside && `(${inside.join(", ")}${inside.length === 1 ? "," : ""})`;
    }
    case "dict":
      return writeDict(v, work, depth);
    case "set": {
      // Which item stands first follows from their hashes, which differ from run to run.
      if (!v.entries || v.entries.size > 1) return undefined;
      const inside = listed(
        [...v.entries.values()].map(([item]) => item),
        work,
        depth,
      );
      if (inside?.length === 0) return v.frozen ? "frozenset()" : "set()";
      return inside && (v.frozen ? `frozenset({${inside[0]}})` : `{${inside[0]}}`);
    }
    case "range":
      return `range(${v.start}, ${v.stop}${v.step === 1 ? "" : `, ${v.step}`})`;
    case "slice": {
      const parts = listed(v.parts, work, depth);
      return parts && `slice(${parts.join(", ")})`;
    }
    case "view": {
      const entries = v.of.entries && [...v.of.entries.values()];
      const inside =
        v.what === "items"
          ? listed(entries?.map(tupleValue), work, depth)
          : listed(
              entries?.map(([key, value]) => (v.what === "keys" ? key : value)),
              work,
              depth,
            );
      return inside && `dict_${v.what}([${inside.join(", ")}])`;
    }
    case "library":
      return isBuiltinType(v.path) || v.path === "types.NoneType" ? `<class '${v.path.split(".").at(-1)}'>` : undefined;
    default:
      return undefined;
  }
}

function listed(items: readonly PyValue[] | undefined, work: Work, depth: number): readonly string[] | undefined {
  const texts: string[] = [];
  for (const item of items ?? []) {
    const text = write(item, work, depth + 1);
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return items && texts;
}

function writeDict(v: DictValue, work: Work, depth: number): string | undefined {
  // How an OrderedDict is written, and in which order a Counter, differs between versions of Python.
  if (!v.entries || v.type === "OrderedDict" || v.type === "Counter") return undefined;
  const texts: string[] = [];
  for (const [key, value] of v.entries.values()) {
    const pair = listed([key, value], work, depth);
    if (!pair) return undefined;
    texts.push(pair.join(": "));
  }
  const inside = `{${texts.join(", ")}}`;
  if (v.type !== "defaultdict") return inside;
  const factory = v.factory && write(v.factory, work, depth + 1);
  return factory && `defaultdict(${factory}, ${inside})`;
}
