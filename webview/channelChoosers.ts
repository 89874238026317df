import type { WindowPicture } from "../src/protocol.js";
import { type Control, dropdown } from "./controls.js";
import type { Action, Model } from "./model.js";
import { element } from "./render/element.js";
import { channelsRead } from "./scenes/options.js";

/** A list in a grid's title, and which grid it belongs to. */
export interface ChannelChooser extends Control<Model> {
  readonly grid: "input" | "output";
}

/** A list for the output channel and one for the input channel, where there is a choice. */
export function channelChoosers(picture: WindowPicture, act: (action: Action) => void): ChannelChooser[] {
  const made: ChannelChooser[] = [];
  if (picture.output.length > 1) {
    const choose = (value: string): void => act({ do: "choose", options: { outChannel: Number(value) } });
    const list = dropdown("Output channel", numbers(0, picture.output.length), choose);
    made.push({
      grid: "output",
      element: list.element,
      set: ({ options }) => list.set(String(options.outChannel)),
    });
  }
  if (picture.operation === "convolution" && channelsRead(picture, 0).count > 1) made.push(inputChooser(picture, act));
  return made;
}

/** The input's list holds the channels of one group, and another group's output brings another list. */
function inputChooser(picture: WindowPicture, act: (action: Action) => void): ChannelChooser {
  const place = element("span");
  let group = -1;
  let list: Control<string> | undefined;
  const set = ({ options }: Model): void => {
    const { first, count } = channelsRead(picture, options.outChannel);
    if (first !== group) {
      group = first;
      const choose = (value: string): void => act({ do: "choose", options: { inChannel: Number(value) } });
      list = dropdown("Input channel", numbers(first, count), choose);
      place.replaceChildren(list.element);
    }
    list?.set(String(options.inChannel));
  };
  return { grid: "input", element: place, set };
}

function numbers(first: number, count: number): { value: string; text: string }[] {
  return Array.from({ length: count }, (_, index) => ({ value: String(first + index), text: String(first + index) }));
}
