import type { CallArguments, PyValue } from "./values.js";

/**
 * The arguments of a call in the order of a signature such as `"/iterable start? *key?"`: `/` marks what has no name for the caller, `?`
 * what may be left out, `*` what is only given by name. Undefined where Python would refuse the call, or where it is not known what is given.
 */
export function take(args: CallArguments, signature: string): readonly (PyValue | undefined)[] | undefined {
  if (args.uncertain) return undefined;
  const unused = new Map(args.byKeyword);
  let at = 0;
  const taken: (PyValue | undefined)[] = [];
  for (const part of signature.split(" ")) {
    if (part === "") continue;
    const name = part.replace(/[/?*]/g, "");
    let value: PyValue | undefined;
    if (!part.startsWith("*") && at < args.positional.length) value = args.positional[at++];
    else if (!part.startsWith("/")) {
      value = unused.get(name);
      unused.delete(name);
    }
    if (value === undefined && !part.endsWith("?")) return undefined;
    taken.push(value);
  }
  return at < args.positional.length || unused.size > 0 ? undefined : taken;
}
