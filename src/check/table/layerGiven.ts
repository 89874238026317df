/** The kinds of layers that rows of a table are. */
export type Kind =
  | "input"
  | "conv"
  | "maxpool"
  | "avgpool"
  | "globalpool"
  | "adaptive"
  | "flatten"
  | "linear"
  | "batchnorm"
  /** Changes no shape and learns nothing: activations, dropout. */
  | "keep"
  /** Changes no shape; what it learns is not counted here. */
  | "norm"
  /** A layer that is not understood. */
  | "opaque";

/** What a row says about one layer; absent is not said. Lists have one number for every axis, or one for all. */
export interface Given {
  readonly kind: Kind;
  /** PyTorch's name, for layers that are shown under it. */
  readonly name?: string;
  readonly axes?: number;
  readonly kernel?: readonly number[];
  readonly stride?: readonly number[];
  readonly padding?: readonly number[] | "same";
  readonly dilation?: readonly number[];
  readonly groups?: number | "each";
  /** What a transposed convolution adds at one side of its output. */
  readonly outputPadding?: readonly number[];
  readonly filters?: number;
  readonly inputs?: number;
  readonly bias?: boolean;
  readonly ceil?: boolean;
  readonly output?: readonly number[];
  /** `CONV3-10`, `POOL2`: what is not said is as the course has it. */
  readonly isCourse?: boolean;
  /** A whole call, `nn.Conv2d(1, 10, 3)`: what is not said is the framework's default. */
  readonly isCall?: boolean;
}

/** Whether a layer is the transposed convolution, which makes sizes larger. */
export const isTransposed = (given: Given): boolean => given.name === TRANSPOSED;

/** The name of transposed convolutions in the catalogue, without the axes. */
export const TRANSPOSED = "ConvTranspose";

/** One way to read a row: its layers in order, and how far-fetched that is. */
export interface RowReading {
  readonly steps: readonly Given[];
  readonly cost: number;
}
