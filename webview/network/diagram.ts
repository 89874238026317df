import type { NetworkPicture } from "../../src/protocol.js";
import { element, shape } from "../render/element.js";
import { type BoxFacts, factsOf } from "./boxFacts.js";
import { type Layout, type Line, layOut } from "./layering.js";
import type { NetworkEvents } from "./networkView.js";
import type { Visible } from "./visibleBoxes.js";

/** A part of the view that shows which step is chosen. */
export interface Marked {
  readonly element: HTMLElement;
  readonly mark: (chosen: number) => void;
}

/** The diagram: boxes are buttons, edges are lines behind them; arrow keys walk from box to box. */
export function diagramOf(
  picture: NetworkPicture,
  visible: Visible,
  bars: "params" | "memory",
  room: number,
  events: NetworkEvents,
): Marked {
  const { boxes } = visible;
  const facts = boxes.map((box) => factsOf(picture, box));
  const isSmall = (at: number): boolean =>
    boxes[at]?.group === undefined && picture.nodes[facts[at]?.node ?? 0]?.role !== "layer";
  const layout = layOut(visible, room - 4, isSmall, wishedOf(picture, visible, facts, isSmall));
  const most = Math.max(1, ...facts.map((f) => f[bars].value ?? 0));
  const buttons = boxes.map((box, at) => {
    const fact = facts[at] as BoxFacts;
    const button = boxButton(picture, visible, at, fact, (fact[bars].value ?? 0) / most);
    const press = (): void => (box.group === undefined ? events.reveal(fact.node) : events.turn(box.group));
    button.addEventListener("click", press);
    button.addEventListener("focus", () => events.choose(fact.node));
    const { x = 0, y = 0, width = 0, height = 0 } = layout.places[at] ?? {};
    Object.assign(button.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
    return button;
  });
  const names = layout.brackets.map(({ group, x, name }) => groupName(picture, visible, group, x, name, events));
  const board = element("div", { class: "diagram" }, [linesOf(visible, layout), ...names.flat(), ...buttons]);
  Object.assign(board.style, { width: `${layout.width}px`, height: `${layout.height}px` });
  board.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(event.target as HTMLElement);
    const next = at < 0 ? undefined : walk(visible, layout, at, event.key);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[next]?.focus();
  });
  return {
    element: element("div", { class: "scroll", role: "group", "aria-label": "Diagram; arrow keys walk through it" }, [
      board,
    ]),
    mark: (chosen) => {
      const found = boxes.findIndex((box) => box.nodes.includes(chosen));
      const shown = Math.max(0, found);
      buttons.forEach((button, at) => {
        button.tabIndex = at === shown ? 0 : -1;
        button.classList.toggle("chosen", at === found);
      });
    },
  };
}

function boxButton(
  { nodes, groups }: NetworkPicture,
  { boxes, times }: Visible,
  at: number,
  { name, what, shape: sizes, params, memory, node, problem }: BoxFacts,
  share: number,
): HTMLElement {
  const group = boxes[at]?.group;
  const short = shortName(name, groups[boxes[at]?.within.at(-1) ?? -1]?.name);
  const count = group === undefined ? undefined : times.get(group);
  const isUnknown = nodes[node]?.reason !== undefined;
  const role = group === undefined ? (nodes[node]?.role ?? "layer") : "group";
  // Whoever speaks to the page names a box by what is seen of it, so that its own text comes first.
  const told = [name === short ? "" : name, count ? what : "", `${params.text} parameters`, memory.text, problem ?? ""];
  const button = element(
    "button",
    {
      class: `box ${role}${problem === undefined ? "" : " wrong"}${isUnknown ? " unsure" : ""}`,
      title: `${name}${what === "" ? "" : ` · ${what}`}\n${sizes}`,
      ...(group === undefined ? {} : { "data-group": String(group), "aria-expanded": "false" }),
    },
    [
      element("span", { class: "box-name" }, [
        element("span", { class: "box-path" }, [
          ...(group === undefined ? [] : [element("span", { "aria-hidden": "true" }, ["▸ "])]),
          short,
        ]),
        " ",
        ...(count
          ? [element("b", {}, [`× ${count}`])]
          : what === "" || what === short || role === "operation"
            ? []
            : [element("i", {}, [what])]),
      ]),
      " ",
      element("span", { class: "box-shape" }, [sizes]),
      element(
        "span",
        { class: "heard" },
        told.filter((t) => t !== "").map((t) => `, ${t}`),
      ),
    ],
  );
  const bar = element("span", { class: "bar" });
  bar.style.width = `${100 * share}%`;
  if (share > 0) button.append(bar);
  return button;
}

/** A name without that of the group around it; a place in a list says nothing by itself. */
function shortName(name: string, around: string | undefined): string {
  if (around === undefined || !name.startsWith(`${around}.`)) return name;
  const rest = name.slice(around.length + 1);
  return /^\d+$/.test(rest) ? name.split(".").slice(-2).join(".") : rest;
}

/** Pixels of a letter of a box, and of what stands around its texts. */
const LETTER = 7.4;
const AROUND = 30;

/** How wide each box would be so that nothing of it is cut. */
function wishedOf(
  { nodes, groups }: NetworkPicture,
  { boxes, times }: Visible,
  facts: readonly BoxFacts[],
  isSmall: (at: number) => boolean,
): readonly number[] {
  return facts.map(({ name, what, shape: sizes, node, problem }, at) => {
    const { group, within = [] } = boxes[at] ?? {};
    const short = shortName(name, groups[within.at(-1) ?? -1]?.name);
    const count = group === undefined ? undefined : times.get(group);
    const beside = count ? `× ${count}` : nodes[node]?.role === "operation" ? "" : what;
    const signs = (group === undefined ? 0 : 2) + (problem === undefined ? 0 : 2);
    const first = (short.length + signs + beside.length) * LETTER;
    // A low box has all in one line.
    return Math.ceil(AROUND + (isSmall(at) ? first + sizes.length * LETTER : Math.max(first, sizes.length * LETTER)));
  });
}

/** The name of an open group, which closes it, and how many such there are, which shows them all. */
function groupName(
  { groups }: NetworkPicture,
  { times, folded }: Visible,
  group: number,
  x: number,
  top: number,
  { turn }: NetworkEvents,
): readonly HTMLElement[] {
  const { name = "", what = "" } = groups[group] ?? {};
  const close = element("button", { class: "group-name", "aria-expanded": "true", "data-turn": String(group) }, [
    `▾ ${name} `,
    element("i", {}, [what]),
  ]);
  close.addEventListener("click", () => turn(group));
  const row = element("span", { class: "group-row" }, [close]);
  const count = times.get(group);
  if (count) {
    const isFolded = folded.has(group);
    const label = isFolded ? `Show all ${count}` : "Fold them to one";
    const all = element(
      "button",
      { class: "group-name", "aria-label": label, title: label, "data-turn": String(-1 - group) },
      [isFolded ? `× ${count}` : "fold"],
    );
    all.addEventListener("click", () => turn(-1 - group));
    row.append(all);
  }
  Object.assign(row.style, { left: `${x}px`, top: `${top}px` });
  return [row];
}

function linesOf({ edges }: Visible, layout: Layout): SVGElement {
  const { width, height, lines, brackets } = layout;
  const head = shape(
    "marker",
    {
      id: "head",
      viewBox: "0 0 6 6",
      refX: 5,
      refY: 3,
      markerWidth: 7,
      markerHeight: 7,
      markerUnits: "userSpaceOnUse",
      orient: "auto",
    },
    [shape("path", { d: "M0 0.5 5.500 3 0 5.500z" })],
  );
  const drawn = lines.flatMap((line): SVGElement[] => {
    const meets = edges[line.edge]?.meets;
    const path = shape("path", {
      d: roundedPath(line.points),
      class: `edge${line.isSkip ? " skip" : ""}${meets ? " wrong" : ""}`,
      "marker-end": "url(#head)",
    });
    // Of several tensors that do not meet in one step the last one says so for all.
    const isSaid = edges.some((edge, at) => at > line.edge && edge.meets && edge.to === edges[line.edge]?.to);
    if (!meets || isSaid) return [path];
    const [x = 0, y = 0] = line.points.at(-1) ?? [];
    return [path, shape("text", { x: x + 8, y: y - 5, class: "meets" }, [`${meets[0]} ≠ ${meets[1]}`])];
  });
  const beside = brackets.map(({ x, name, bottom }) =>
    shape("path", { class: "bracket", d: `M${x + 3} ${name + 20}H${x}V${bottom}h3` }),
  );
  return shape("svg", { class: "edges", width, height, "aria-hidden": "true" }, [
    shape("defs", {}, [head]),
    ...beside,
    ...drawn,
  ]);
}

/** A line through points, its corners rounded. */
function roundedPath(points: Line["points"]): string {
  const radius = 5;
  return points
    .map(([x, y], i) => {
      const [before, after] = [points[i - 1], points[i + 1]];
      if (!before) return `M${x} ${y}`;
      if (!after) return `L${x} ${y}`;
      const near = ([a, b]: readonly [number, number]): string => {
        const far = Math.hypot(a - x, b - y) || 1;
        const part = Math.min(radius, far / 2) / far;
        return `${x + (a - x) * part} ${y + (b - y) * part}`;
      };
      return `L${near(before)}Q${x} ${y} ${near(after)}`;
    })
    .join("");
}

/** The box to which a key leads: down and up along the edges, sideways within a row. */
function walk({ edges }: Visible, { places }: Layout, at: number, key: string): number | undefined {
  const own = places[at];
  if (!own) return undefined;
  const closest = (all: readonly number[]): number | undefined => [...all].sort((a, b) => away(a) - away(b))[0];
  const away = (box: number): number =>
    Math.abs((places[box]?.rank ?? 0) - own.rank) * 10_000 + Math.abs((places[box]?.x ?? 0) - own.x);
  const every = places.map((_, i) => i);
  switch (key) {
    case "ArrowDown": {
      const next = closest(edges.flatMap((e) => (e.from === at ? [e.to] : [])));
      return next ?? closest(every.filter((i) => (places[i]?.rank ?? 0) > own.rank));
    }
    case "ArrowUp": {
      const next = closest(edges.flatMap((e) => (e.to === at ? [e.from] : [])));
      return next ?? closest(every.filter((i) => (places[i]?.rank ?? 0) < own.rank));
    }
    case "ArrowLeft":
    case "ArrowRight": {
      const way = key === "ArrowLeft" ? -1 : 1;
      return closest(every.filter((i) => places[i]?.rank === own.rank && ((places[i]?.x ?? 0) - own.x) * way > 0));
    }
    case "Home":
      return 0;
    case "End":
      return places.length - 1;
    default:
      return undefined;
  }
}
