import type { Changes, Names, Owner } from "./journal.js";
import { partialOf } from "./standard/partials.js";
import type { FileValue, PyValue } from "./values.js";

/** The files that the programs of one folder import, as they were left by their own statements. */
export interface ImportedState {
  readonly files: ReadonlyMap<string, FileValue | undefined>;
  /** What each path held when it was followed or asked for; undefined where there was nothing. */
  readonly texts: ReadonlyMap<string, string | undefined>;
  /** Everything in them that can be changed. */
  readonly owners: ReadonlySet<Owner>;
  /** What a program has changed of them since, as it was before. */
  readonly changed: Changes;
  readonly isCutShort: boolean;
}

/** Values within values that are walked. */
const MAX_DEPTH = 60;

/** Adds everything that can be changed and is reached from the names of a file. */
export function addOwners(owners: Set<Owner>, names: Names): void {
  const seen = new Set<PyValue>();
  const visitNames = (of: Names, depth: number): void => {
    if (owners.has(of)) return;
    owners.add(of);
    for (const value of of.values()) visit(value, depth + 1);
  };
  const visit = (v: PyValue | undefined, depth: number): void => {
    if (!v || depth > MAX_DEPTH || seen.has(v)) return;
    seen.add(v);
    const all = (values: Iterable<PyValue>): void => {
      for (const each of values) visit(each, depth + 1);
    };
    switch (v.kind) {
      case "list":
        owners.add(v);
        all(v.items ?? []);
        break;
      case "dict":
      case "set":
        owners.add(v);
        for (const [key, item] of v.entries?.values() ?? []) all([key, item]);
        break;
      case "tuple":
        all(v.items);
        break;
      case "iterator":
        owners.add(v);
        all(v.over);
        break;
      case "container":
        owners.add(v);
        if (v.attributes) visitNames(v.attributes, depth);
        all((v.children ?? []).map(([, child]) => child));
        break;
      case "layer":
        owners.add(v);
        if (v.attributes) visitNames(v.attributes, depth);
        break;
      case "array":
        owners.add(v.of);
        break;
      case "tensor":
        owners.add(v);
        break;
      case "instance":
        visitNames(v.attributes, depth);
        visit(v.cls, depth + 1);
        break;
      case "class":
        visitNames(v.members, depth);
        all(v.bases);
        break;
      case "function":
        all(v.fallbacks.values());
        for (let scope: typeof v.scope | undefined = v.scope; scope; scope = scope.parent)
          visitNames(scope.names, depth);
        visit(v.wrapped, depth + 1);
        break;
      case "method":
        all([v.fn, v.self]);
        break;
      case "native": {
        const partial = partialOf(v);
        if (partial) all([partial.fn, ...partial.args.positional, ...partial.args.byKeyword.values()]);
        visit(v.owner, depth + 1);
        break;
      }
      case "file":
        visitNames(v.names, depth);
        break;
    }
  };
  visitNames(names, 0);
}
