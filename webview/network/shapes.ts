import type { NetworkPicture } from "../../src/protocol.js";

/** A network with its shapes written as those of a layer are: `4 × 3 × 32 × 32`. */
export const withCrosses = (picture: NetworkPicture): NetworkPicture => ({
  ...picture,
  heading: {
    ...picture.heading,
    facts: picture.heading.facts.map((fact) => ({ ...fact, text: crossed(fact.text) })),
  },
  nodes: picture.nodes.map((node) => ({ ...node, shape: crossed(node.shape) })),
  edges: picture.edges.map((edge) =>
    edge.meets ? { ...edge, meets: [crossed(edge.meets[0]), crossed(edge.meets[1])] } : edge,
  ),
});

/** A text whose shapes, `(4, 3, 32, 32)`, have crosses between their sizes; brackets within a size stay. */
export function crossed(text: string): string {
  let [found, depth, from] = ["", 0, 0];
  for (const [at, letter] of [...text].entries()) {
    if (letter === "(" && depth++ === 0) {
      found += text.slice(from, at);
      from = at + 1;
    } else if (letter === ")" && --depth === 0) {
      found += shapeOf(text.slice(from, at));
      from = at + 1;
    }
  }
  return found + text.slice(from);
}

/** Sizes with crosses between them; one of several terms keeps to itself in brackets. */
function shapeOf(sizes: string): string {
  const list = sizes.split(/, (?![^(]*\))/).filter((size) => size !== "");
  return list.length === 0 ? "a single number" : list.map((s) => (s.includes(" ") ? `(${s})` : s)).join(" × ");
}
