import type { Value } from "../../../core/expr/evaluate.js";
import type { Evaluator } from "../evaluator.js";
import { Names } from "../journal.js";
import { NONE, type PyValue, stringValue, toFormulaValue, unknown } from "../values.js";

/** What a file has set, for each file that is followed; Keras has a value of its own for what is not set. */
const settings = new WeakMap<Evaluator, Names>();

function settingsOf(engine: Evaluator): Names {
  const known = settings.get(engine) ?? new Names(() => true);
  settings.set(engine, known);
  return known;
}

const NAME = "image_data_format";

/** Where channels stand if a layer does not say so: last, unless the file itself says otherwise. */
export const imageDataFormat = (engine: Evaluator): PyValue =>
  settingsOf(engine).get(NAME) ?? stringValue("channels_last");

/** `set_image_data_format("channels_first")`. */
export function setImageDataFormat(engine: Evaluator, format: PyValue | undefined): PyValue {
  engine.journal.set(settingsOf(engine), NAME, format ?? unknown("Where channels stand is not known."));
  return NONE;
}

/** The same as a layer's argument. */
export const defaultFormat = (engine: Evaluator): Value | undefined => toFormulaValue(imageDataFormat(engine));
