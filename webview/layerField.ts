import type { NetworkPicture, Picture, ToHost, WindowPicture } from "../src/protocol.js";
import { checkbox, textButton } from "./controls.js";
import type { Action, Model } from "./model.js";
import { fieldFigure } from "./network/details.js";
import { nodeOf, unitAt } from "./network/layerNode.js";
import { fieldOf, sayConstants, sayField } from "./network/receptiveField.js";
import { element, setText } from "./render/element.js";

/** The receptive field of a layer through the network around it. */
export interface LayerField {
  readonly element: HTMLElement;
  readonly draw: (model: Model) => void;
  /** Takes the network, which is asked for when the field is. */
  readonly network: (picture: Picture) => void;
}

/** The field of the output at hand: how large it is, how far the next one's lies, and where it lies on the input, clipped at the border. */
export function layerField(
  picture: WindowPicture,
  act: (action: Action) => void,
  tell: (message: ToHost) => void,
): LayerField {
  let network: NetworkPicture | undefined;
  let [reason, known] = ["", ""];
  let isAsked = false;
  let shown: Pick<Model, "options" | "step"> | undefined;
  const ask = checkbox("Receptive field through your network", (field) => act({ do: "choose", options: { field } }));
  const [constants, sentence, figure] = [
    element("p", { class: "why" }),
    element("p"),
    element("div", { class: "field" }),
  ];
  const there = textButton("Show in the network", () => {
    const node = network && nodeOf(network, picture.heading);
    if (!network || node === undefined) return;
    const unit = (shown && unitAt(picture, shown)) ?? [];
    tell({ type: "keep", state: { layer: network.heading.key, step: 0, options: { chosen: node, unit } } });
    tell({ type: "show", view: "network" });
  });
  const found = element("div", { class: "field-place" }, [
    figure,
    element("div", {}, [constants, sentence, element("div", { class: "row" }, [there])]),
  ]);
  const place = element("section", { class: "layer-field", "aria-label": "Receptive field" }, [ask.element, found]);
  const said = (node: number | undefined): string => {
    if (!network || !shown) return reason;
    if (node === undefined) return "This layer is not one step of the network around it.";
    const { sizes = [] } = network.nodes[node] ?? {};
    const unit = unitAt(picture, shown)?.map((at, axis) => Math.min(at, (sizes[axis] ?? 1) - 1));
    if (!unit) return "Go forward to see where an output's field lies.";
    const seen = fieldOf(network, node, unit);
    figure.replaceChildren(...fieldFigure(seen));
    return sayField(network, node, unit, seen);
  };
  const fill = (): void => {
    const node = network && nodeOf(network, picture.heading);
    there.toggleAttribute("hidden", node === undefined);
    figure.replaceChildren();
    setText(constants, known && `Any output of ${network?.nodes[node ?? 0]?.name}: ${known}.`);
    setText(sentence, said(node));
  };
  return {
    element: place,
    draw: (model) => {
      const { field } = model.options;
      ask.set(field);
      found.toggleAttribute("hidden", !field);
      if (!field) return;
      shown = model;
      if (!isAsked) tell({ type: "network" });
      isAsked = true;
      fill();
    },
    network: (around) => {
      if (around.kind === "network") network = around;
      else reason = around.kind === "message" ? around.text : "";
      const node = network && nodeOf(network, picture.heading);
      known = network && node !== undefined ? sayConstants(network, node) : "";
      fill();
    },
  };
}
