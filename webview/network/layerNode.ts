import type { AxisPicture, Heading, NetworkPicture, WindowPicture } from "../../src/protocol.js";
import type { Model } from "../model.js";
import { passOf } from "../scenes/options.js";

/** The step of a network that is this layer: of its class, with its output, in its line; undefined where another one may be meant. */
export function nodeOf({ nodes, heading }: NetworkPicture, layer: Heading): number | undefined {
  const output = layer.facts.find(({ name }) => name === "output")?.text;
  const alike = [...nodes.keys()].filter((at) => {
    const node = nodes[at];
    return node?.role === "layer" && node.shape === output && layer.title.includes(`${node.what}(`);
  });
  const { uri, line } = layer.source ?? {};
  const here = alike.find((at) => nodes[at]?.source?.uri === uri && nodes[at]?.source?.line === line);
  return here ?? (alike.length === 1 && heading.source?.uri === uri ? alike[0] : undefined);
}

/** The output of a layer at a step, an axis each; undefined on the way back, where a step is no output. */
export function unitAt(
  picture: WindowPicture,
  { options, step }: Pick<Model, "options" | "step">,
): number[] | undefined {
  const { kind, sum } = passOf(picture, options);
  if (kind !== "forward" || options.scattered) return undefined;
  const units = (axis: AxisPicture): number => (sum === "windows" ? axis.windows.length : axis.size);
  const columns = units(picture.axes[1]);
  const slice = picture.depth ? options.plane % units(picture.depth) : 0;
  return [slice, Math.floor(step / columns), step % columns].slice(-picture.rank);
}
