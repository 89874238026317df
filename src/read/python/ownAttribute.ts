import { compare, isEqualItem } from "./comparison.js";
import type { Evaluator } from "./evaluator.js";
import { numberAttribute } from "./numberMethods.js";
import { numbersOf } from "./ranges.js";
import { setMethod } from "./sets.js";
import { namedTupleAttribute } from "./standard/namedTuples.js";
import { partialAttribute } from "./standard/partials.js";
import { take } from "./taking.js";
import { int, nativeValue, type PyValue, unknown } from "./values.js";

/** An attribute or method of a set, a number, a range, a view, or a function of a library; undefined for other kinds. */
export function ownAttribute(engine: Evaluator, v: PyValue, name: string): PyValue | undefined {
  switch (v.kind) {
    case "set":
      return setMethod(engine, v, name);
    case "int":
    case "bool":
    case "float":
      return numberAttribute(engine, v, name);
    case "range":
      if (name === "start" || name === "stop" || name === "step") return int(v[name]);
      return rangeMethod(engine, v, name);
    case "slice":
      return v.parts[["start", "stop", "step"].indexOf(name)];
    case "view":
      return name === "mapping" ? v.of : undefined;
    case "native":
      return namedTupleAttribute(engine, v, name) ?? partialAttribute(v, name);
    default:
      return undefined;
  }
}

function rangeMethod(engine: Evaluator, v: Extract<PyValue, { kind: "range" }>, name: string): PyValue | undefined {
  if (name !== "index" && name !== "count") return undefined;
  return nativeValue(name, (args) => {
    const [sought] = take(args, "/value") ?? [];
    const isIn = sought && compare("in", sought, v);
    if (isIn === undefined) return unknown("Which number is not known.");
    if (name === "count") return int(Number(isIn));
    const at = isIn ? numbersOf(v)?.findIndex((n) => sought && isEqualItem(engine, n, sought)) : undefined;
    return at === undefined ? unknown("Which number is not known.") : int(at);
  });
}
