import type { Evaluator } from "../evaluator.js";
import { LIBRARY } from "../sources.js";
import type { Place } from "../syntax.js";
import { isNoneValue, isStringValue, isUnknownValue } from "../valueKinds.js";
import { type CallArguments, int, type PyValue, unknown } from "../values.js";
import { COMMON } from "./vision/classifier.js";
import { DENSENET } from "./vision/densenet.js";
import { MOBILENET } from "./vision/mobilenet.js";
import { RESNET } from "./vision/resnet.js";
import { TRANSFORMER } from "./vision/transformer.js";
import { VGG } from "./vision/vgg.js";

/** The programs of torchvision's models by the names of their functions. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^(?:wide_)?resne/, RESNET],
  [/^(?:alexnet|vgg|squeezenet)/, VGG],
  [/^densenet/, DENSENET],
  [/^(?:mobile|efficient)net/, MOBILENET],
  [/^(?:vit|convnext)_/, TRANSFORMER],
];

/** What says which numbers a model starts from, and how they come. */
const HARMLESS = /^(?:weights|pretrained|progress)$/;

/** A model of torchvision that a function makes, as `torchvision.models.resnet18(num_classes=10)` does; undefined for other functions. */
export function visionModel(engine: Evaluator, path: string, args: CallArguments, place: Place): PyValue | undefined {
  const [, name] = /^torchvision\.models\.(?:\w+\.)?(\w+)$/.exec(path) ?? [];
  const [first, second, ...more] = args.positional;
  // `get_model("resnet18")`, `torch.hub.load("pytorch/vision", "resnet18")`
  if (name === "get_model") return isStringValue(first) ? made(engine, first.value, args, place) : undefined;
  const isHub = path === "torch.hub.load" && isStringValue(first) && first.value.startsWith("pytorch/vision");
  if (isHub && isStringValue(second) && more.length === 0) return made(engine, second.value, args, place);
  return name === undefined ? undefined : made(engine, name, args, place);
}

function made(engine: Evaluator, name: string, args: CallArguments, place: Place): PyValue | undefined {
  const family = FAMILIES.find(([names]) => names.test(name));
  if (!family) return undefined;
  const [{ source }, program] = family;
  const file = engine.files?.library(`${LIBRARY}${source}`, `${COMMON}${program}`);
  const make = file?.names.get(name);
  if (!make || isUnknownValue(make)) return undefined;
  file?.names.set("anything", unknown("Dimsum does not know what torchvision's models have there."));
  const changing = [...args.byKeyword].filter(([key, v]) => !HARMLESS.test(key) && !isNoneValue(v));
  if (args.uncertain || changing.some(([key]) => key !== "num_classes"))
    return unknown("Which options this model has is not known.");
  const count = changing[0]?.[1] ?? int(1000);
  return engine.call(
    make,
    { positional: [], byKeyword: new Map([["n", count]]), uncertain: false, places: [] },
    place,
    place,
  );
}
