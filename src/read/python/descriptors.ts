import { take } from "./taking.js";
import { type CallArguments, type FunctionValue, type PyValue, unknown } from "./values.js";

type Call = (engine: unknown, args: CallArguments) => PyValue;

const as =
  (how: FunctionValue["how"]): Call =>
  (_, args) => {
    const [fn] = take(args, "/function") ?? [];
    return fn?.kind === "function" ? { ...fn, how } : unknown("What this makes a member of the class is not known.");
  };

/** Functions of Python itself that make members of a class: `shape = property(lambda self: …)`. */
export const DESCRIPTORS: Readonly<Record<string, Call>> = {
  staticmethod: as("static"),
  classmethod: as("class"),
  property: (_, args) => {
    const [get, set] = take(args, "fget? fset? fdel? doc?") ?? [];
    return get?.kind === "function"
      ? { ...get, how: "property", ...(set && set.kind !== "none" ? { setter: set } : {}) }
      : unknown("What this property gives is not known.");
  },
};
