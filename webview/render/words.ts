import type { CardPicture, Example, Heading, MessagePicture, SourceLine } from "../../src/protocol.js";
import { element } from "./element.js";

/** The name of the layer, its sizes and what does not fit; the name leads to its line in the file. */
export function headingView(heading: Heading, reveal: (source: SourceLine) => void, pin: HTMLElement): HTMLElement {
  const { title, facts, problem, source } = heading;
  const name = element("h1", {}, [title]);
  if (source) {
    const link = element("button", { class: "source", title: "Show in the file" }, [`line ${source.line + 1}`]);
    link.addEventListener("click", () => reveal(source));
    name.append(" ", link);
  }
  const list = element("dl", { class: "facts" });
  for (const fact of facts)
    list.append(element("div", {}, [element("dt", {}, [fact.name]), element("dd", {}, [fact.text])]));
  return element("header", {}, [
    element("div", { class: "titled" }, [name, pin]),
    ...(problem === undefined ? [] : [element("p", { class: "problem", role: "alert" }, [problem])]),
    list,
  ]);
}

/** The formulas with their numbers, as they were given. */
export function formulaView({ formulas }: Heading): readonly HTMLElement[] {
  if (formulas.length === 0) return [];
  const lines = formulas.map((text) => element("code", {}, [text]));
  return [element("section", { class: "formulas" }, [element("h2", {}, ["Formula"]), ...lines])];
}

/** Sentences, one below the other. */
export function noteList(notes: readonly string[]): HTMLElement {
  return element(
    "ul",
    { class: "notes" },
    notes.filter((note) => note !== "").map((note) => element("li", {}, [note])),
  );
}

/** A layer told in words and a few numbers. */
export function cardView({ heading, example, note }: CardPicture): readonly HTMLElement[] {
  const sentence = heading.text === "" ? [] : [element("p", { class: "summary" }, [heading.text])];
  return [...sentence, ...(example ? [exampleView(example)] : []), ...(note === undefined ? [] : [noteList([note])])];
}

/** A sentence in place of a picture. */
export function messageView({ text, advice }: MessagePicture): HTMLElement {
  return element("div", { class: "message" }, [element("h1", {}, [text]), element("p", { class: "advice" }, [advice])]);
}

function exampleView({ rows, rule }: Example): HTMLElement {
  const body = rows.map(({ name, role, values }) =>
    element("tr", { class: role }, [
      element("th", { scope: "row" }, [name]),
      ...values.map((value) => element("td", {}, [value])),
    ]),
  );
  return element("section", { class: "example" }, [
    element("h2", {}, ["For example"]),
    element("div", { class: "scroll" }, [element("table", {}, body)]),
    element("p", {}, [rule]),
  ]);
}
