import { type Bindings, isDim, type Value } from "../expr/evaluate.js";
import { AXES, everyAxis, type Op, type Rule } from "../layer/op.js";
import { dataFormat, oneValueAnAxis, positive } from "./windowRules.js";

type Axes = 1 | 2 | 3;

/** What is added or taken away before and after each axis: one number for all, one an axis, or a pair an axis. In 1-D a pair is before and after. */
function sides(value: Value | undefined, axes: Axes): Bindings {
  const list = Array.isArray(value) ? (axes === 1 && value.length === 2 ? [value] : value) : undefined;
  const pairs = Array.from({ length: axes }, (_, i): readonly (Value | undefined)[] => {
    const own = list ? list[i] : value;
    if (isDim(own)) return [own, own];
    return Array.isArray(own) && own.length === 2 ? own : [undefined, undefined];
  });
  return { A: pairs.map(([before]) => before), B: pairs.map(([, after]) => after) };
}

const notNegative = (argument: string): Rule => ({
  code: `${argument}-negative`,
  when: "A < 0 or B < 0",
  say: `${argument} is {${argument}}.`,
  advise: "Use 0 or more.",
  argument,
});

const base = (axes: Axes): Omit<Op, "name" | "summary" | "keras" | "output" | "rules" | "examples"> => ({
  axes,
  letters: {},
  perAxis: ["A", "B"],
  layout: "data_format",
  input: ["N", "C", ...(AXES[axes] ?? [])],
});

const image = (axes: Axes, size: number): readonly number[] => [1, ...Array<number>(axes).fill(size), 3];

/** A list has two numbers in 1-D, else one entry for each axis. */
const entries = (argument: string, axes: Axes): Rule =>
  axes === 1
    ? {
        code: `${argument}-sides`,
        when: `len(${argument}) != 2`,
        say: `${argument} lists {len(${argument})|number}.`,
        advise: "Give one number, or two: before and after.",
        argument,
      }
    : oneValueAnAxis(argument, axes);

const padded = (axes: Axes): Op => ({
  ...base(axes),
  name: `ZeroPadding${axes}D`,
  summary: "Puts zeros around the input; it has nothing to learn.",
  keras: `layers.ZeroPadding${axes}D(padding=1, data_format='channels_last')`,
  derived: ({ padding }) => sides(padding, axes),
  output: ["N", "C", ...everyAxis(axes, "I + A + B")],
  rules: [dataFormat, entries("padding", axes), notNegative("padding")],
  examples: [{ args: { padding: 2 }, input: image(axes, 5), output: image(axes, 9), params: 0 }],
});

const cropped = (axes: Axes): Op => ({
  ...base(axes),
  name: `Cropping${axes}D`,
  summary: "Cuts the borders of the input off; it has nothing to learn.",
  keras: `layers.Cropping${axes}D(cropping=${axes === 2 ? 0 : 1}${axes === 1 ? "" : ", data_format='channels_last'"})`,
  derived: ({ cropping }) => sides(cropping, axes),
  output: ["N", "C", ...everyAxis(axes, "I - A - B")],
  rules: [
    dataFormat,
    entries("cropping", axes),
    notNegative("cropping"),
    {
      code: "nothing-left",
      when: "I <= A + B",
      say: "{A + B} are cut off, the input is only {I} long.",
      advise: "Cut less off.",
      argument: "cropping",
    },
  ],
  examples: [{ args: { cropping: 1 }, input: image(axes, 5), output: image(axes, 3), params: 0 }],
});

const enlarged = (axes: Axes): Op => ({
  ...base(axes),
  name: `UpSampling${axes}D`,
  summary: "Repeats every number along each axis, so that the input grows; it has nothing to learn.",
  keras: `layers.UpSampling${axes}D(size=2${axes === 1 ? "" : ", data_format='channels_last'"}${axes === 2 ? ", interpolation='nearest'" : ""})`,
  letters: { K: "size" },
  perAxis: ["K"],
  output: ["N", "C", ...everyAxis(axes, "I*K")],
  rules: [dataFormat, ...(axes === 1 ? [] : [oneValueAnAxis("size", axes)]), positive("size", "K")],
  examples: [{ args: { size: 2 }, input: image(axes, 5), output: image(axes, 10), params: 0 }],
});

/** layers.ZeroPadding1D to 3D, layers.Cropping1D to 3D and layers.UpSampling1D to 3D. */
export const padding: readonly Op[] = ([1, 2, 3] as const).flatMap((axes) => [
  padded(axes),
  cropped(axes),
  enlarged(axes),
]);
