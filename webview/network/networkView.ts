import type { NetworkPicture, SourceLine } from "../../src/protocol.js";
import { segments } from "../controls.js";
import { element } from "../render/element.js";
import { noteList } from "../render/words.js";
import { detailsOf } from "./details.js";
import { diagramOf } from "./diagram.js";
import { stepTable } from "./stepTable.js";
import { visibleBoxes } from "./visibleBoxes.js";

/** What is kept of a network: the step that is chosen, the unit of it, what was opened or closed, and how it is shown. */
export interface NetworkOptions {
  readonly chosen: number;
  readonly unit: readonly number[];
  readonly turned: readonly number[];
  readonly form: "diagram" | "table";
  readonly bars: "params" | "memory";
}

/** A network that has just come. */
export const firstNetworkOptions: NetworkOptions = { chosen: 0, unit: [], turned: [], form: "diagram", bars: "params" };

/** What parts of the view ask of it. */
export interface NetworkEvents {
  /** Shows what is known of a step; also where the focus goes. */
  readonly choose: (node: number) => void;
  readonly reveal: (node: number) => void;
  /** Opens or closes a group, or a row of equal ones. */
  readonly turn: (group: number) => void;
}

/** The page of a network: what is known of the chosen step, and the diagram or the table. */
export function networkView(
  picture: NetworkPicture,
  start: Partial<NetworkOptions>,
  around: {
    readonly reveal: (source: SourceLine) => void;
    readonly inside: (source: SourceLine) => void;
    readonly keep: (options: NetworkOptions) => void;
    readonly room: () => number;
  },
): { readonly element: HTMLElement; readonly draw: () => void } {
  let options: NetworkOptions = { ...firstNetworkOptions, ...start };
  if (!picture.nodes[options.chosen]) options = { ...options, chosen: 0, unit: [] };
  const place = element("div", { class: "network-place" });
  const details = detailsOf(picture, {
    reveal: (node) => events.reveal(node),
    unit: (unit) => change({ unit }),
    inside: (node) => {
      const { source } = picture.nodes[node] ?? {};
      if (source) around.inside(source);
    },
  });
  const forms = segments("Form", FORMS, (form) => change({ form: form as "diagram" }, true));
  const bars = segments("Bars", BARS, (measure) => change({ bars: measure as "params" }, true));
  const page = element("section", { class: "network", "aria-label": "Network" }, [
    element("div", { class: "passes" }, [forms.element, bars.element]),
    details.element,
    place,
    noteList(picture.notes),
  ]);
  const change = (some: Partial<NetworkOptions>, isAnew = false): void => {
    options = { ...options, ...some };
    around.keep(options);
    if (isAnew) draw();
    else mark();
  };
  const events: NetworkEvents = {
    choose: (node) => {
      if (node !== options.chosen) change({ chosen: node, unit: [] });
    },
    reveal: (node) => {
      events.choose(node);
      const { source } = picture.nodes[node] ?? {};
      if (source) around.reveal(source);
    },
    turn: (group) => {
      const turned = new Set(options.turned);
      if (!turned.delete(group)) turned.add(group);
      change({ turned: [...turned] }, true);
      const next = place.querySelector<HTMLElement>(`[data-turn="${group}"], [data-group="${group}"]`);
      (next ?? place.querySelector<HTMLElement>(".box"))?.focus();
    },
  };
  let marked: (chosen: number) => void = () => {};
  const mark = (): void => {
    marked(options.chosen);
    details.set(options.chosen, options.unit);
  };
  const draw = (): void => {
    forms.set(options.form);
    bars.set(options.bars);
    bars.element.toggleAttribute("hidden", options.form === "table");
    const visible = visibleBoxes(picture, new Set(options.turned));
    const made =
      options.form === "table"
        ? stepTable(picture, visible, events)
        : diagramOf(picture, visible, options.bars, around.room(), events);
    const scrolled = place.firstElementChild?.scrollTop ?? 0;
    place.replaceChildren(made.element);
    made.element.scrollTop = scrolled;
    marked = made.mark;
    mark();
  };
  return { element: page, draw };
}

const FORMS = [
  { value: "diagram", text: "Diagram" },
  { value: "table", text: "Table" },
] as const;

const BARS = [
  { value: "params", text: "Parameters", title: "Bars: the parameters of each step" },
  { value: "memory", text: "Memory", title: "Bars: what the output of each step takes" },
] as const;
