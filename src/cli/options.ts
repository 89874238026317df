/** What a command leaves behind. */
export interface Ending {
  readonly exit: 0 | 1 | 2;
}

/** A command line that cannot be run, and why. */
export class UsageError extends Error {}

/** The options of a command line, and what is left. */
export function readOptions(
  args: readonly string[],
  known: Readonly<Record<string, "flag" | "value">>,
): { readonly options: Readonly<Record<string, string>>; readonly rest: readonly string[] } {
  const options: Record<string, string> = {};
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    const [name = "", inline] = arg.startsWith("--")
      ? [arg.slice(2).split("=")[0], arg.includes("=") ? arg.slice(arg.indexOf("=") + 1) : undefined]
      : [];
    if (!arg.startsWith("--")) rest.push(arg);
    else if (known[name] === "flag") options[name] = "true";
    else if (known[name] === "value") {
      const value = inline ?? args[++i];
      if (value === undefined) throw new UsageError(`--${name} needs a value.`);
      options[name] = value;
    } else throw new UsageError(`There is no option --${name}.`);
  }
  return { options, rest };
}
