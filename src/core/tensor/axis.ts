/** What stands in the padding: zeros (minus infinity under a maximum), or copies of the input. */
export type PaddingMode = "zeros" | "reflect" | "replicate" | "circular";

/** One place that a window looks at: its place in the window, its position (negative in the padding before), and the
 * index of the input it sees there, −1 where the padding has no number of its own. */
export interface Tap {
  readonly tap: number;
  readonly at: number;
  readonly from: number;
}

/** A window's whole way along one axis; a layer over several axes reads the product of them. */
export interface Axis {
  readonly size: number;
  readonly before: number;
  readonly after: number;
  /** Taps of the window; the longest one where the windows are uneven. */
  readonly kernel: number;
  /** For each output, the taps inside the input and its padding. */
  readonly windows: readonly (readonly Tap[])[];
}

/** How a window of fixed length slides along one axis. */
export interface Slide {
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly before: number;
  readonly after: number;
  readonly dilation: number;
  readonly mode: PaddingMode;
  readonly ceil: boolean;
}

/** The length that a window covers, gaps of its dilation included. */
export function extent(kernel: number, dilation: number): number {
  return dilation * (kernel - 1) + 1;
}

/** The number of windows along an axis, as PyTorch counts them; below 1 when none fits. */
export function slideLength(slide: Slide): number {
  const room = slide.size + slide.before + slide.after - extent(slide.kernel, slide.dilation);
  if (!slide.ceil) return Math.floor(room / slide.stride) + 1;
  const length = Math.ceil(room / slide.stride) + 1;
  // The last window must start inside the input or the padding before it.
  return (length - 1) * slide.stride >= slide.size + slide.before ? length - 1 : length;
}

/** The index of the input that is seen at a position, −1 where there is none. */
export function sourceAt(at: number, size: number, mode: PaddingMode): number {
  if (at >= 0 && at < size) return at;
  if (mode === "replicate") return at < 0 ? 0 : size - 1;
  if (mode === "circular") return ((at % size) + size) % size;
  if (mode === "reflect") return at < 0 ? -at : 2 * (size - 1) - at;
  return -1;
}

/** The axis of a convolution or of a pooling window with a kernel size; a layer may itself say how many windows there are. */
export function slidingAxis(slide: Slide, length = Math.max(0, slideLength(slide))): Axis {
  const { size, kernel, stride, before, after, dilation, mode } = slide;
  const window = (out: number): Tap[] => {
    const taps: Tap[] = [];
    for (let tap = 0; tap < kernel; tap++) {
      const at = out * stride - before + tap * dilation;
      if (at < size + after) taps.push({ tap, at, from: sourceAt(at, size, mode) });
    }
    return taps;
  };
  return { size, before, after, kernel, windows: Array.from({ length }, (_, out) => window(out)) };
}

/** The axis of an adaptive pooling layer: `length` windows that cover the input and may overlap or differ by one. */
export function adaptiveAxis(size: number, length: number): Axis {
  const window = (out: number): Tap[] => {
    const start = Math.floor((out * size) / length);
    const end = Math.ceil(((out + 1) * size) / length);
    return Array.from({ length: end - start }, (_, tap) => ({ tap, at: start + tap, from: start + tap }));
  };
  const windows = Array.from({ length }, (_, out) => window(out));
  return { size, before: 0, after: 0, kernel: Math.max(0, ...windows.map((taps) => taps.length)), windows };
}
