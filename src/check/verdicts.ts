import type { Claim, Verdict } from "./finding.js";

/** How a verdict is marked. */
export const VERDICT_MARKS: Readonly<Record<Verdict, string>> = {
  right: "✓",
  rounded: "≈",
  wrong: "✗",
  blank: "?",
  "not understood": "·",
};

/** `12 ✓ · 1 ✗ · 2 blank`. */
export function countVerdicts(claims: readonly Claim[]): string {
  const count = (...verdicts: readonly string[]): number => claims.filter((c) => verdicts.includes(c.verdict)).length;
  const parts = [`${count("right", "rounded")} ✓`];
  if (count("wrong") > 0) parts.push(`${count("wrong")} ✗`);
  if (count("blank") > 0) parts.push(`${count("blank")} blank`);
  return parts.join(" · ");
}
