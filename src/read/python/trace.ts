import { same } from "../../core/dims/compare.js";
import type { Applied } from "../../core/layer/apply.js";
import type { Op, Shape, Size } from "../../core/layer/op.js";
import { FIRST_BASE } from "./sources.js";
import type { Place } from "./syntax.js";
import { isIntValue, isLayerValue, isTensorValue, isTupleValue, isUnknownValue } from "./valueKinds.js";
import type { CallSite, LayerValue, PyValue, TensorValue } from "./values.js";

/** One application of a layer, or of its functional form, to a tensor. */
export interface LayerCall {
  readonly op: Op;
  readonly args: LayerValue["args"];
  /** The call that applies it. */
  readonly place: Place;
  /** Where its arguments stand: the constructor, or the functional call itself. */
  readonly site: CallSite;
  readonly input: TensorValue;
  readonly applied: Applied;
  readonly output: TensorValue;
  readonly functional: boolean;
  /** The layer; absent for a functional form. */
  readonly layer?: LayerValue;
}

/** One call of a module: a layer, a container or a model of the file. */
export interface ModuleCall {
  readonly module: PyValue;
  readonly inputs: readonly PyValue[];
  readonly output: PyValue;
  /** The modules within which it is called. */
  readonly depth: number;
}

/** A use of a tensor that does not fit, at the place to change. */
export interface Mismatch {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly place: Place;
  readonly say: string;
  readonly advise: string;
  readonly related?: { readonly place: Place; readonly say: string };
  /** Two sizes that are laid over each other and differ. */
  readonly meets?: readonly [Size, Size];
  /** Whether an input of other sides would be right, too. */
  readonly fitsOtherSides?: true;
  /** The text that makes it right, where there is one. */
  readonly replacement?: { readonly place: Place; readonly text: string };
}

/** A tensor that a name or a returned value has after a statement. */
export interface StatementShape {
  /** The end of the statement. */
  readonly at: number;
  readonly tensor: TensorValue;
  readonly what: string;
}

/** What an annotation says of a value, compared with the value. */
export interface AnnotationFact {
  readonly place: Place;
  readonly what: "parameter" | "return" | "variable";
  /** Whether it fits; undefined where that is not known. */
  readonly verdict: boolean | undefined;
  readonly shape: Shape;
  /** What the annotation says and what is. */
  readonly say: string;
  /** The first axis that has another size. */
  readonly at?: number;
}

/** What an expression came to, each time another value. */
interface Noted {
  readonly place: Place;
  readonly values: PyValue[];
}

/** One number for a place: expressions are shorter than 2²⁰ characters. */
const keyOf = ({ from, to }: Place): number => from * 2 ** 20 + (to - from);

/** Everything that following a file's code brought to light. */
export class Trace {
  readonly calls: LayerCall[] = [];
  readonly modules: ModuleCall[] = [];
  readonly layers: LayerValue[] = [];
  readonly mismatches: Mismatch[] = [];
  readonly statements: StatementShape[] = [];
  readonly annotations: AnnotationFact[] = [];
  /** What each expression came to, by its place. */
  private values = new Map<number, Noted>();
  /** The same from the last to the first start, made when the first hover asks. */
  private sorted: readonly Noted[] | undefined;
  private muting = 0;

  /** Whether what happens now is a rehearsal of which nothing is kept. */
  get isMuted(): boolean {
    return this.muting > 0;
  }

  /** Runs something of which nothing is kept. */
  muted<T>(run: () => T): T {
    this.muting++;
    try {
      return run();
    } finally {
      this.muting--;
    }
  }

  /** Notes a call of a layer. */
  call(call: LayerCall): void {
    if (!this.isMuted && this.calls.length < MAX_ENTRIES) this.calls.push(call);
  }

  /** Notes a call of a module, when it has ended. */
  module(call: ModuleCall): void {
    if (!this.isMuted && this.modules.length < MAX_ENTRIES) this.modules.push(call);
  }

  /** Notes a layer that is made. */
  layer(layer: LayerValue): void {
    if (!this.isMuted && this.layers.length < MAX_ENTRIES) this.layers.push(layer);
  }

  /** Notes the tensor that a statement makes. */
  statement(made: StatementShape): void {
    if (!this.isMuted && made.at < FIRST_BASE && this.statements.length < MAX_ENTRIES) this.statements.push(made);
  }

  /** Notes what an expression came to. */
  note(place: Place, value: PyValue): void {
    if (place.from >= FIRST_BASE) return;
    if (
      !isTensorValue(value) &&
      !isLayerValue(value) &&
      !isUnknownValue(value) &&
      !isIntValue(value) &&
      !isTupleValue(value)
    )
      return;
    if (this.isMuted) return;
    this.sorted = undefined;
    const key = keyOf(place);
    const entry = this.values.get(key) ?? { place, values: [] };
    this.values.set(key, entry);
    if (entry.values.length < MAX_VALUES && !entry.values.some((v) => v === value || isSameShape(v, value)))
      entry.values.push(mayChange(value) ? { ...value } : value);
  }

  /** Notes what an annotation says. */
  annotation(fact: AnnotationFact): void {
    if (!this.isMuted && this.annotations.length < MAX_ENTRIES) this.annotations.push(fact);
  }

  private get lists(): readonly unknown[][] {
    return [this.calls, this.modules, this.layers, this.statements, this.annotations];
  }

  /** Runs something and keeps its mismatches apart; `raise` gets each that is an error, and may end what is run. */
  apart<T>(
    run: () => T,
    raise?: (found: Mismatch) => void,
  ): { readonly result: T; readonly found: readonly Mismatch[] } {
    const outer = [this.collected, this.raise] as const;
    const found: Mismatch[] = [];
    [this.collected, this.raise] = [found, raise];
    try {
      return { result: run(), found };
    } finally {
      [this.collected, this.raise] = outer;
    }
  }

  /** Runs something whose mismatches are kept apart, and all else only if `isKept` says so of them. */
  provisional(run: () => void, isKept: (found: readonly Mismatch[]) => boolean): readonly Mismatch[] {
    const before = this.values;
    const lengths = this.lists.map((list) => list.length);
    this.values = new Map();
    try {
      const { found } = this.apart(run);
      if (!isKept(found)) {
        this.values.clear();
        for (const [i, list] of this.lists.entries()) list.length = lengths[i] ?? 0;
      }
      return found;
    } finally {
      const added = this.values;
      this.values = before;
      for (const { place, values } of added.values()) for (const value of values) this.note(place, value);
    }
  }

  private collected: Mismatch[] | undefined;
  private raise: ((found: Mismatch) => void) | undefined;

  /** `located` finds the place in the file at hand for what is in another one; undefined where there is none. */
  constructor(private readonly located: (found: Mismatch) => Mismatch | undefined = (found) => found) {}

  /** How many errors have been noted. */
  errors = 0;
  /** How many mismatches there were, also those of which nothing is kept. */
  said = 0;

  /** All that has been noted, for others to go on from. */
  copy(): Trace {
    const copy = new Trace(this.located);
    for (const [i, list] of copy.lists.entries()) list.push(...(this.lists[i] ?? []));
    copy.mismatches.push(...this.mismatches);
    for (const [key, { place, values }] of this.values) copy.values.set(key, { place, values: [...values] });
    copy.errors = this.errors;
    return copy;
  }

  /** Notes a mismatch, once a place and code. */
  mismatch(said: Mismatch): void {
    this.said++;
    const found = this.isMuted ? undefined : this.located(said);
    if (!found) return;
    if (this.collected) {
      if (this.collected.length < MAX_ENTRIES) this.collected.push(found);
      if (found.severity === "error") this.raise?.(found);
      return;
    }
    if (found.severity === "error") this.errors++;
    const twin = this.mismatches.some((m) => m.place.from === found.place.from && m.code === found.code);
    if (!twin) this.mismatches.push(found);
  }

  /** Whether something of the same kind is said of the same place. */
  isSaid({ place, code }: Mismatch): boolean {
    return [...(this.collected ?? []), ...this.mismatches].some((m) => m.place.from === place.from && m.code === code);
  }

  /** The smallest noted expression around an offset. */
  at(offset: number): Noted | undefined {
    this.sorted ??= [...this.values.values()].sort((a, b) => b.place.from - a.place.from || a.place.to - b.place.to);
    let best: Noted | undefined;
    for (const entry of this.sorted) {
      const { from, to } = entry.place;
      // Expressions lie within each other, so that one which starts before the best and is no smaller cannot be it.
      if (from <= offset && offset <= to && (!best || to - from < best.place.to - best.place.from)) best = entry;
      if (best && from < best.place.from) break;
    }
    return best;
  }

  /** Every expression that was noted, with what it came to. */
  noted(): Iterable<Noted> {
    return this.values.values();
  }

  /** What the expression at this place came to. */
  of(place: Place): readonly PyValue[] {
    return this.values.get(keyOf(place))?.values ?? [];
  }
}

/** Calls, layers and statements that are kept. */
const MAX_ENTRIES = 20_000;

/** Different values of one expression that are kept. */
const MAX_VALUES = 8;

/** Whether a tensor may have another shape later: a parameter that is set, or one that lost its shape on a way that is left. */
const mayChange = (v: PyValue): boolean => isTensorValue(v) && !v.open && (!v.shape || v.parameter === true);

function isSameShape(a: PyValue, b: PyValue): boolean {
  if (!isTensorValue(a) || !isTensorValue(b)) return isIntValue(a) && isIntValue(b) && same(a.value, b.value);
  return sameShape(a.shape, b.shape);
}

/** Whether two shapes are known and one. */
export function sameShape(a: Shape | undefined, b: Shape | undefined): boolean {
  return (
    !!a &&
    !!b &&
    a.length === b.length &&
    a.every((d, i) => d !== undefined && b[i] !== undefined && same(d, b[i] as never))
  );
}
