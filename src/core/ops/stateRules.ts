import type { Bindings } from "../expr/evaluate.js";
import type { Rule, Shape, Size } from "../layer/op.js";

/** The sizes of a state that is given to a recurrent layer, under the names that its rules use; `rank` is that of the input. */
export function stateSizes(what: "state" | "cell", state: Shape | undefined, samples: Size, rank: number): Bindings {
  const isFull = state?.length === rank;
  return {
    [`${what}Rank`]: state?.length,
    [`${what}Layers`]: isFull ? state?.[0] : undefined,
    [`${what}Samples`]: isFull && samples !== undefined ? state?.at(-2) : undefined,
    [`${what}Features`]: state?.at(-1),
  };
}

/** What a state has to be beside its input: of its rank, with its samples, and with the features of the layer's own state. */
export const stateRules = (
  what: "state" | "cell",
  features: string,
  advice: Record<"rank" | "batch", string>,
): Rule[] => {
  const name = what === "state" ? "The state" : "The cell state";
  return [
    {
      code: `${what}-rank`,
      late: true,
      when: `${what}Rank != wanted`,
      say: `${name} has {${what}Rank|dimension}, the input {wanted}.`,
      advise: advice.rank,
    },
    {
      code: `${what}-batch`,
      late: true,
      when: `${what}Samples != samples`,
      say: `${name} has {${what}Samples|sample}, the input {samples}.`,
      advise: advice.batch,
    },
    {
      code: `${what}-features`,
      late: true,
      when: `${what}Features != ${features}`,
      say: `${name} has {${what}Features|feature}, this layer's has {${features}}.`,
      advise: `Make it {${features}}.`,
    },
  ];
};
