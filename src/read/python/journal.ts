import { join } from "./join.js";
import { covers, forgotten, isData, isUnknown, joined, lost } from "./joinedParts.js";
import type {
  ClassValue,
  ContainerValue,
  DictValue,
  InstanceValue,
  IteratorValue,
  LayerValue,
  ListValue,
  PyValue,
  SetValue,
  TensorValue,
} from "./values.js";

/** Counts what is made, so that what is old can be told from what is new. */
let births = 0;

/** How many were made until now. */
export const birthsSoFar = (): number => births;

const nothing = (): boolean => false;

/** The names of a scope or the attributes of an object. */
export class Names extends Map<string, PyValue> {
  /** Names that were set on one way of a condition that is not known, and not on the other; absent while there are none. */
  maybe: Set<string> | undefined;

  /** `inherited` says whether a name that is not set here has a value elsewhere; `born`: when it was made. */
  constructor(
    readonly inherited: (name: string) => boolean = nothing,
    readonly born = ++births,
  ) {
    super();
  }
}

/** What can be changed: names, and the parts of lists, dictionaries, sets, iterators, containers and open inputs. */
export type Owner =
  | Names
  | ListValue
  | DictValue
  | SetValue
  | IteratorValue
  | ContainerValue
  | LayerValue
  | TensorValue;

/** What was changed, and to what. */
export type Changes = Map<Owner, Map<string, unknown>>;

/** Keeps what is changed, so that two ways through a program can be followed from one state and what they agree on kept. */
export class Journal {
  private readonly layers: Changes[] = [];
  /** What something outside may change at any time. */
  private readonly unsettled = new Map<Owner, Set<string>>();
  /** What imports own, which is put back before another program uses it; `changed` is how it was. */
  private watched: { readonly owners: ReadonlySet<Owner>; readonly changed: Changes } | undefined;
  /** Whether an import has changed what the file at hand had changed before, so that the two cannot be told apart. */
  isTangled = false;
  private isImporting = false;
  /** What something that is not known may have changed, in the order in which it came to that. */
  readonly escaped: (InstanceValue | ClassValue)[] = [];

  /** Notes from now on what is changed of these, as it was. */
  watch(owners: ReadonlySet<Owner>, changed: Changes): void {
    this.watched = { owners, changed };
  }

  private noteChange(owner: Owner, key: string): void {
    if (!this.watched?.owners.has(owner)) return;
    const { changed } = this.watched;
    if (this.isImporting) {
      this.isTangled ||= changed.has(owner);
      return;
    }
    const olds = changed.get(owner) ?? new Map<string, unknown>();
    changed.set(owner, olds);
    if (!olds.has(key)) olds.set(key, read(owner, key));
  }

  /** From now on nobody knows what a name or a part of a value is, whatever is set. */
  unsettle(owner: Owner, key: string): void {
    const keys = this.unsettled.get(owner) ?? new Set<string>();
    this.unsettled.set(owner, keys.add(key));
    this.set(owner, key, undefined);
  }

  /** Sets a name, or the part of a value. */
  set(owner: Owner, key: string, given: unknown): void {
    const value = this.unsettled.size > 0 && this.unsettled.get(owner)?.has(key) ? lost(owner, key) : given;
    this.noteChange(owner, key);
    const layer = this.layers.at(-1);
    if (layer) {
      const olds = layer.get(owner) ?? new Map<string, unknown>();
      layer.set(owner, olds);
      if (!olds.has(key)) olds.set(key, read(owner, key));
    }
    write(owner, key, value);
  }

  /** Notes that something which is not known may have changed an object or a class, on whichever way this is. */
  escape(value: InstanceValue | ClassValue): void {
    if (!value.escaped) this.escaped.push(value);
    value.escaped = true;
  }

  /** Runs something whose changes stay, whatever is undone around it. */
  permanently<T>(run: () => T): T {
    const layers = this.layers.splice(0);
    const outer = this.isImporting;
    this.isImporting = true;
    try {
      return run();
    } finally {
      this.isImporting = outer;
      this.layers.push(...layers);
    }
  }

  /** Runs something and undoes its changes; returns them too. */
  undone<T>(run: () => T): { readonly result: T; readonly after: Changes } {
    const after: Changes = new Map();
    this.layers.push(new Map());
    try {
      return { result: run(), after };
    } finally {
      for (const [owner, olds] of this.layers.pop() ?? []) {
        const ends = new Map<string, unknown>();
        for (const [key, old] of olds) {
          ends.set(key, read(owner, key));
          write(owner, key, old);
        }
        after.set(owner, ends);
      }
    }
  }

  /** Runs something whose changes stay; returns what it changed, as it was. */
  noted<T>(run: () => T): { readonly result: T; readonly before: Changes } {
    const before: Changes = new Map();
    this.layers.push(before);
    try {
      return { result: run(), before };
    } finally {
      this.layers.pop();
      const outer = this.layers.at(-1);
      for (const [owner, olds] of outer ? before : []) {
        const all = outer?.get(owner) ?? new Map<string, unknown>();
        outer?.set(owner, all);
        for (const [key, old] of olds) if (!all.has(key)) all.set(key, old);
      }
    }
  }

  /** From now on nobody knows what was changed; what is returned puts back what had ended as it began, if nothing changed it again. */
  lose(before: Changes): () => void {
    const kept: (readonly [owner: Owner, key: string, value: unknown, lost: unknown])[] = [];
    for (const [owner, olds] of before)
      for (const [key, old] of olds) {
        const value = read(owner, key);
        const gone = lost(owner, key);
        this.set(owner, key, gone);
        if (value === old) kept.push([owner, key, value, gone]);
      }
    return () => {
      for (const [owner, key, value, gone] of kept) if (read(owner, key) === gone) this.set(owner, key, value);
    };
  }

  /** How many ways and rounds are open whose changes may be undone. */
  get depth(): number {
    return this.layers.length;
  }

  /** How many things have changed since so many were open; what changed in several of them counts several times. */
  ownersSince(depth: number): number {
    return this.layers.slice(depth).reduce((sum, layer) => sum + layer.size, 0);
  }

  /** What has changed since so many were open, as it is now. */
  changedSince(depth: number): Changes {
    const changes: Changes = new Map();
    for (const layer of this.layers.slice(depth))
      for (const [owner, olds] of layer) {
        const now = changes.get(owner) ?? new Map<string, unknown>();
        changes.set(owner, now);
        for (const key of olds.keys()) now.set(key, read(owner, key));
      }
    return changes;
  }

  /** Makes changes that were undone after all. */
  redo(changes: Changes): void {
    for (const [owner, ends] of changes)
      for (const [key, value] of ends) if (value !== read(owner, key)) this.set(owner, key, value);
  }

  /** Runs one way, then the other from the same start, and keeps what `keep` says of each way's end. */
  both<T>(one: () => T, other: () => T, keep: (a: T, b: T) => "one" | "other" | "joined"): readonly [T, T] {
    const first = this.undone(one);
    const second = this.undone(other);
    const choice = keep(first.result, second.result);
    if (choice === "joined") this.goOnFrom([first.after, second.after]);
    else this.redo(choice === "one" ? first.after : second.after);
    return [first.result, second.result];
  }

  /** Goes on from where one of several ends was, of which nobody knows which; what an end did not change is as it is. */
  goOnFrom(ends: readonly Changes[]): void {
    const [first, ...others] = ends;
    const joins = new Map([...(first ?? [])].map(([owner, now]) => [owner, new Map(now)]));
    for (const end of others) {
      for (const [owner, now] of joins)
        for (const [key, value] of now)
          if (!end.get(owner)?.has(key)) now.set(key, joined(owner, key, value, read(owner, key)));
      for (const [owner, parts] of end) {
        const now = joins.get(owner) ?? new Map<string, unknown>();
        joins.set(owner, now);
        for (const [key, value] of parts)
          now.set(key, joined(owner, key, now.has(key) ? now.get(key) : read(owner, key), value));
      }
    }
    this.redo(joins);
  }

  /**
   * Joins changes that may or may not have happened to what is. Of what `counts`: whether anything is now less known, or else at least
   * something is what it was in another form.
   */
  joinIn(changes: Changes, forget: boolean, counts: (owner: Owner) => boolean = () => true): "less" | "alike" | "same" {
    let found: "less" | "alike" | "same" = "same";
    for (const [owner, ends] of changes)
      for (const [key, end] of ends) {
        const old = read(owner, key);
        if (isData(old) && isData(end) && join(old, end) === old) continue;
        const value = forget ? forgotten(owner, key) : joined(owner, key, end, old);
        if (forget && end === undefined && owner instanceof Names) owner.maybe = (owner.maybe ?? new Set()).add(key);
        if (value === old || (isUnknown(value) && isUnknown(old) && old !== undefined)) continue;
        this.set(owner, key, value);
        if (found !== "less" && counts(owner) && !(isUnknown(value) && isUnknown(old)))
          found = covers(owner, old, value) ? "alike" : "less";
      }
    return found;
  }
}

/** Puts back what was changed. */
export function restore(changed: Changes): void {
  for (const [owner, olds] of changed) for (const [key, old] of olds) write(owner, key, old);
  changed.clear();
}

const read = (owner: Owner, key: string): unknown =>
  owner instanceof Map ? owner.get(key) : (owner as unknown as Record<string, unknown>)[key];

function write(owner: Owner, key: string, value: unknown): void {
  if (!(owner instanceof Map)) (owner as unknown as Record<string, unknown>)[key] = value;
  else if (value === undefined) owner.delete(key);
  else owner.set(key, value as PyValue);
}
