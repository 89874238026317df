import type { Pass, PlanePart, WindowPicture } from "../../src/protocol.js";
import type { Target } from "./marks.js";

/** What the reader has chosen besides the step. */
export interface SceneOptions {
  readonly pass: Pass["kind"];
  /** The plane that is summed up, and which of the planes that meet there is shown. */
  readonly plane: number;
  readonly part: number;
  /** The convolution of mathematics in place of the layer's correlation. */
  readonly turned: boolean;
  /** Whether a step is one window that adds its share to all places which it sees, in place of one sum. */
  readonly scattered: boolean;
  /** Whether numbers are coloured by the place in the kernel that they meet, so that stride and dilation can be seen. */
  readonly byPlace: boolean;
  /** What stands below the windows: the same as a correlation, as one matrix, or with the windows as rows. */
  readonly view: "windows" | "matrix" | "im2col";
  /** Which of a network's losses goes back. */
  readonly loss: number;
  /** Whether a layer that is another one after training is shown as it is then. */
  readonly evaluating: boolean;
  /** Whether results are hidden until they are predicted; up to where they are known. */
  readonly predicting: boolean;
  readonly known: number;
  /** Whether the receptive field through the network around the layer is shown. */
  readonly field: boolean;
  /** How fast time goes by when it plays, against the usual speed. */
  readonly speed: number;
  /** How far time has come; cells after it are faint. The step itself when absent. */
  readonly reached?: number;
  /** A cell whose uses are asked for. */
  readonly probe?: Target;
}

/** The options a picture starts with. */
export const firstOptions: SceneOptions = {
  pass: "forward",
  plane: 0,
  part: 0,
  turned: false,
  scattered: false,
  byPlace: false,
  view: "windows",
  loss: 0,
  evaluating: false,
  predicting: false,
  known: -1,
  field: false,
  speed: 1,
};

/** The passes of a picture, in the way that is chosen. */
export const passesOf = (picture: WindowPicture, { turned }: Pick<SceneOptions, "turned">): readonly Pass[] =>
  (turned ? picture.turned : undefined) ?? picture.passes;

/** The pass that is shown. */
export const passOf = (picture: WindowPicture, options: SceneOptions): Pass => {
  const passes = passesOf(picture, options);
  return passes.find(({ kind }) => kind === options.pass) ?? (passes[0] as Pass);
};

/** The planes that meet in what is shown. */
export const partOf = (picture: WindowPicture, options: SceneOptions): PlanePart | undefined =>
  passOf(picture, options).parts[options.plane]?.[options.part];

/** The plane of the input, or of the kernel, that meets in what is shown, whichever way the pass goes. */
export function planeShown(picture: WindowPicture, options: SceneOptions, tensor: "input" | "weight"): number {
  const side = tensor === "weight" ? "weight" : picture.transposed ? "windows" : "seen";
  return partOf(picture, options)?.planes[side] ?? 0;
}

/** Whether a step may be one window that adds to all that it sees. */
export const canScatter = (picture: WindowPicture, options: SceneOptions): boolean =>
  partOf(picture, options)?.stamps !== undefined;

/** Options that fit the picture: a pass and planes that it has. */
export function settled(picture: WindowPicture, options: SceneOptions): SceneOptions {
  const turned = options.turned && picture.turned !== undefined;
  const found = { ...options, turned };
  const pass = passOf(picture, found);
  const within = (index: number, count: number): number => (index >= 0 && index < count ? index : 0);
  const plane = within(options.plane, pass.parts.length);
  const part = within(options.part, pass.parts[plane]?.length ?? 0);
  const shown = { ...found, pass: pass.kind, plane, part };
  return {
    ...shown,
    scattered: options.scattered && canScatter(picture, shown),
    byPlace: options.byPlace && pass.weight !== undefined,
    view: pass.weight && picture.operation !== "linear" ? options.view : "windows",
  };
}
