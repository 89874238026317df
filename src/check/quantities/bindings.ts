import { freeSymbols, type MathExpr } from "../../core/math/expression.js";
import type { Quantity } from "./quantity.js";

/** What each letter of a document's formula stands for in a quantity's. */
export type Binding = ReadonlyMap<string, string>;

/** Bindings of one formula that are tried. */
const MOST = 200;

/** The role that a text's own explanation gives a letter: "filter size f", "f is the filter size". */
function explainedRole(name: string, text: string, quantity: Quantity): readonly string[] | undefined {
  const letter = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace("_", "_\\{?(?:\\\\\\w+\\{)?");
  const around = new RegExp(
    `([^.,;:()\\n]{0,30})(?<![A-Za-z\\\\])\\$?\\\\?${letter}(?![A-Za-z_])[}$]*([^.,;()\\n]{0,30})`,
    "gu",
  );
  const found = new Set<string>();
  for (const [, before = "", behind = ""] of text.matchAll(around))
    for (const [role, { words }] of Object.entries(quantity.roles)) {
      if (!words) continue;
      const isBefore = new RegExp(`(?:${words.source})\\s*(?:of\\s*|is\\s*|=\\s*|\\(\\s*)?$`, words.flags).test(before);
      const isBehind = new RegExp(
        `^\\s*(?:is|denotes|for|means|=|-|–|:|stands for)?\\s*(?:the|a|an|number of|#|of|\\s)*(?:${words.source})`,
        words.flags,
      ).test(behind);
      if (isBefore || isBehind) found.add(role);
    }
  return found.size > 0 ? [...found] : undefined;
}

/** The letter that a text explains as a role; undefined where there is none. */
export function letterFor(role: string, text: string, quantity: Quantity): string | undefined {
  const names = new Set(
    [...text.matchAll(/(?<![A-Za-z\\])([A-Za-z](?:_\{?\w+\}?)?)(?![A-Za-z])/g)].map(([, name = ""]) => name),
  );
  return [...names].find((name) => {
    const roles = explainedRole(name, text, quantity);
    return roles?.length === 1 && roles[0] === role;
  });
}

/** All ways in which the letters of a formula may stand for a quantity's, by the document's words or by what courses write. */
export function bindingsOf(e: MathExpr, quantity: Quantity, text: string): readonly Binding[] {
  const names = [...freeSymbols(e)];
  const choices = names.map((name) => {
    const explained = explainedRole(name, text, quantity);
    return (
      explained ?? Object.entries(quantity.roles).flatMap(([role, { letters }]) => (letters.test(name) ? [role] : []))
    );
  });
  let all: Map<string, string>[] = [new Map()];
  for (const [i, name] of names.entries()) {
    all = all.flatMap((b) =>
      (choices[i] ?? []).filter((role) => ![...b.values()].includes(role)).map((role) => new Map(b).set(name, role)),
    );
    if (all.length > MOST) return [];
  }
  return all;
}
