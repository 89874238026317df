import type { NetworkPicture } from "../../src/protocol.js";
import { rail, textButton } from "../controls.js";
import { element, setText, shape } from "../render/element.js";
import { axisNames, type FieldSeen, fieldOf, sayConstants, sayField } from "./receptiveField.js";

/** What is known of the chosen step, and what a unit of it sees of the input. */
export function detailsOf(
  picture: NetworkPicture,
  around: {
    readonly reveal: (node: number) => void;
    readonly unit: (unit: readonly number[]) => void;
    /** Goes one level down, to the numbers of a layer. */
    readonly inside: (node: number) => void;
  },
): { readonly element: HTMLElement; readonly set: (node: number, unit: readonly number[]) => void } {
  let shown = -1;
  let chosen: readonly number[] = [];
  const title = element("h2", {}, []);
  const link = element("button", { class: "source", title: "Show in the file" });
  const inside = textButton("Look inside", () => around.inside(shown));
  const facts = element("p", { class: "why" });
  const problem = element("p", { class: "problem" });
  const sentence = element("p", { class: "sentence", role: "status" });
  const figure = element("div", { class: "field" });
  const rails = axisNames(picture.axes).map((names, axis) => {
    const name = names.slice(0, -1);
    const control = rail(`${name} of the unit`, (step) => around.unit(chosen.with(axis, step)));
    const label = element("span", { class: "count" });
    return { name, control, label, line: element("div", { class: "rail-line" }, [label, control.element]) };
  });
  const field = element("div", { class: "field-place" }, [
    figure,
    element("div", {}, [...rails.map((r) => r.line), sentence]),
  ]);
  link.addEventListener("click", () => around.reveal(shown));
  const page = element("section", { class: "details", "aria-label": "The chosen step" }, [
    element("div", { class: "titled" }, [title, link]),
    facts,
    problem,
    field,
    element("div", { class: "row" }, [inside]),
  ]);
  const set = (at: number, wanted: readonly number[]): void => {
    const node = picture.nodes[at];
    if (!node) return;
    shown = at;
    const { sizes = [], source } = node;
    chosen = sizes.map((size, axis) => Math.min(wanted[axis] ?? Math.floor(size / 2), size - 1));
    setText(title, node.what === "" || node.what === node.name ? node.name : `${node.name} · ${node.what}`);
    setText(link, source ? `line ${source.line + 1}` : "");
    link.toggleAttribute("hidden", !source);
    inside.toggleAttribute("hidden", !source || node.role !== "layer");
    const known = [
      node.shape === "?" ? "" : `gives ${node.shape}`,
      node.params.text === "0" ? "" : `${node.params.text} parameters`,
      node.role === "output" || node.memory.value === undefined ? "" : node.memory.text,
      picture.axes === 0 || sizes.length === 0 ? "" : sayConstants(picture, at),
    ];
    setText(facts, known.filter((text) => text !== "").join(" · "));
    setText(problem, node.problem ?? node.reason ?? "");
    problem.toggleAttribute("hidden", node.problem === undefined && node.reason === undefined);
    problem.classList.toggle("unsure", node.problem === undefined);
    const isDrawn = picture.axes > 0 && sizes.length > 0 && node.role !== "input";
    field.toggleAttribute("hidden", !isDrawn);
    if (!isDrawn) return;
    rails.forEach(({ name, control, label, line }, axis) => {
      const size = sizes[axis];
      line.toggleAttribute("hidden", size === undefined || size < 2);
      const step = chosen[axis] ?? 0;
      setText(label, `${name} ${step}`);
      control.set({ step, steps: size ?? 1, text: `${name} ${step}` });
    });
    const seen = fieldOf(picture, at, chosen);
    setText(sentence, sayField(picture, at, chosen, seen));
    figure.replaceChildren(...fieldFigure(seen));
  };
  return { element: page, set };
}

/** Pixels. */
const SIDE = 108;
const BORDER = 18;

/** The input as a rectangle, of volumes a slice, with the field on it: what exists is filled, what lies outside is dashed. */
export function fieldFigure(seen: FieldSeen): readonly SVGElement[] {
  if ("reason" in seen) return [];
  const [across, down] = seen.axes.toReversed();
  if (!across) return [];
  const height = down?.size ?? Math.max(1, across.size / 8);
  const rows = down ?? { low: 0, high: height - 1, first: 0, last: height - 1, size: height };
  const scale = SIDE / Math.max(across.size, height);
  const clip = (x: number, size: number): number =>
    Math.min(Math.max(x * scale, -BORDER + 2), size * scale + BORDER - 2);
  const box = (x: readonly [number, number], y: readonly [number, number]): Record<string, number> => {
    const [left, right, top, bottom] = [
      clip(x[0], across.size),
      clip(x[1] + 1, across.size),
      clip(y[0], height),
      clip(y[1] + 1, height),
    ];
    return { x: left, y: top, width: Math.max(1.5, right - left), height: Math.max(1.5, bottom - top) };
  };
  const [w, h] = [across.size * scale, height * scale];
  return [
    shape(
      "svg",
      {
        width: w + 2 * BORDER,
        height: h + 2 * BORDER,
        viewBox: `${-BORDER} ${-BORDER} ${w + 2 * BORDER} ${h + 2 * BORDER}`,
        "aria-hidden": "true",
      },
      [
        shape("rect", { class: "field-input", width: w, height: h }),
        shape("rect", { class: "field-reach", ...box([across.low, across.high], [rows.low, rows.high]) }),
        shape("rect", { class: "field-seen", ...box([across.first, across.last], [rows.first, rows.last]) }),
      ],
    ),
  ];
}
