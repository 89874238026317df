import type { Stretch } from "./written.js";

/** What a comment tells Dimsum. */
export interface Directive {
  readonly span: Stretch;
  readonly name: "input" | "ignore";
  /** What stands behind the name: a shape. */
  readonly value: string;
}

/** The directives of a document, such as `<!-- dimsum: input 28x28x1 -->` or `% dimsum: ignore`. */
export function readDirectives(text: string): readonly Directive[] {
  const found: Directive[] = [];
  let at = text.indexOf("dimsum:");
  while (at >= 0) {
    const before = text.slice(Math.max(0, at - 12), at);
    const opened = /(?:<!--|%+|#+|\/\/|^|\n)[ \t]*$/.exec(before);
    const rest = text.slice(at + 7, at + 200).split("\n", 1)[0] ?? "";
    const said = /^[ \t]*(input|ignore)\b[ \t:=]*(.*)$/.exec(rest.replace(/-->.*$/, ""));
    if (opened && said) {
      const from = at - before.length + opened.index;
      found.push({
        span: { from, to: at + 7 + rest.trimEnd().length },
        name: said[1] === "input" ? "input" : "ignore",
        value: (said[2] ?? "").trim(),
      });
    }
    at = text.indexOf("dimsum:", at + 7);
  }
  return found;
}
