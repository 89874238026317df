import { mlpPicture, SMALL } from "../../src/check/picture/mlpPicture.js";
import { type LayerCall, layerPicture } from "../../src/check/picture.js";
import type { Picture } from "../../src/protocol.js";
import type { SceneOptions } from "../../webview/scenes/options.js";

/** Frames to look at: a layer or a network, some of its steps, and what is chosen. */
export interface Shot {
  readonly name: string;
  readonly call: LayerCall | "small network";
  readonly steps: readonly number[];
  readonly options?: Partial<SceneOptions>;
}

const conv = (args: LayerCall["args"], input: LayerCall["input"]): LayerCall => ({ name: "Conv2d", args, input });
const padded = conv({ in_channels: 1, out_channels: 1, kernel_size: 3, padding: 1 }, [1, 1, 28, 28]);
const grouped = conv({ in_channels: 4, out_channels: 4, kernel_size: 2, groups: 2, bias: false }, [1, 4, 4, 4]);
const dilated = conv(
  { in_channels: 1, out_channels: 1, kernel_size: [1, 3], dilation: 2, padding: [0, 2], padding_mode: "reflect" },
  [1, 1, 3, 5],
);
const strided = conv({ in_channels: 1, out_channels: 2, kernel_size: 3, stride: 2, padding: 1 }, [1, 1, 6, 6]);
const transposed: LayerCall = {
  name: "ConvTranspose2d",
  args: { in_channels: 1, out_channels: 1, kernel_size: 3, stride: 2, padding: 1 },
  input: [1, 1, 3, 3],
};
const conv3d: LayerCall = {
  name: "Conv3d",
  args: { in_channels: 1, out_channels: 1, kernel_size: 2 },
  input: [1, 1, 3, 4, 4],
};
const overlapping: LayerCall = { name: "MaxPool2d", args: { kernel_size: 2, stride: 1 }, input: [1, 1, 4, 4] };
const norm = (norm_type: number, args: LayerCall["args"]): LayerCall => ({
  name: "LPPool2d",
  args: { norm_type, kernel_size: 2, ...args },
  input: [1, 1, 5, 5],
});
const linear: LayerCall = { name: "Linear", args: { in_features: 4, out_features: 3 }, input: ["N", 4] };
const short: LayerCall = {
  name: "Conv1d",
  args: { in_channels: 2, out_channels: 2, kernel_size: 3 },
  input: [1, 2, 4],
};
/** The picture of a shot. */
export function pictureOf({ call }: Pick<Shot, "call">): Picture {
  if (call !== "small network") return layerPicture(call);
  return mlpPicture(SMALL, { key: "", title: "A small network", text: "", facts: [], formulas: [] }, []);
}

/** The frames that are kept as text and shown in the gallery. */
export const shots: readonly Shot[] = [
  { name: "conv2d-padding", call: padded, steps: [0, 7, 35] },
  { name: "conv2d-turned", call: padded, steps: [7], options: { turned: true } },
  { name: "conv2d-input-uses", call: padded, steps: [7], options: { probe: { grid: "seen", cell: 1 } } },
  { name: "conv2d-weight-uses", call: padded, steps: [7], options: { probe: { grid: "weight", cell: 6 } } },
  { name: "conv2d-groups", call: grouped, steps: [4], options: { plane: 3, part: 1 } },
  { name: "conv2d-dilation-reflect", call: dilated, steps: [0, 8] },
  {
    name: "conv1d-same",
    call: {
      name: "Conv1d",
      args: { in_channels: 2, out_channels: 1, kernel_size: 4, padding: "same" },
      input: ["N", 2, 8],
    },
    steps: [0, 7],
  },
  {
    name: "maxpool2d-leftover",
    call: { name: "MaxPool2d", args: { kernel_size: 2 }, input: [1, 1, 13, 13] },
    steps: [4],
  },
  {
    name: "maxpool2d-ceil",
    call: { name: "MaxPool2d", args: { kernel_size: 3, stride: 2, padding: 1, ceil_mode: true }, input: [1, 1, 6, 6] },
    steps: [0, 15],
  },
  {
    name: "avgpool2d-counts-padding",
    call: { name: "AvgPool2d", args: { kernel_size: 2, stride: 2, padding: 1 }, input: [1, 1, 5, 5] },
    steps: [0, 4],
  },
  {
    name: "avgpool2d-inside",
    call: { name: "AvgPool2d", args: { kernel_size: 2, padding: 1, count_include_pad: false }, input: [1, 1, 5, 5] },
    steps: [0, 4],
  },
  {
    name: "avgpool1d",
    call: { name: "AvgPool1d", args: { kernel_size: 3, stride: 2 }, input: ["N", 1, "L"] },
    steps: [2],
  },
  {
    name: "adaptive",
    call: { name: "AdaptiveAvgPool2d", args: { output_size: [2, 3] }, input: [1, 1, 4, 7] },
    steps: [1],
  },
  { name: "conv2d-input-gradient", call: strided, steps: [0, 14], options: { pass: "input" } },
  {
    name: "conv2d-input-gradient-scattered",
    call: strided,
    steps: [0, 4],
    options: { pass: "input", scattered: true },
  },
  { name: "conv2d-input-gradient-turned", call: strided, steps: [14], options: { pass: "input", turned: true } },
  { name: "conv2d-weight-gradient", call: strided, steps: [4], options: { pass: "weight", plane: 1 } },
  { name: "conv2d-predicted", call: strided, steps: [2], options: { predicting: true, known: 1 } },
  { name: "conv2d-reflect-gradient", call: dilated, steps: [0, 7], options: { pass: "input" } },
  { name: "convtranspose2d", call: transposed, steps: [0, 9] },
  { name: "convtranspose2d-scattered", call: transposed, steps: [3], options: { scattered: true } },
  { name: "convtranspose2d-input-gradient", call: transposed, steps: [1], options: { pass: "input" } },
  { name: "conv3d", call: conv3d, steps: [0], options: { plane: 1, part: 1 } },
  { name: "conv3d-input-gradient", call: conv3d, steps: [4], options: { pass: "input", plane: 1 } },
  { name: "maxpool2d-gradient", call: overlapping, steps: [0, 8], options: { pass: "input" } },
  { name: "maxpool2d-gradient-scattered", call: overlapping, steps: [4], options: { pass: "input", scattered: true } },
  {
    name: "avgpool2d-gradient",
    call: { name: "AvgPool2d", args: { kernel_size: 3, stride: 2, padding: 1 }, input: [1, 1, 5, 5] },
    steps: [6],
    options: { pass: "input" },
  },
  { name: "lppool2d", call: norm(2, { ceil_mode: true, stride: 2 }), steps: [0, 2] },
  { name: "lppool2d-gradient", call: norm(2, { stride: 1 }), steps: [0, 6], options: { pass: "input" } },
  {
    name: "lppool2d-gradient-scattered",
    call: norm(2, { stride: 1 }),
    steps: [1],
    options: { pass: "input", scattered: true },
  },
  { name: "lppool2d-cubes", call: norm(3, {}), steps: [1] },
  { name: "lppool2d-cubes-gradient", call: norm(3, {}), steps: [1], options: { pass: "input" } },
  { name: "linear", call: linear, steps: [0, 2] },
  { name: "linear-input-gradient", call: linear, steps: [1], options: { pass: "input" } },
  { name: "linear-weight-gradient", call: linear, steps: [5], options: { pass: "weight" } },
  { name: "conv1d-matrix", call: short, steps: [1], options: { view: "matrix" } },
  { name: "conv1d-matrix-back", call: short, steps: [2], options: { pass: "input", view: "matrix" } },
  { name: "conv1d-im2col-weight", call: short, steps: [1], options: { pass: "weight", view: "im2col" } },
  { name: "network-forward", call: "small network", steps: [0, 5] },
  { name: "network-back", call: "small network", steps: [0, 3, 6], options: { pass: "input", loss: 1 } },
  { name: "global", call: { name: "GlobalAvgPool2d", args: {}, input: [1, 256, 56, 56] }, steps: [0] },
];
