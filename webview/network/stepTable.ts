import type { Amount, NetworkPicture } from "../../src/protocol.js";
import { element } from "../render/element.js";
import { factsOf } from "./boxFacts.js";
import type { Marked } from "./diagram.js";
import type { NetworkEvents } from "./networkView.js";
import type { Visible } from "./visibleBoxes.js";

/** The same as a table: each step with what it gives, its parameters and its memory. */
export function stepTable(picture: NetworkPicture, visible: Visible, events: NetworkEvents): Marked {
  const { boxes, times } = visible;
  const facts = boxes.map((box) => factsOf(picture, box));
  const most = {
    params: Math.max(1, ...facts.map((f) => f.params.value ?? 0)),
    memory: Math.max(1, ...facts.map((f) => f.memory.value ?? 0)),
  };
  const open: number[] = [];
  const rows: { readonly row: HTMLElement; readonly nodes: readonly number[] }[] = [];
  boxes.forEach((box, at) => {
    const fact = facts[at];
    if (!fact) return;
    for (const group of box.within) {
      if (open.includes(group)) continue;
      open.push(group);
      rows.push({ row: groupRow(picture, visible, group, box.within.indexOf(group), events), nodes: [] });
    }
    const { group } = box;
    const count = group === undefined ? undefined : times.get(group);
    const name = element(
      "button",
      { class: "step-name", ...(group === undefined ? {} : { "aria-expanded": "false", "data-group": String(group) }) },
      [`${group === undefined ? "" : "▸ "}${fact.name}${count ? ` × ${count}` : ""}`],
    );
    name.addEventListener("click", () => (group === undefined ? events.reveal(fact.node) : events.turn(group)));
    name.addEventListener("focus", () => events.choose(fact.node));
    const first = element("th", { scope: "row" }, [
      name,
      element("span", { class: "soft" }, [` ${fact.what}`]),
      element("div", { class: "box-shape" }, [fact.shape]),
    ]);
    first.style.paddingLeft = `${box.within.length * 10}px`;
    rows.push({
      row: element("tr", fact.problem === undefined ? {} : { class: "wrong" }, [
        first,
        barCell(fact.params, most.params, "weight"),
        barCell(fact.memory, most.memory, "output"),
      ]),
      nodes: box.nodes,
    });
  });
  const head = ["Step and what it gives", "Parameters", "Memory"].map((text) =>
    element("th", { scope: "col" }, [text]),
  );
  const table = element("table", { class: "steps" }, [
    element("thead", {}, [element("tr", {}, head)]),
    element(
      "tbody",
      {},
      rows.map(({ row }) => row),
    ),
  ]);
  return {
    element: element("div", { class: "scroll" }, [table]),
    mark: (chosen) => {
      for (const { row, nodes } of rows) row.classList.toggle("chosen", nodes.includes(chosen));
    },
  };
}

function groupRow(
  { groups }: NetworkPicture,
  { times, folded }: Visible,
  group: number,
  depth: number,
  { turn }: NetworkEvents,
): HTMLElement {
  const close = element("button", { class: "group-name", "aria-expanded": "true", "data-turn": String(group) }, [
    `▾ ${groups[group]?.name} `,
    element("i", {}, [groups[group]?.what ?? ""]),
  ]);
  close.addEventListener("click", () => turn(group));
  const count = times.get(group);
  const cell = element("th", { scope: "rowgroup", colspan: "3" }, [close]);
  if (count) {
    const all = element("button", { class: "group-name", "data-turn": String(-1 - group) }, [
      folded.has(group) ? `× ${count}: show all` : "fold",
    ]);
    all.addEventListener("click", () => turn(-1 - group));
    cell.append(all);
  }
  cell.style.paddingLeft = `${depth * 10}px`;
  return element("tr", { class: "group-head" }, [cell]);
}

function barCell({ text, value }: Amount, most: number, role: string): HTMLElement {
  const bar = element("span", { class: `bar ${role}` });
  bar.style.width = `${(100 * (value ?? 0)) / most}%`;
  return element("td", {}, [element("div", {}, [text]), bar]);
}
