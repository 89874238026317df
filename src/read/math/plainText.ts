import { withDecimalPoints } from "./decimalCommas.js";
import type { DocumentLanguage } from "./statements.js";

/** Bold words or numbers of Markdown, and numbers in italics. */
const EMPHASIS =
  /(?<=^|[\s=(:≈])(\*\*|__)(?=\S)([^*_$`\n]{1,80}?)(?<=\S)\1(?=[\s.,;:)]|$)|(?<=[=≈:] ?)([*_])(\d[\d.,]*)\3(?=[\s.,;:)]|$)/gm;

/** The letter or number of a part of an exercise, before what it is about. */
const LABEL = /(?<=^[ \t]*|[\d,;.] )\((?:[a-h]|i{1,3}|iv|vi{0,3}|\d\d?)\)(?= \w)/gm;

/** A text in which mathematics stands as it would in plain English, and whether decimals stood behind points in it already. */
interface PlainMath {
  readonly text: string;
  readonly hasPoints: boolean;
}

/** A text with plain mathematics, as long as it was: all places stay where they are. */
export function withPlainMath(source: string, language: DocumentLanguage): PlainMath {
  const plain = withDecimalPoints(source);
  const text = plain.replace(LABEL, (label) => label.replace(/./g, " "));
  return { text: language === "markdown" ? withoutEmphasis(text) : text, hasPoints: plain === source };
}

const withoutEmphasis = (text: string): string =>
  text.replace(EMPHASIS, (all, bold?: string, words?: string, mark?: string, number?: string) => {
    const gap = " ".repeat((bold ?? mark ?? "").length);
    return gap + (words ?? number ?? all.trim()) + gap;
  });
