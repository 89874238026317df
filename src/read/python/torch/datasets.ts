import { dimSymbol } from "../../../core/dims/dim.js";
import { printSize } from "../../../core/layer/explain.js";
import type { Shape, Size } from "../../../core/layer/op.js";
import { differ } from "../../../core/operations/operands.js";
import { given } from "../arguments.js";
import { lookUp } from "../attributes.js";
import type { Evaluator } from "../evaluator.js";
import { ending } from "../exceptions.js";
import { handOver } from "../handedOver.js";
import { smallNumber } from "../integers.js";
import { join } from "../join.js";
import { isKerasClass } from "../keras/subclass.js";
import { FIRST_BASE } from "../sources.js";
import { eachOf, stream } from "../streams.js";
import type { Place } from "../syntax.js";
import {
  isArrayValue,
  isDictValue,
  isFloatValue,
  isInstanceValue,
  isIntValue,
  isListValue,
  isMethodValue,
  isNoneValue,
  isTensorValue,
  isTupleValue,
  isUnknownValue,
} from "../valueKinds.js";
import {
  type CallArguments,
  dictValue,
  int,
  nativeValue,
  type PyValue,
  type TensorValue,
  tupleValue,
  unknown,
} from "../values.js";
import { collated } from "./collated.js";

/** Channels, height and width of the images of torchvision's data sets; a size that differs from image to image is undefined. */
const IMAGES: Readonly<Record<string, readonly [number, Size, Size]>> = {
  MNIST: [1, 28, 28],
  FashionMNIST: [1, 28, 28],
  KMNIST: [1, 28, 28],
  QMNIST: [1, 28, 28],
  USPS: [1, 16, 16],
  CIFAR10: [3, 32, 32],
  CIFAR100: [3, 32, 32],
  SVHN: [3, 32, 32],
  STL10: [3, 96, 96],
  ImageFolder: [3, undefined, undefined],
  ImageNet: [3, undefined, undefined],
  Flowers102: [3, undefined, undefined],
  Food101: [3, undefined, undefined],
  OxfordIIITPet: [3, undefined, undefined],
  Caltech101: [3, undefined, undefined],
};

/** An image on its way through transforms. */
interface Image {
  readonly channels: Size;
  readonly height: Size;
  readonly width: Size;
  readonly isTensor: boolean;
}

type Step = (image: Image) => Image | undefined;

const numberAt = ({ positional, byKeyword }: CallArguments, at: number, name: string): PyValue | undefined =>
  positional[at] ?? byKeyword.get(name);

/** Height and width that an argument asks for: two numbers, or one for both. */
function sidesOf(v: PyValue | undefined): readonly [number, number] | number | undefined {
  const one = smallNumber(v);
  if (one !== undefined) return one;
  const items = isTupleValue(v) || isListValue(v) ? v.items?.map(smallNumber) : undefined;
  const [height, width] = items ?? [];
  if (items?.length === 1) return height;
  return items?.length === 2 && height !== undefined && width !== undefined ? [height, width] : undefined;
}

const square = (args: CallArguments): Step => {
  const sides = sidesOf(numberAt(args, 0, "size"));
  const [height, width] = typeof sides === "number" ? [sides, sides] : (sides ?? []);
  return (image) => (height === undefined ? undefined : { ...image, height, width });
};

/** One number is for the shorter side: the other follows, and is known of squares. */
const resized = (args: CallArguments): Step => {
  const sides = sidesOf(numberAt(args, 0, "size"));
  if (typeof sides !== "number") return square(args);
  return (image) => {
    const isSquare = image.height !== undefined && image.height === image.width;
    return { ...image, height: isSquare ? sides : undefined, width: isSquare ? sides : undefined };
  };
};

const padded = (args: CallArguments): Step => {
  const by = smallNumber(numberAt(args, 0, "padding"));
  const more = (side: Size): Size => (typeof side === "number" && by !== undefined ? side + 2 * by : undefined);
  return (image) => ({ ...image, height: more(image.height), width: more(image.width) });
};

const gray = (args: CallArguments): Step => {
  const given = numberAt(args, 0, "num_output_channels");
  const channels = given ? smallNumber(given) : 1;
  return (image) => (channels === undefined ? undefined : { ...image, channels });
};

const toTensor: Step = (image) => ({ ...image, isTensor: true });
const same: Step = (image) => image;

const SAME =
  "Normalize RandomHorizontalFlip RandomVerticalFlip RandomRotation ColorJitter RandomAffine RandomErasing ConvertImageDtype ToDtype AutoAugment RandAugment TrivialAugmentWide AugMix RandomGrayscale GaussianBlur RandomPerspective RandomInvert RandomAutocontrast RandomEqualize RandomAdjustSharpness";

const TRANSFORMS: Readonly<Record<string, (args: CallArguments) => Step>> = {
  Resize: resized,
  CenterCrop: square,
  RandomCrop: square,
  RandomResizedCrop: square,
  Pad: padded,
  Grayscale: gray,
  ToTensor: () => toTensor,
  PILToTensor: () => toTensor,
  ToImage: () => toTensor,
  ...Object.fromEntries(SAME.split(" ").map((name) => [name, () => same])),
};

const steps = new WeakMap<PyValue, Step>();

/** A transform as a value, which tensors go through as they are if they are called with it. */
function transform(step: Step): PyValue {
  const made: PyValue = nativeValue("transform", () => unknown("What this transform gives is not known."));
  steps.set(made, step);
  return made;
}

/** Transforms one after the other; not known where one of them is not. */
function composed(engine: Evaluator, list: PyValue | undefined): PyValue {
  const all = (list && engine.iterate(list))?.map((v) => steps.get(v));
  if (!all || all.includes(undefined)) return unknown("One of these transforms is not known.");
  return transform((image) => all.reduce<Image | undefined>((at, step) => at && step?.(at), image));
}

/** A data set of images with a class each: what one sample is. */
function imageSet(engine: Evaluator, name: string, args: CallArguments, place: Place): PyValue {
  const said = args.byKeyword.get("transform") ?? args.positional.find((v) => steps.has(v));
  const step = said && steps.get(said);
  const [channels, height, width] = IMAGES[name] as readonly [number, Size, Size];
  const image = step?.({ channels, height, width, isTensor: false });
  const isTensor = !args.uncertain && image?.isTensor;
  if (place.from < FIRST_BASE)
    engine.imageSets.push({ name, shape: isTensor ? [image.channels, image.height, image.width] : [undefined], place });
  if (!isTensor) return unknown(`What ${name} gives after its transforms is not known.`);
  const shape: Shape = [image.channels, image.height, image.width];
  const sample: TensorValue = { kind: "tensor", shape, dtype: "float", maker: { place, label: name } };
  return stream(tupleValue([sample, int(dimSymbol("label"))]));
}

/** What a data set gives each time: of a class of the file what its `__getitem__` gives for some index; undefined where that is not known. */
function sampleOf(engine: Evaluator, data: PyValue, place: Place, index = "index"): PyValue | undefined {
  const each = eachOf(data);
  if (each) return each;
  if (isListValue(data) || isTupleValue(data)) {
    const [first, ...more] = data.items ?? [];
    return more.length > MAX_SAMPLES ? undefined : first && more.reduce((a, b) => join(a, b), first);
  }
  if (!isInstanceValue(data) || isKerasClass(data.cls)) return undefined;
  const item = lookUp(data.cls, "__getitem__", data);
  if (!isMethodValue(item)) return undefined;
  // Which sample it is is not known, so that nothing is said of it.
  const { result } = engine.journal.undone(() =>
    engine.trace.apart(() => ending(() => engine.call(item, given(int(dimSymbol(index))), place, place))),
  );
  const end = result.result;
  return "value" in end ? end.value : undefined;
}

/** Samples of a list that are looked at. */
const MAX_SAMPLES = 256;

/** Samples side by side as a batch. */
function batched(each: PyValue): PyValue {
  if (isTupleValue(each)) return { ...each, items: each.items.map(batched) };
  if (isListValue(each) && each.items) return { kind: "list", items: each.items.map(batched) };
  if (isDictValue(each) && each.entries)
    return dictValue(new Map([...each.entries].map(([name, [key, v]]) => [name, [key, batched(v)] as const] as const)));
  const batch = dimSymbol("N");
  if (isArrayValue(each)) return batched({ ...each.of, numbers: undefined });
  if (isFloatValue(each)) return { kind: "tensor", shape: [batch], dtype: "float" };
  if (isTensorValue(each))
    return {
      kind: "tensor",
      shape: each.shape && [batch, ...each.shape],
      dtype: each.dtype,
      ...(each.doubt ? { doubt: "any" } : {}),
    };
  return isIntValue(each)
    ? { kind: "tensor", shape: [batch], dtype: "int" }
    : unknown("What a batch of these is is not known.");
}

/** `DataLoader(data, batch_size=…)`: batches, of which the last may be smaller. */
function loader(engine: Evaluator, args: CallArguments, place: Place): PyValue {
  const { positional, byKeyword, uncertain } = args;
  handOver(engine, args);
  const data = positional[0] ?? byKeyword.get("dataset");
  const each = data && sampleOf(engine, data, place);
  const size = positional[1] ?? byKeyword.get("batch_size");
  const collate = byKeyword.get("collate_fn");
  const isOwn = collate !== undefined && !isNoneValue(collate);
  if (!each || uncertain || byKeyword.has("batch_sampler") || (isOwn && (isUnknownValue(collate) || isNoneValue(size))))
    return unknown("What this loader gives is not known.");
  // Samples may differ in what depends on where they stand.
  if (isOwn) return stream(collated(engine, collate, (at) => sampleOf(engine, data, place, `index${at}`), place));
  return stream(isNoneValue(size) ? each : batched(each));
}

/** `TensorDataset(x, y)`: a row of each. */
function rows(engine: Evaluator, { positional, places, uncertain }: CallArguments, place: Place): PyValue {
  const [count, ...others] = positional.map((v) =>
    isTensorValue(v) && !v.doubt && !v.contradicted ? v.shape?.[0] : undefined,
  );
  const at = others.findIndex((size) => differ(count, size));
  if (at >= 0)
    engine.trace.mismatch({
      code: "TensorDataset/rows",
      severity: "error",
      place: (places.some((p) => p.star) ? undefined : places[at + 1]?.value) ?? place,
      say: `This tensor has ${printSize(others[at])} rows, the first has ${printSize(count)}.`,
      advise: "Give tensors with as many rows each.",
    });
  const parts = positional.map(
    (v): PyValue =>
      isTensorValue(v) && v.shape && !v.doubt
        ? { kind: "tensor", shape: v.shape.slice(1), dtype: v.dtype }
        : unknown("What its rows are is not known."),
  );
  return uncertain ? unknown("Its tensors are not known.") : stream(tupleValue(parts));
}

/** A data set as some of its samples; undefined where it is not known what they are. */
function streamOf(engine: Evaluator, data: PyValue, place: Place): PyValue | undefined {
  const each = sampleOf(engine, data, place);
  return each && (eachOf(data) ? data : stream(each));
}

/** Calls what makes data sets, transforms and loaders; undefined where there is nothing of this name. */
export function datasetCall(engine: Evaluator, path: string, args: CallArguments, place: Place): PyValue | undefined {
  const [first] = args.positional;
  const set = /^torchvision\.datasets\.(?:\w+\.)?(\w+)$/.exec(path)?.[1];
  if (set !== undefined && Object.hasOwn(IMAGES, set)) return imageSet(engine, set, args, place);
  const step = /^torchvision\.transforms\.(?:v2\.|transforms\.)?(\w+)$/.exec(path)?.[1];
  if (step === "Compose") return composed(engine, first ?? args.byKeyword.get("transforms"));
  if (step !== undefined && Object.hasOwn(TRANSFORMS, step) && !args.uncertain)
    return transform((TRANSFORMS[step] as (args: CallArguments) => Step)(args));
  if (/^torch\.utils\.data\.(\w+\.)*DataLoader$/.test(path)) return loader(engine, args, place);
  if (/^torch\.utils\.data\.(\w+\.)*TensorDataset$/.test(path)) return rows(engine, args, place);
  if (/^torch\.utils\.data\.(\w+\.)*Subset$/.test(path)) return first && streamOf(engine, first, place);
  const whole =
    /^torch\.utils\.data\.(\w+\.)*random_split$/.test(path) && first ? streamOf(engine, first, place) : undefined;
  if (whole) {
    const parts = args.positional[1] ?? args.byKeyword.get("lengths");
    const count = parts && engine.iterate(parts)?.length;
    return count === undefined ? undefined : { kind: "list", items: Array.from({ length: count }, () => whole) };
  }
  return /^tqdm(\.\w+)*\.(tqdm|trange)$|^tqdm$/.test(path) && first && eachOf(first) ? first : undefined;
}
