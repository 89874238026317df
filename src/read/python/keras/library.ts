import { kerasOpNamed } from "../../../core/keras/index.js";
import { given } from "../arguments.js";
import type { Evaluator } from "../evaluator.js";
import type { Place } from "../syntax.js";
import { isFunctionValue, isIntValue, isTensorValue, isUnknownValue } from "../valueKinds.js";
import { type CallArguments, nativeValue, notKnown, type PyValue, unknown } from "../values.js";
import { callKerasLayer, withHistory } from "./callLayer.js";
import { constructKeras, constructWrapper } from "./construct.js";
import { imageDataFormat, setImageDataFormat } from "./dataFormat.js";
import { makeModel } from "./functional.js";
import { makeInput } from "./input.js";
import { kerasName, MERGING } from "./names.js";
import { makeSequential } from "./sequential.js";
import { shapeTuple } from "./shapeTuple.js";

/** Functions that change each number of a tensor by itself, of keras.activations, keras.ops, tf.nn and tf.math. */
const ELEMENTWISE =
  /^(?:(?:activations|ops|backend)\.|tensorflow\.(?:nn\.|math\.|keras\.backend\.)?)(relu|relu6|leaky_relu|elu|selu|gelu|silu|swish|sigmoid|tanh|softplus|softsign|softmax|log_softmax|exp|log|sqrt|square|abs|identity|stop_gradient|cast)$/;

/** The same as a Concatenate layer, as a function. */
const CONCATENATING = /^(?:(?:ops|backend)\.concatenate|tensorflow\.concat)$/;

/** Functions that make a tensor of a given shape. */
const CREATING =
  /^(?:(?:ops|random)\.(?:zeros|ones|normal|uniform)|tensorflow\.(?:zeros|ones|random\.(?:normal|uniform)))$/;

/** A tensor of the shape that is said. */
function createTensor(engine: Evaluator, args: CallArguments): PyValue {
  const said = args.positional[0] ?? args.byKeyword.get("shape");
  const sizes = args.uncertain || !said ? undefined : engine.iterate(said);
  const isKnown = !isTensorValue(said) && sizes?.every((v) => isIntValue(v) || isUnknownValue(v));
  return isKnown && sizes
    ? engine.tensor(sizes.map((v) => (isIntValue(v) ? v.value : undefined)))
    : unknown("Its shape is not known.");
}

/** Calls something of Keras, or of TensorFlow where that is known; undefined for what belongs to neither. */
export function kerasCall(
  engine: Evaluator,
  path: string,
  args: CallArguments,
  place: Place,
  callee: Place,
): PyValue | undefined {
  const name = kerasName(path);
  const [first] = args.positional;
  if (ELEMENTWISE.test(name ?? path) && isTensorValue(first) && !args.uncertain)
    return withHistory(first, undefined, [first], ([again]) => again ?? first);
  if (CONCATENATING.test(name ?? path)) return mergeNow(engine, "Concatenate", args, place, callee);
  if (CREATING.test(name ?? path)) return createTensor(engine, args);
  if (name === undefined) return undefined;
  if (/^(backend|config)\.image_data_format$/.test(name)) return imageDataFormat(engine);
  if (/^(backend|config)\.set_image_data_format$/.test(name)) return setImageDataFormat(engine, first);
  if (/^(backend\.int_shape|ops\.shape)$/.test(name)) return shapeTuple(first);
  if (name === "Input" || name === "layers.Input") return makeInput(engine, args, place);
  if (name === "Sequential") return makeSequential(engine, args, place);
  if (name === "Model") return makeModel(engine, args, place);
  const layer = /^layers\.(\w+)$/.exec(name)?.[1];
  if (layer === undefined) return undefined;
  if (layer === "Bidirectional" || layer === "TimeDistributed")
    return constructWrapper(engine, layer, args, place, callee);
  if (layer === "Lambda") return lambdaLayer(engine, args);
  const op = kerasOpNamed(layer);
  if (op) return constructKeras(engine, op, args, place, callee);
  const merging = Object.hasOwn(MERGING, layer) ? kerasOpNamed(MERGING[layer] as string) : undefined;
  return merging ? mergeNow(engine, merging.name, args, place, callee) : notKnown(`layers.${layer} yet`);
}

/** `add([x, y])`: makes the layer and calls it. */
function mergeNow(engine: Evaluator, name: string, args: CallArguments, place: Place, callee: Place): PyValue {
  const op = kerasOpNamed(name);
  const inputs = args.positional[0] ?? args.byKeyword.get("inputs");
  if (!op || !inputs) return unknown("What is merged is not known.");
  const byKeyword = new Map([...args.byKeyword].filter(([key]) => key !== "inputs"));
  const isFirst = args.positional.length > 0;
  const own: CallArguments = {
    ...args,
    positional: args.positional.slice(1),
    byKeyword,
    places: args.places.filter((p, i) => p.name !== "inputs" && !(isFirst && i === 0)),
  };
  if (name === "Dot" && own.positional.length === 0 && !byKeyword.has("axes"))
    return unknown("Along which axes is not said.");
  const layer = constructKeras(engine, op, own, place, callee);
  const call = (): PyValue => callKerasLayer(engine, layer, given(inputs), place);
  return engine.flow?.layer(engine, layer, [inputs], place, call) ?? call();
}

/** A Lambda layer is its function. */
function lambdaLayer(engine: Evaluator, args: CallArguments): PyValue {
  const fn = args.positional[0] ?? args.byKeyword.get("function");
  const isPlain = isFunctionValue(fn) && fn.params.length === 1 && !args.byKeyword.has("arguments");
  if (!isPlain) return notKnown("what this Lambda does");
  return nativeValue("Lambda", ({ positional }, place, callee) => {
    const [input] = positional;
    const run = (of: PyValue): PyValue => engine.call(fn, given(of), place, callee);
    if (!input) return unknown("It is called without an input.");
    const result = run(input);
    return isTensorValue(input) ? withHistory(result, undefined, [input], ([again]) => run(again ?? input)) : result;
  });
}
