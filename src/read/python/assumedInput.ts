import { dimSymbol } from "../../core/dims/dim.js";
import { printCrosses } from "../../core/layer/explain.js";
import type { Shape } from "../../core/layer/op.js";
import { type Attempt, errorsOf, rehearse } from "./everyInput.js";
import type { Interpreter } from "./interpreter.js";
import type { ProgramState } from "./programState.js";
import type { Place } from "./syntax.js";
import type { ClassValue, TensorValue } from "./values.js";

/** A data set of images that is loaded: channels, height and width of what it gives. */
export interface ImageSet {
  readonly name: string;
  readonly shape: Shape;
  readonly place: Place;
}

/** The data set whose images are taken for a model's input: the only kind of images that the file loads. */
export function assumedImages(engine: ProgramState, cls: ClassValue): ImageSet | undefined {
  return engine.assumed?.has(cls.name) ? onlyImages(engine.imageSets) : undefined;
}

/** The data set of a file that loads images of one size; undefined where there are several, or their size is not known. */
export function onlyImages(sets: readonly ImageSet[]): ImageSet | undefined {
  const [first, ...more] = sets;
  const isKnown = first?.shape.every((size) => typeof size === "number");
  return isKnown && more.every((s) => s.shape.join() === first?.shape.join()) ? first : undefined;
}

/** A batch of a data set's images. */
export const batchOf = ({ name, shape, place }: ImageSet): TensorValue => ({
  kind: "tensor",
  shape: [dimSymbol("N"), ...shape],
  dtype: "float",
  maker: { place, label: name },
  isAssumed: true,
});

/**
 * Runs a model that nobody calls with images that the file loads. Whether it fits them, and all that came to light is kept; else what is to be
 * said where it fits any other input: that it would fit images of another size.
 */
export function fitsImages(
  engine: Interpreter,
  images: ImageSet,
  run: (attempt: Attempt) => void,
): { readonly isFit: boolean; readonly sayUnfit: () => void } {
  const attempt: Attempt = { inputs: [{ lead: "batch", contradicted: undefined, images }], isBlind: false };
  const found = rehearse(
    engine,
    () => run(attempt),
    (errors) => errors.length === 0,
  );
  const [only, ...more] = errorsOf(found);
  if (!only) for (const m of found) engine.trace.mismatch(m);
  const sayUnfit = (): void => {
    if (!only?.fitsOtherSides || more.length > 0) return;
    const say = `With the images of ${images.name} (${printCrosses(images.shape)}) that this file loads: ${only.say}`;
    const related = { place: images.place, say: `${images.name} is loaded here.` };
    engine.trace.mismatch({ ...only, code: UNFIT_IMAGES, severity: "warning", say, related });
  };
  return { isFit: !only, sayUnfit };
}

/** The code of what is said of a model that does not fit the images which its file loads. */
export const UNFIT_IMAGES = "input/images";
