import { freeNames } from "./freeNames.js";
import { isAlike } from "./isAlike.js";
import { Names, type Owner } from "./journal.js";
import type { Scope } from "./scope.js";
import { partialOf } from "./standard/partials.js";
import {
  isBoolValue,
  isDictValue,
  isFloatValue,
  isIntValue,
  isNoneValue,
  isStringValue,
  isUnknownValue,
} from "./valueKinds.js";
import type { FunctionValue, PyValue } from "./values.js";

/** Values that are walked before what a module may read is taken for too much to keep. */
const MAX_VALUES = 20_000;

const isScalar = (v: PyValue): boolean =>
  isIntValue(v) || isFloatValue(v) || isBoolValue(v) || isStringValue(v) || isNoneValue(v);

/** How many names there are, and how many of them may not be there, as one number. */
const countOf = ({ size, maybe }: Names): number => size + 2 ** 20 * (maybe?.size ?? 0);

/** Everything that a call of a module can come to read, as it is now. */
export class Footprint {
  /** What can be changed of it. */
  readonly owners = new Set<Owner>();
  /** Parts of values, each with what it was: an owner, its key, and the value. */
  private readonly parts: unknown[] = [];
  private readonly seen = new Set<PyValue>();
  /** Whether it is not known in full. */
  isOpen = false;

  constructor(root: PyValue) {
    const left: PyValue[] = [root];
    for (let v = left.pop(); v && !this.isOpen; v = left.pop()) {
      if (isScalar(v) || this.seen.has(v)) continue;
      this.seen.add(v);
      if (this.seen.size > MAX_VALUES) this.isOpen = true;
      this.visit(v, left);
    }
    this.seen.clear();
  }

  /** How much work it is to compare it. */
  get size(): number {
    return this.parts.length / 3;
  }

  /** Whether all of it still is what it was. */
  get isSame(): boolean {
    const { parts } = this;
    for (let i = 0; i < parts.length; i += 3) {
      const [owner, key, value] = [parts[i] as Owner, parts[i + 1] as string, parts[i + 2]];
      if (owner instanceof Names) {
        const now = key === "" ? countOf(owner) : owner.get(key);
        if (now !== value && !isOneScalar(now, value)) return false;
      } else if ((owner as unknown as Record<string, unknown>)[key] !== value) return false;
    }
    return true;
  }

  private add(owner: object, key: string, value: unknown): void {
    this.parts.push(owner, key, value);
  }

  /** All that an object or a class has. */
  private names(names: Names | undefined, left: PyValue[]): void {
    if (!names || this.owners.has(names)) return;
    this.owners.add(names);
    this.add(names, "", countOf(names));
    for (const [name, value] of names) {
      this.add(names, name, value);
      left.push(value);
    }
  }

  /** What the names in a function stand for. */
  private named(fn: FunctionValue, left: PyValue[]): void {
    const names = freeNames(fn);
    if (names === "any") this.isOpen = true;
    else
      for (const name of names)
        for (let scope: Scope | undefined = fn.scope; scope; scope = scope.parent) {
          const value = scope.names.get(name);
          this.add(scope.names, name, value);
          if (!value) continue;
          left.push(value);
          break;
        }
    left.push(...fn.fallbacks.values());
    for (const value of [fn.owner, fn.setter, fn.wrapped]) if (value) left.push(value);
  }

  /** Parts of a value that can be changed. */
  private owner(owner: Owner, ...keys: readonly string[]): void {
    this.owners.add(owner);
    for (const key of keys) this.add(owner, key, (owner as unknown as Record<string, unknown>)[key]);
  }

  private visit(v: PyValue, left: PyValue[]): void {
    switch (v.kind) {
      case "instance":
        this.names(v.attributes, left);
        this.add(v, "escaped", v.escaped);
        left.push(v.cls);
        break;
      case "class":
        this.names(v.members, left);
        this.add(v, "escaped", v.escaped);
        left.push(...v.bases);
        if (v.metaclass) left.push(v.metaclass);
        break;
      case "function":
        this.named(v, left);
        break;
      case "method":
        left.push(v.fn, v.self);
        break;
      case "super":
        left.push(v.cls, v.self);
        break;
      case "layer":
        this.owner(v, "args", "bound", "built", "trains", "replaced");
        this.names(v.attributes, left);
        this.add(v, "attributes", v.attributes);
        left.push(...(v.weights?.values() ?? []), ...(v.replaced?.values() ?? []));
        break;
      case "container":
        this.owner(v, "children", "ends");
        this.names(v.attributes, left);
        this.add(v, "attributes", v.attributes);
        left.push(...(v.children ?? []).map(([, child]) => child), ...(v.ends ?? []));
        break;
      case "tensor":
        this.owner(v, "shape", "doubt", "open", "numbers", "trains");
        break;
      case "array":
        left.push(v.of);
        break;
      case "list":
        this.owner(v, "items");
        left.push(...(v.items ?? []));
        break;
      case "tuple":
        left.push(...v.items);
        break;
      case "dict":
      case "set":
        this.owner(v, "entries");
        for (const [key, item] of v.entries?.values() ?? []) left.push(key, item);
        if (isDictValue(v) && v.factory) left.push(v.factory);
        break;
      case "view":
        left.push(v.of);
        break;
      case "stream":
        left.push(v.each);
        break;
      case "native": {
        const partial = partialOf(v);
        if (partial) left.push(partial.fn, ...partial.args.positional, ...partial.args.byKeyword.values());
        else this.isOpen = true;
        break;
      }
      case "unknown":
        if (v.sizesOf || v.annotates) this.isOpen = true;
        break;
      case "library":
      case "range":
      case "ellipsis":
        break;
      case "slice":
        left.push(...v.parts);
        break;
      case "union":
        left.push(...v.types);
        break;
      default:
        // A file has too much, and of an iterator it is not known what else it reads.
        if (!isScalar(v)) this.isOpen = true;
    }
  }
}

/** Whether two values are one and the same number, text or truth, or the same is unknown of both. */
function isOneScalar(a: unknown, b: unknown): boolean {
  const [x, y] = [a as PyValue | undefined, b as PyValue | undefined];
  if (!x || !y || x.kind !== y.kind) return false;
  return (isScalar(x) || isUnknownValue(x)) && isAlike(x, y);
}
