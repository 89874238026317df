import { take } from "./taking.js";
import { isFunctionValue, isNoneValue } from "./valueKinds.js";
import { type CallArguments, type FunctionValue, type PyValue, unknown } from "./values.js";

type Call = (engine: unknown, args: CallArguments) => PyValue;

const as =
  (how: FunctionValue["how"]): Call =>
  (_, args) => {
    const [fn] = take(args, "/function") ?? [];
    return isFunctionValue(fn) ? { ...fn, how } : unknown("What this makes a member of the class is not known.");
  };

/** Functions of Python itself that make members of a class: `shape = property(lambda self: …)`. */
export const DESCRIPTORS: Readonly<Record<string, Call>> = {
  staticmethod: as("static"),
  classmethod: as("class"),
  property: (_, args) => {
    const [get, set] = take(args, "fget? fset? fdel? doc?") ?? [];
    return isFunctionValue(get)
      ? { ...get, how: "property", ...(set && !isNoneValue(set) ? { setter: set } : {}) }
      : unknown("What this property gives is not known.");
  },
};
