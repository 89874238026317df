import type { LayerCall } from "../../src/check/picture.js";
import { randomFrom } from "../random.js";

/** A convolution or pooling layer with arguments of every kind, over an input that may be small, huge or symbolic. */
export function randomLayer(seed: number): LayerCall {
  const random = randomFrom(seed);
  const int = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  const of = <T>(values: readonly T[]): T => values[int(0, values.length - 1)] as T;
  const rank = of([1, 2, 2, 2, 3]);
  const perAxis = (low: number, high: number): number | number[] =>
    random() < 0.3 ? Array.from({ length: rank }, () => int(low, high)) : int(low, high);
  const size = (): number | string => of([int(3, 14), int(3, 14), int(15, 400), "H"]);
  const kind = of([
    "Conv",
    "Conv",
    "Conv",
    "ConvTranspose",
    "MaxPool",
    "AvgPool",
    "AdaptiveAvgPool",
    "AdaptiveMaxPool",
    "GlobalAvgPool",
  ]);
  const groups = of([1, 1, 2, 3]);
  const channels = groups * int(1, 5);
  const input = [of<number | string>([1, 8, "N"]), channels, ...Array.from({ length: rank }, size)];
  const args =
    { Conv: conv, ConvTranspose: back, MaxPool: max, AvgPool: average, GlobalAvgPool: () => ({}) }[kind] ?? adaptive;
  return { name: `${kind}${rank}d`, args: args(), input };

  function conv(): LayerCall["args"] {
    return {
      in_channels: channels,
      out_channels: groups * int(1, 5),
      kernel_size: perAxis(1, 5),
      ...(random() < 0.1 ? { padding: "same" } : { stride: perAxis(1, 4), padding: perAxis(0, 3) }),
      dilation: perAxis(1, 2),
      groups,
      bias: random() < 0.7,
      padding_mode: of(["zeros", "zeros", "reflect", "replicate", "circular"]),
    };
  }

  function back(): LayerCall["args"] {
    const stride = int(1, 3);
    return {
      in_channels: channels,
      out_channels: groups * int(1, 3),
      kernel_size: perAxis(1, 4),
      stride,
      padding: int(0, 1),
      output_padding: int(0, stride - 1),
      dilation: int(1, 2),
      groups,
      bias: random() < 0.7,
    };
  }

  function max(): LayerCall["args"] {
    const padding = int(0, 1);
    const stride: LayerCall["args"] = random() < 0.7 ? { stride: perAxis(1, 3) } : {};
    return { kernel_size: perAxis(2, 4), ...stride, padding, dilation: int(1, 2), ceil_mode: random() < 0.5 };
  }

  function average(): LayerCall["args"] {
    const divisor: LayerCall["args"] = rank === 2 && random() < 0.1 ? { divisor_override: int(1, 7) } : {};
    const stride: LayerCall["args"] = random() < 0.7 ? { stride: perAxis(1, 3) } : {};
    const padding = int(0, 1);
    return {
      kernel_size: perAxis(2, 4),
      ...stride,
      padding,
      ceil_mode: random() < 0.5,
      count_include_pad: random() < 0.5,
      ...divisor,
    };
  }

  function adaptive(): LayerCall["args"] {
    return { output_size: rank === 2 && random() < 0.3 ? [int(1, 7), of([null, 1, 5])] : int(1, 7) };
  }
}
