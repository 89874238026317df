import type { WindowPicture } from "../../src/protocol.js";

/** What the reader has chosen besides the step. */
export interface SceneOptions {
  readonly outChannel: number;
  readonly inChannel: number;
  /** The convolution of mathematics in place of the layer's correlation. */
  readonly turned: boolean;
  /** How far time has come; cells after it are faint. The step itself when absent. */
  readonly reached?: number;
  readonly probe?: Probe;
}

/** An input cell or a weight whose uses are asked for. */
export interface Probe {
  readonly kind: "input" | "weight";
  readonly row: number;
  readonly col: number;
}

/** The options a picture starts with. */
export const firstOptions: SceneOptions = { outChannel: 0, inChannel: 0, turned: false };

/** Options that fit the picture: channels that it has, and an input channel that the output channel reads. */
export function settled(picture: WindowPicture, options: SceneOptions): SceneOptions {
  const outChannel = Math.min(Math.max(0, options.outChannel), picture.output.length - 1);
  const { first, count } = channelsRead(picture, outChannel);
  const inChannel = options.inChannel >= first && options.inChannel < first + count ? options.inChannel : first;
  return { ...options, outChannel, inChannel, turned: options.turned && picture.turned !== undefined };
}

/** The input channels that an output channel reads: those of its group, or its own under a pooling window. */
export function channelsRead(
  picture: WindowPicture,
  outChannel: number,
): { readonly first: number; readonly count: number } {
  if (picture.operation !== "convolution") return { first: outChannel, count: 1 };
  const count = picture.input.length / picture.groups;
  const group = Math.floor((outChannel * picture.groups) / picture.output.length);
  return { first: group * count, count };
}
