import { type Arguments, Unfit, whole } from "./arguments.js";
import { elements } from "./tensor.js";

/** The output's shape of nn.Flatten, which counts the axes with the batch axis that the input does not have. */
export function flattenedShape(args: Arguments, shape: readonly number[]): number[] {
  const all = [1, ...shape];
  const place = (name: string, preset: number): number => {
    const at = whole(args, name, -all.length, preset);
    if (at >= all.length) throw new Unfit(`${name} is ${at}; with a batch axis the input has ${all.length} axes.`);
    return at < 0 ? at + all.length : at;
  };
  const [start, end] = [place("start_dim", 1), place("end_dim", -1)];
  if (start > end) throw new Unfit(`start_dim ${start} is after end_dim ${end}; exchange them.`);
  const flat = [...all.slice(0, start), elements(all.slice(start, end + 1)), ...all.slice(end + 1)];
  return start > 0 ? flat.slice(1) : flat;
}
