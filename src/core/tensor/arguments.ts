import type { PaddingMode } from "./axis.js";

/** PyTorch's keyword arguments, as far as they are known. */
export type Arguments = Readonly<Record<string, unknown>>;

/** An argument, or a number given with a layer, that does not fit; the message is a sentence for the student. */
export class Unfit extends Error {}

/** What a function makes of arguments, or the sentence that says which one does not fit. */
export function fitting<T>(resolve: () => T): T | string {
  try {
    return resolve();
  } catch (unfit) {
    if (unfit instanceof Unfit) return unfit.message;
    throw unfit;
  }
}

/** A whole number of at least `low` for each axis: one number serves all of them. */
export function perAxis(args: Arguments, name: string, rank: number, low: number, preset?: number): number[] {
  const given = args[name];
  if (!Array.isArray(given)) return Array<number>(rank).fill(whole(args, name, low, preset));
  const list = given.length === 1 ? Array<unknown>(rank).fill(given[0]) : given;
  if (list.length !== rank)
    throw new Unfit(`${name} has ${list.length} numbers; this layer has ${rank} axes. Give ${rank}.`);
  return list.map((value) => whole({ [name]: value }, name, low));
}

/** The stride of a pooling layer, which is the kernel's size where none is given. */
export function poolingStride(args: Arguments, rank: number, kernel: readonly number[]): readonly number[] {
  const { stride } = args;
  const isGiven = stride !== undefined && stride !== null && !(Array.isArray(stride) && stride.length === 0);
  return isGiven ? perAxis(args, "stride", rank, 1) : kernel;
}

/** An argument, or what it is where it is left out; `?` stands for one that is not known. */
function given(args: Arguments, name: string, preset: unknown, wanted: string): unknown {
  const value = args[name] === undefined ? preset : args[name];
  if (value !== undefined && value !== "?") return value;
  throw new Unfit(`${name} is not known here; with ${wanted} the layer can be drawn.`);
}

/** A whole number of at least `low`. */
export function whole(args: Arguments, name: string, low: number, preset?: number): number {
  const value = given(args, name, preset, "a number");
  if (typeof value === "string") throw new Unfit(`${name} is ${value} here; with a number the layer can be drawn.`);
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw new Unfit(`${name} must be a whole number.`);
  if (value < low) throw new Unfit(`${name} is ${value}; it must be at least ${low}.`);
  return value;
}

/** An argument that is True or False. */
export function flag(args: Arguments, name: string, preset: boolean): boolean {
  const value = given(args, name, preset, "True or False");
  if (typeof value !== "boolean") throw new Unfit(`${name} must be True or False.`);
  return value;
}

/** An argument that is any number. */
export function real(args: Arguments, name: string, preset?: number): number {
  const value = given(args, name, preset, "a number");
  if (typeof value !== "number" || !Number.isFinite(value)) throw new Unfit(`${name} must be a number.`);
  return value;
}

/** The channels of a convolution, which its groups share out evenly. */
export function groupedChannels(args: Arguments): { channels: number; filters: number; groups: number } {
  const [channels, filters] = [whole(args, "in_channels", 1), whole(args, "out_channels", 1)];
  const groups = whole(args, "groups", 1, 1);
  if (channels % groups !== 0 || filters % groups !== 0) {
    throw new Unfit(
      `groups=${groups} must divide in_channels=${channels} and out_channels=${filters}; choose a number that divides both.`,
    );
  }
  return { channels, filters, groups };
}

/** What stands in the padding of a convolution. */
export function paddingMode({ padding_mode: value = "zeros" }: Arguments): PaddingMode {
  if (value === "zeros" || value === "reflect" || value === "replicate" || value === "circular") return value;
  throw new Unfit(`padding_mode is ${String(value)}; it must be zeros, reflect, replicate or circular.`);
}
