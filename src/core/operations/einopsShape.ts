import { equal } from "../dims/compare.js";
import { divide, multiply } from "../dims/dim.js";
import { printSize, printSizes } from "../layer/explain.js";
import type { Shape, Size } from "../layer/op.js";
import { type Pattern, REST, readPattern, type Side } from "./einopsPattern.js";
import { counted, differ, isFraction } from "./operands.js";
import { refuse } from "./operation.js";

/** The three functions, which differ in what may appear and disappear. */
export type Rearrangement = "rearrange" | "reduce" | "repeat";

const namesOf = (side: Side): readonly string[] => side.dimensions.flat();

function wrong(kind: Rearrangement, code: string, say: string, advise: string, argument = "pattern"): never {
  refuse(`${kind}/${code}`, say, advise, { argument });
}

/** Refuses a pattern whose sides name other axes than the function allows. */
function compareSides(kind: Rearrangement, { left, right }: Pattern, lengths: ReadonlyMap<string, Size>): void {
  const [before, after] = [namesOf(left), namesOf(right)];
  const gone = before.find((name) => !after.includes(name));
  const isNew = (name: string): boolean => !before.includes(name);
  const added = after.find(isNew);
  const shown = (name: string): string =>
    String(left.numbers.get(name) ?? right.numbers.get(name) ?? name).replace(REST, "...");
  const both = "Name each axis on both sides.";
  if (kind === "rearrange" && (left.numbers.size > 0 || right.numbers.size > 0))
    wrong(
      kind,
      "pattern",
      `The pattern has an axis of size ${[...left.numbers.values(), ...right.numbers.values()][0]} without a name.`,
      "Give it a name; only 1 may stand alone.",
    );
  if (kind !== "reduce" && gone !== undefined)
    wrong(
      kind,
      "pattern",
      `'${shown(gone)}' stands on the left side of the pattern and 0 times on the right.`,
      kind === "rearrange" ? `${both} reduce() takes axes away.` : both,
    );
  if (kind !== "repeat" && added !== undefined)
    wrong(
      kind,
      "pattern",
      `'${shown(added)}' stands on the right side of the pattern and 0 times on the left.`,
      `${both} repeat() adds axes.`,
    );
  const open = after.find((name) => isNew(name) && !right.numbers.has(name) && !lengths.has(name));
  if (kind === "repeat" && open !== undefined)
    wrong(kind, "pattern", `The size of the new axis '${open}' is given 0 times.`, `Add ${open}=… to the call.`);
  const unused = [...lengths.keys()].find((name) => !before.includes(name) && !after.includes(name));
  if (unused !== undefined)
    wrong(
      kind,
      "pattern",
      `${unused} is given, and stands 0 times in the pattern.`,
      "Name it in the pattern, or leave it out.",
      unused,
    );
}

/** The sizes of all axes, and of what the ellipsis stands for; refuses what does not fit the tensor. */
function measure(
  kind: Rearrangement,
  left: Side,
  shape: Shape | undefined,
  lengths: ReadonlyMap<string, Size>,
): { readonly sizes: Map<string, Size>; readonly rest: Shape | undefined } {
  const sizes = new Map<string, Size>([...left.numbers, ...lengths]);
  const named = left.dimensions.length - (left.hasRest ? 1 : 0);
  if (shape && (left.hasRest ? shape.length < named : shape.length !== named))
    wrong(
      kind,
      "rank",
      `The pattern names ${counted(named, "dimension")}, the tensor has ${shape.length}: ${printSizes(shape)}.`,
      "Name each dimension once on the left side.",
    );
  let rest: Shape | undefined;
  let at = 0;
  for (const axes of left.dimensions) {
    if (axes[0] === REST) {
      rest = shape?.slice(at, at + shape.length - named);
      at += rest?.length ?? 0;
      continue;
    }
    const size = shape?.[at++];
    const open = axes.filter((name) => !sizes.has(name));
    if (open.length > 1)
      wrong(
        kind,
        "pattern",
        `The sizes of ${open.length} axes in (${axes.join(" ")}) are not given: ${open.join(", ")}.`,
        `Add ${open[0]}=… to the call, so that the other can be worked out.`,
      );
    const known = axes
      .filter((name) => sizes.has(name))
      .reduce<Size>((all, name) => {
        const one = sizes.get(name);
        return all === undefined || one === undefined ? undefined : multiply(all, one);
      }, 1);
    const [unknown] = open;
    if (unknown === undefined) {
      if (differ(size, known))
        wrong(
          kind,
          "sizes",
          `(${axes.map((a) => left.numbers.get(a) ?? a).join(" ")}) is ${printSize(known)}, the tensor ${shape ? printSizes(shape) : ""} has ${printSize(size)} there.`,
          "Make the sizes multiply up to the tensor's.",
          axes.find((name) => lengths.has(name)) ?? "pattern",
        );
      continue;
    }
    const worked = size === undefined || known === undefined ? undefined : divide(size, known);
    if (isFraction(worked) || (size !== undefined && known !== undefined && equal(known, 0) === true))
      wrong(
        kind,
        "sizes",
        `The size ${printSize(size)} of ${shape ? printSizes(shape) : "the tensor"} cannot be shared out into pieces of ${printSize(known)}.`,
        `Choose sizes for (${axes.join(" ")}) that divide it.`,
        axes.find((name) => lengths.has(name)) ?? "pattern",
      );
    sizes.set(unknown, worked);
  }
  return { sizes, rest };
}

/** The shape that einops makes of a tensor; unknown where the number of dimensions is. */
export function einopsShape(
  kind: Rearrangement,
  shape: Shape | undefined,
  text: string,
  lengths: ReadonlyMap<string, Size>,
): Shape | undefined {
  const pattern = readPattern(text);
  if ("problem" in pattern) wrong(kind, "pattern", pattern.problem, "Write it as 'b c h w -> b (c h w)'.");
  compareSides(kind, pattern, lengths);
  const { sizes, rest } = measure(kind, pattern.left, shape, lengths);
  const { right } = pattern;
  for (const [name, size] of right.numbers) sizes.set(name, size);
  if (right.hasRest && !right.isRestGrouped && !rest) return undefined;
  return right.dimensions.flatMap((axes): readonly Size[] => {
    if (axes.length === 1 && axes[0] === REST && !right.isRestGrouped) return rest ?? [];
    const parts = axes.flatMap((name): Shape => (name === REST ? (rest ?? [undefined]) : [sizes.get(name)]));
    return [
      parts.reduce<Size>((all, one) => (all === undefined || one === undefined ? undefined : multiply(all, one)), 1),
    ];
  });
}
