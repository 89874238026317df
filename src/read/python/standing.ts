import { addOwners } from "./importedState.js";
import { birthsSoFar, type Changes, Names, type Owner, restore } from "./journal.js";
import type { ProgramState } from "./programState.js";
import type { Scope } from "./scope.js";
import { isClassValue } from "./valueKinds.js";

/** What a file's own statements have come to, from where what stands behind them is followed more than once. */
export class Standing {
  private readonly born = birthsSoFar();
  private readonly goBack: () => void;
  private readonly escaped: number;
  private isChanged = false;

  constructor(
    private readonly engine: ProgramState,
    private readonly scope: Scope,
  ) {
    this.goBack = engine.keep();
    this.escaped = engine.journal.escaped.length;
  }

  /** Follows something from here, which is kept as it is found. */
  first<T>(run: () => T): T {
    const { result, before } = this.engine.journal.noted(run);
    this.isChanged = this.changes(before);
    return result;
  }

  /** Follows something else from here; undefined where either changes what stands, so that the two cannot be kept side by side. */
  again<T>(run: () => T): T | undefined {
    if (this.isChanged) return undefined;
    this.goBack();
    const { result, before } = this.engine.journal.noted(run);
    if (!this.changes(before)) return result;
    restore(before);
    for (const value of this.engine.journal.escaped.splice(this.escaped)) value.escaped = false;
    return undefined;
  }

  /** Whether what was made before is changed, or handed to something that is not known. */
  private changes(before: Changes): boolean {
    const { journal, instancesOf } = this.engine;
    const isOld = (names: Names): boolean => names.born <= this.born;
    const lost = journal.escaped.slice(this.escaped);
    if (lost.some((v) => isOld(isClassValue(v) ? v.members : v.attributes))) return true;
    const changed = [...before.keys()];
    if (changed.some((owner) => owner instanceof Names && isOld(owner))) return true;
    if (changed.every((owner) => owner instanceof Names)) return false;
    const standing = new Set<Owner>();
    addOwners(standing, this.scope.names);
    for (const { attributes } of [...instancesOf.values()].flat())
      if (isOld(attributes)) addOwners(standing, attributes);
    return changed.some((owner) => standing.has(owner));
  }
}
