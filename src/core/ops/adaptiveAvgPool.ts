import { AXES, everyAxis, type Op } from "./op.js";

/** Adaptive average pooling over one, two or three axes. */
const adaptive = (axes: 1 | 2 | 3): Op => ({
  name: `AdaptiveAvgPool${axes}d`,
  summary: "Averages over as many windows as the output has cells, whatever the input's size; it has nothing to learn.",
  torch: `nn.AdaptiveAvgPool${axes}d(output_size)`,
  functional: `F.adaptive_avg_pool${axes}d(input, output_size)`,
  axes,
  letters: { Q: "output_size" },
  perAxis: ["Q"],
  input: ["N?", "C", ...(AXES[axes] ?? [])],
  output: ["N?", "C", ...everyAxis(axes, "Q == null ? I : Q")],
  params: "0",
  rules: [
    {
      code: "size-negative",
      when: "Q != null and Q < 0",
      say: "output_size is {Q}.",
      advise: "Use a size of 1 or more.",
      argument: "output_size",
    },
  ],
  mistakes: [{ code: "M2", say: "pooling has no weights", params: "prod(Q)*C" }],
  scene: "adaptive",
  examples: [
    {
      args: { output_size: 1 },
      input: [2, 8, ...Array<number>(axes).fill(7)],
      output: [2, 8, ...Array<number>(axes).fill(1)],
      params: 0,
    },
  ],
});

/** nn.AdaptiveAvgPool1d, nn.AdaptiveAvgPool2d and nn.AdaptiveAvgPool3d. */
export const adaptiveAvgPool: readonly Op[] = [adaptive(1), adaptive(2), adaptive(3)];
