import assert from "node:assert/strict";
import { test } from "node:test";
import "@tensorflow/tfjs-backend-cpu";
import { enableProdMode } from "@tensorflow/tfjs-core";
import { input, layers } from "@tensorflow/tfjs-layers";
import { answerLayer } from "../../src/cli/layers.js";
import { type Drawn, drawLayers } from "./kerasDraw.js";

enableProdMode();

interface Answer {
  readonly output?: readonly (number | null)[];
  readonly params?: number;
  readonly trainable?: number;
  readonly error?: string;
}

interface TfLayer {
  apply(of: unknown): { readonly shape: readonly (number | null)[] };
  countParams(): number;
  readonly trainableWeights: readonly { readonly shape: readonly number[] }[];
}

type Maker = (args: Record<string, unknown>) => TfLayer;

const makers = new Map(
  Object.entries(layers as unknown as Record<string, Maker>).map(([k, v]) => [k.toLowerCase(), v]),
);

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

function make(name: string, args: Readonly<Record<string, unknown>>): TfLayer {
  const own: Record<string, unknown> = Object.fromEntries(
    // TensorFlow.js writes into the lists that it is given.
    Object.entries(structuredClone(args))
      .filter(([key]) => key !== "reset_after")
      .map(([key, value]) => {
        const nested = value as { readonly layer?: string; readonly args?: Record<string, unknown> } | null;
        if (key === "data_format") return [camel(key), camel(String(value))];
        if (key !== "layer" || typeof nested?.layer !== "string") return [camel(key), value];
        return [key, make(nested.layer.replace("keras.layers.", ""), nested.args ?? {})];
      }),
  );
  const maker = makers.get(name.toLowerCase());
  assert.ok(maker, `TensorFlow.js has no ${name}`);
  // Orthogonal matrices need all of TensorFlow.js; which numbers the weights have says nothing of their count.
  if (/^(SimpleRNN|LSTM|GRU|ConvLSTM2D)$/.test(name)) own.recurrentInitializer = "zeros";
  return maker(own);
}

function tensorFlowSays({ layer, args, inputs }: Drawn): Answer {
  try {
    const made = make(layer, args);
    const tensors = inputs.map((s) =>
      input({ batchShape: [...s], ...(layer === "Embedding" ? { dtype: "int32" } : {}) }),
    );
    const output = made.apply(tensors.length === 1 ? tensors[0] : tensors);
    const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
    return {
      output: output.shape,
      params: made.countParams(),
      trainable: made.trainableWeights.reduce((sum, w) => sum + size(w.shape), 0),
    };
  } catch (e) {
    if (e instanceof assert.AssertionError) throw e;
    return { error: String((e as Error).message) };
  }
}

function dimsumSays({ layer, args, inputs }: Drawn): Answer {
  const answer = answerLayer({ layer: `keras.layers.${layer}`, args, input: inputs.length === 1 ? inputs[0] : inputs });
  if ("error" in answer) return { error: answer.error };
  assert.ok(!("unknown" in answer), JSON.stringify(answer));
  return answer as unknown as Answer;
}

/** Kinds of configurations on which TensorFlow.js is not today's Keras; each is held to Keras's own answers in kerasLayers.jsonl. */
const DIFFERENCES: readonly { readonly why: string; readonly isIt: (d: Drawn, tf: Answer, own: Answer) => boolean }[] =
  [
    {
      why: "It hands out sizes below 1 where a window or a crop is larger than the input; Keras refuses (compute_conv_output_shape).",
      isIt: (_, tf, own) => own.error !== undefined && (tf.output?.some((d) => d !== null && d < 1) ?? false),
    },
    {
      why: "Its Resizing forgets the batch.",
      isIt: ({ layer }, tf) => layer === "Resizing" && tf.output?.length === 3,
    },
    {
      why: "Its 1-D pooling does not look at data_format.",
      isIt: ({ layer, args }) => /Pooling1D$/.test(layer) && args.data_format === "channels_first",
    },
    {
      why: "It does not count the input's dimensions for DepthwiseConv2D, nor within TimeDistributed; Keras has an InputSpec there.",
      isIt: ({ layer }, tf, own) =>
        /^(DepthwiseConv2D|TimeDistributed)$/.test(layer) &&
        tf.output !== undefined &&
        / takes \d dimensions,/.test(own.error ?? ""),
    },
    {
      why: "It does not count the values that pool_size, size and strides list; Keras does (standardize_tuple).",
      isIt: (_, tf, own) => tf.output !== undefined && /^(pool_size|strides) lists \d values/.test(own.error ?? ""),
    },
    {
      why: "Its Flatten takes no input that is flat; Keras's does (InputSpec(min_ndim=1)).",
      isIt: ({ layer, inputs }, tf) => layer === "Flatten" && tf.error !== undefined && (inputs[0]?.length ?? 0) < 3,
    },
  ];

test("thousands of random layers get TensorFlow.js's answer: output, all and trained parameters, and whether it is refused", () => {
  const met = new Set<string>();
  const missed: string[] = [];
  let refused = 0;
  for (const drawn of drawLayers(3300, 7)) {
    const [tf, own] = [tensorFlowSays(drawn), dimsumSays(drawn)];
    const isSame =
      tf.error !== undefined || own.error !== undefined
        ? (tf.error === undefined) === (own.error === undefined)
        : JSON.stringify([tf.output, tf.params, tf.trainable]) ===
          JSON.stringify([own.output, own.params, own.trainable]);
    if (own.error !== undefined) refused++;
    if (isSame) continue;
    const known = DIFFERENCES.find((d) => d.isIt(drawn, tf, own));
    if (known) met.add(known.why);
    else
      missed.push(
        `${JSON.stringify(drawn)}\n  ${JSON.stringify(tf)}\n  ${JSON.stringify({ ...own, layer: undefined, args: undefined, input: undefined })}`,
      );
  }
  assert.deepEqual(missed.slice(0, 60), []);
  assert.ok(refused > 200, `${refused} refused`);
  assert.deepEqual(
    DIFFERENCES.map((d) => d.why).filter((why) => !met.has(why)),
    [],
    "differences that are none any more",
  );
});
