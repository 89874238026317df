import type { PyValue } from "./values.js";

/** A list, or a deque. */
export interface ListValue {
  readonly kind: "list";
  items: readonly PyValue[] | undefined;
  /** Set for a deque: how many items it keeps at most; null for any number. */
  readonly deque?: { readonly most: number | null };
  /** Set for an array of NumPy, which has other operators. */
  readonly array?: boolean;
  /** Set where it is a generator's: what is taken from its front is gone. */
  readonly isGenerated?: true;
}

/** A dictionary, or one of its kin in `collections`. */
export interface DictValue {
  readonly kind: "dict";
  entries: ReadonlyMap<string, readonly [PyValue, PyValue]> | undefined;
  readonly type?: "OrderedDict" | "defaultdict" | "Counter";
  /** What a defaultdict calls for a key that it does not have. */
  readonly factory?: PyValue;
  /** Told what it has become, where it stands for the parts of something else. */
  readonly told?: (entries: DictValue["entries"]) => void;
}

/** A set: its items by their keys. */
export interface SetValue {
  readonly kind: "set";
  readonly frozen: boolean;
  entries: ReadonlyMap<string, readonly [PyValue, PyValue]> | undefined;
}

/** What an iterator gives next and the state in which it is then; "end" where it has nothing more, undefined where that is not known. */
export type Advance = { readonly item: PyValue; readonly state: unknown } | "end" | undefined;

/** An iterator: it gives its items one after the other, once. Its state is undefined where that is not known. */
export interface IteratorValue {
  readonly kind: "iterator";
  readonly type: string;
  state: unknown;
  readonly advance: (state: unknown) => Advance;
  /** Whether it never ends by itself. */
  readonly isEndless?: boolean;
  /** The values from which its items come. */
  readonly over: readonly PyValue[];
}
