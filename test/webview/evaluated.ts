import { evaluate } from "mathjs";

const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** The value of a written sum by the rules of school, with powers and roots. */
export function evaluated(text: string): number {
  const plain = text
    .replace(/√(\d[\d.]*)/g, "sqrt($1)")
    .replaceAll("√", "sqrt")
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (digits) => `^${[...digits].map((digit) => raised.indexOf(digit)).join("")}`)
    .replaceAll("−", "-")
    .replaceAll("·", "*")
    .replaceAll("\u00a0", " ");
  return Number(evaluate(plain));
}
