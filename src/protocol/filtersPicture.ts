import type { Heading } from "./heading.js";

/** Filters on an image: the kernels that can be chosen. The image is the panel's; what a kernel answers with is asked for. */
export interface FiltersPicture {
  readonly kind: "filters";
  readonly heading: Heading;
  readonly presets: readonly FilterKernel[];
}

/** A kernel of integers over one denominator. */
export interface FilterKernel {
  readonly name: string;
  readonly rows: readonly (readonly number[])[];
  readonly per: number;
}

/** An image row by row under a kernel, which slides as it stands or, `turned`, turned by 180° as in mathematics; zeros lie around. */
export interface Filtering {
  readonly width: number;
  readonly pixels: readonly number[];
  readonly rows: readonly (readonly number[])[];
  readonly turned: boolean;
}
