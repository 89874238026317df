import { join, type PyValue, unknown } from "./values.js";

/** The names of a module, a class or a function call. */
export class Scope {
  readonly names = new Map<string, PyValue>();

  constructor(readonly parent?: Scope) {}

  /** The value of a name, looked up outwards. */
  find(name: string): PyValue | undefined {
    return this.names.get(name) ?? this.parent?.find(name);
  }
}

/** A map whose changes can be undone: names of a scope, attributes of an object. */
type Owner = Map<string, PyValue>;

/** What two ways through the program changed, so that what they agree on can be kept. */
export class Journal {
  private layers: Map<Owner, Map<string, PyValue | undefined>>[] = [];

  /** Sets a name or attribute; inside `both`, so that it can be undone. */
  set(owner: Owner, name: string, value: PyValue): void {
    const current = this.layers.at(-1);
    if (current) {
      const olds = current.get(owner) ?? new Map<string, PyValue | undefined>();
      current.set(owner, olds);
      if (!olds.has(name)) olds.set(name, owner.get(name));
    }
    owner.set(name, value);
  }

  /** Whether a condition that is not known is being followed both ways. */
  get isTentative(): boolean {
    return this.layers.length > 0;
  }

  /** Runs one way, then the other from the same start, and keeps what `keep` says of each way's end. */
  both<T>(one: () => T, other: () => T, keep: (a: T, b: T) => "one" | "other" | "joined"): readonly [T, T] {
    const [first, afterFirst] = this.tentatively(one);
    const [second, afterSecond] = this.tentatively(other);
    const choice = keep(first, second);
    const owners = new Set([...afterFirst.keys(), ...afterSecond.keys()]);
    for (const owner of owners) {
      const names = new Set([...(afterFirst.get(owner)?.keys() ?? []), ...(afterSecond.get(owner)?.keys() ?? [])]);
      for (const name of names) {
        const old = owner.get(name);
        const a = afterFirst.get(owner)?.get(name) ?? old;
        const b = afterSecond.get(owner)?.get(name) ?? old;
        const value =
          choice === "one"
            ? a
            : choice === "other"
              ? b
              : a && b
                ? join(a, b)
                : unknown("It is only set under a condition that is not known.");
        if (value && value !== old) this.set(owner, name, value);
      }
    }
    return [first, second];
  }

  private tentatively<T>(run: () => T): readonly [T, Map<Owner, Map<string, PyValue>>] {
    this.layers.push(new Map());
    let touched: Map<Owner, Map<string, PyValue | undefined>> = new Map();
    const after = new Map<Owner, Map<string, PyValue>>();
    try {
      return [run(), after];
    } finally {
      touched = this.layers.pop() ?? touched;
      for (const [owner, olds] of touched) {
        const ends = new Map<string, PyValue>();
        for (const [name, old] of olds) {
          const end = owner.get(name);
          if (end) ends.set(name, end);
          if (old === undefined) owner.delete(name);
          else owner.set(name, old);
        }
        after.set(owner, ends);
      }
    }
  }
}
