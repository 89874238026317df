import { withDecimalPoints } from "./decimalCommas.js";
import type { DocumentLanguage } from "./statements.js";

/** Bold words or numbers of Markdown, and numbers in italics. */
const EMPHASIS =
  /(?<=^|[\s=(:≈])(\*\*|__)(?=\S)([^*_$`\n]{1,80}?)(?<=\S)\1(?=[\s.,;:)]|$)|(?<=[=≈:] ?)([*_])(\d[\d.,]*)\3(?=[\s.,;:)]|$)/gm;

/** A text in which mathematics stands as it would in plain English, as long as it was: all places stay where they are. */
export function withPlainMath(text: string, language: DocumentLanguage): string {
  const plain = withDecimalPoints(text);
  if (language !== "markdown") return plain;
  return plain.replace(EMPHASIS, (all, bold?: string, words?: string, mark?: string, number?: string) => {
    const gap = " ".repeat((bold ?? mark ?? "").length);
    return gap + (words ?? number ?? all.trim()) + gap;
  });
}
