import type { NormChannel, NormPicture } from "../../src/protocol.js";
import { plainGrid } from "./flatten.js";
import type { Frame, GridMark, Piece, SumLine } from "./marks.js";
import { bracketed } from "./numbers.js";
import type { SceneOptions } from "./options.js";
import type { Scene } from "./scene.js";

/** What is averaged over what: one channel over the batch and all its positions, forward and backward, number by number. */
export function normScene(picture: NormPicture): Scene {
  const { rows, columns, samples, channels } = picture;
  const size = rows * columns;
  const settled = (options: SceneOptions): SceneOptions => ({
    ...options,
    pass: options.pass === "forward" ? "forward" : "input",
    plane: channels[options.plane] ? options.plane : 0,
    evaluating: options.evaluating && picture.evaluated !== undefined,
    part: 0,
    turned: false,
    scattered: false,
    predicting: false,
  });
  const frame = (number: number, asked: SceneOptions): Frame => {
    const options = settled(asked);
    const steps = samples * size;
    const step = Math.min(Math.max(0, Math.trunc(number) || 0), steps - 1);
    const isBack = options.pass === "input";
    const isFixed = options.evaluating;
    const channel = ((isFixed && picture.evaluated) || channels)[options.plane] as NormChannel;
    const [sample, cell] = [Math.floor(step / size), step % size];
    const reached = asked.reached ?? step;
    const name = (letter: string, of: number) => (index: number) =>
      columns * rows === 1
        ? `${letter}[${of}]`
        : `${letter}[${of}, ${Math.floor(index / columns)}, ${index % columns}]`;
    const all = Array.from({ length: size }, (_, index) => index);
    const planes = (kind: "in" | "out"): GridMark[] =>
      (isBack
        ? kind === "in"
          ? channel.gradOutput
          : channel.gradInput
        : kind === "in"
          ? channel.input
          : channel.output
      ).map((texts, of): GridMark => {
        const letter = isBack ? (kind === "in" ? "dY" : "dX") : kind === "in" ? "x" : "y";
        const title = isBack
          ? kind === "in"
            ? "Gradient of the output"
            : "Gradient of the input"
          : kind === "in"
            ? "Input"
            : "Output";
        const later = Math.min(Math.max(0, reached + 1 - of * size), size);
        return {
          id: `${kind}${of}`,
          role: isBack ? "gradient" : kind === "in" ? "input" : "output",
          title: `${title}, sample ${of}`,
          caption: size === 1 ? "one number" : `${rows} × ${columns}`,
          ...(of === 0 &&
            kind === "out" &&
            channels.length > 1 && {
              planes: {
                names: channels.map((_, index) => `channel ${index}`),
                shown: options.plane,
                choose: "plane" as const,
              },
            }),
          base: plainGrid(texts, columns, name(letter, of)),
          lit: kind === "in" && !isFixed ? all.filter((index) => of !== sample || index !== cell) : [],
          ...(of === sample && { chosen: cell }),
          ...(kind === "out" && { later }),
        };
      });
    const at = name(isBack ? "dX" : "y", sample)(cell);
    const result = (isBack ? channel.gradInput : channel.output)[sample]?.[cell] ?? "";
    return {
      step,
      steps,
      title: `${at} ≈ ${result}`,
      role: isBack ? "gradient" : "output",
      sentence: isFixed
        ? isBack
          ? "The mean and the variance are fixed, so each dY goes back by itself, scaled as its number was."
          : "The mean and the variance are those that training has kept, so each number is centred, scaled and moved by itself, whatever batch it is in."
        : isBack
          ? `The mean and the variance depend on every number of the channel, so a part of each dY is taken away before it is scaled.`
          : `All ${steps} numbers of the channel, over ${samples} samples, make one mean and one variance; each number is centred, scaled and moved by them.`,
      grids: [...planes("in"), ...planes("out")],
      sums: (isBack ? backLines : lines)(channel, sample, cell, result, picture, isFixed),
      tiles: [],
      tilesTotal: "",
    };
  };
  return {
    settled,
    steps: () => samples * size,
    frame,
    stepAt: ({ grid, cell }) => {
      const of = /^(?:in|out)(\d+)$/.exec(grid)?.[1];
      return of === undefined ? undefined : Number(of) * size + cell;
    },
    probeAt: () => undefined,
  };
}

const equals: Piece = { text: " =\u00a0" };
const nearly: Piece = { text: " ≈\u00a0" };

function added(texts: readonly string[], role: "input" | "gradient"): Piece[] {
  return texts.flatMap((text, index): Piece[] =>
    index === 0 ? [{ text, role }] : [{ text: " + " }, { text: bracketed(text), role }],
  );
}

function lines(
  { input, mean, variance, weight, bias }: NormChannel,
  sample: number,
  cell: number,
  result: string,
  { epsilon }: NormPicture,
  isFixed: boolean,
): SumLine[] {
  const all = input.flat();
  const squares = all.flatMap((text, index): Piece[] => [
    { text: index === 0 ? "(" : " + (" },
    { text, role: "input" },
    { text: ` − ${bracketed(mean)})²` },
  ]);
  const x = input[sample]?.[cell] ?? "";
  const own: SumLine[] = [
    {
      label: "mean μ",
      pieces: [{ text: "(" }, ...added(all, "input"), { text: `) / ${all.length}` }, equals, { text: mean }],
      current: false,
    },
    {
      label: "variance σ²",
      pieces: [{ text: "(" }, ...squares, { text: `) / ${all.length}` }, equals, { text: variance }],
      current: false,
    },
  ];
  const kept: SumLine[] = [
    { label: "running mean μ", pieces: [{ text: mean }], current: false },
    { label: "running variance σ²", pieces: [{ text: variance }], current: false },
  ];
  return [
    ...(isFixed ? kept : own),
    {
      label: "γ·(x − μ)/√(σ² + ε) + β",
      pieces: [
        { text: weight, role: "weight" },
        { text: "·(" },
        { text: x, role: "input" },
        { text: ` − ${bracketed(mean)}) / √(${variance} + ${epsilon}) + ` },
        { text: bracketed(bias), role: "weight" },
        nearly,
        { text: result, role: "output" },
      ],
      current: true,
    },
  ];
}

function backLines(
  { gradOutput, normalized, variance, weight, gradWeight, gradBias, meanGrad, meanAlong }: NormChannel,
  sample: number,
  cell: number,
  result: string,
  { epsilon }: NormPicture,
  isFixed: boolean,
): SumLine[] {
  const all = gradOutput.flat();
  const along = all.flatMap((text, index): Piece[] => [
    ...(index === 0 ? [] : [{ text: " + " }]),
    { text: index === 0 ? text : bracketed(text), role: "gradient" as const },
    { text: `·${bracketed(normalized.flat()[index] ?? "")}` },
  ]);
  const [dy, normal] = [gradOutput[sample]?.[cell] ?? "", normalized[sample]?.[cell] ?? ""];
  return [
    { label: "dβ", pieces: [...added(all, "gradient"), equals, { text: gradBias, role: "gradient" }], current: false },
    {
      label: "dγ, with x̂ = (x − μ)/√(σ² + ε)",
      pieces: [...along, nearly, { text: gradWeight, role: "gradient" }],
      current: false,
    },
    {
      label: isFixed ? "γ/√(σ² + ε) · dY" : "γ/√(σ² + ε) · (dY − mean of dY − x̂ · mean of dY·x̂)",
      pieces: [
        { text: weight, role: "weight" },
        { text: ` / √(${variance} + ${epsilon}) · ${isFixed ? "" : "("}` },
        { text: isFixed ? bracketed(dy) : dy, role: "gradient" },
        ...(isFixed ? [] : [{ text: ` − ${bracketed(meanGrad)} − ${bracketed(normal)}·${bracketed(meanAlong)})` }]),
        nearly,
        { text: result, role: "gradient" },
      ],
      current: true,
    },
  ];
}
