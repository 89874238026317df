import type { FollowedFile } from "../../read/python/models.js";
import type { AnnotationFact } from "../../read/python/trace.js";
import type { Claim, Finding, Fix, Reveal, Span, Verdict } from "../finding.js";

/** Judges the annotations that say a tensor's shape. */
export function checkAnnotations(
  { trace, file }: FollowedFile,
  reveal: Reveal,
): { readonly claims: readonly Claim[]; readonly findings: readonly Finding[] } {
  const claims: Claim[] = [];
  const findings: Finding[] = [];
  for (const facts of inOrder(trace.annotations)) {
    const [first] = facts;
    if (!first) continue;
    const lead = /^(?::|->)?\s*/.exec(file.text.slice(first.place.from, first.place.to))?.[0].length ?? 0;
    const span: Span = { from: first.place.from + lead, to: first.place.to };
    const verdict = verdictOf(facts);
    const told = facts.find((f) => f.verdict === false) ?? first;
    const reason = verdict === "wrong" ? `${told.say} Change the annotation or the code.` : told.say;
    claims.push({ span, text: file.text.slice(span.from, span.to), verdict, reason });
    if (verdict !== "wrong") continue;
    const fixes = reveal === "answer" ? fixesOf(file.text, span, told) : [];
    findings.push({
      span,
      severity: "warning",
      code: "annotation/shape",
      message: reveal === "answer" ? reason : "This annotation does not fit the code.",
      ...(fixes.length > 0 ? { fixes } : {}),
    });
  }
  return { claims, findings };
}

/** What is said of each annotation, in the file's order. */
function inOrder(facts: readonly AnnotationFact[]): readonly (readonly AnnotationFact[])[] {
  const groups = new Map<number, AnnotationFact[]>();
  for (const fact of facts) {
    const group = groups.get(fact.place.from) ?? [];
    groups.set(fact.place.from, group);
    group.push(fact);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([, group]) => group);
}

/** A function's annotation holds for each call; the names in that of a variable in a loop may mean each round's own sizes. */
function verdictOf(facts: readonly AnnotationFact[]): Verdict {
  const wrong = facts.filter((f) => f.verdict === false);
  const isSometimesRight = facts.some((f) => f.what === "variable" && f.verdict === true);
  const isWrong = wrong.length > 0 && !isSometimesRight;
  if (isWrong) return "wrong";
  return facts.every((f) => f.verdict === true) ? "right" : "not understood";
}

/** Puts the size that is in the place of the number that is said, where one text says all axes. */
function fixesOf(text: string, span: Span, { at, shape }: AnnotationFact): readonly Fix[] {
  const quoted = [...text.slice(span.from, span.to).matchAll(/(["'])([^"'\\\n]*)\1/g)];
  const [only, ...more] = quoted;
  const size = at === undefined ? undefined : shape[at];
  if (!only || more.length > 0 || typeof size !== "number") return [];
  const start = span.from + only.index + 1;
  const words = [...(only[2] ?? "").matchAll(/\S+/g)];
  const word = words[at ?? -1];
  if (words.length !== shape.length || !word || !/^\d+$/.test(word[0])) return [];
  const from = start + word.index;
  return [
    {
      title: `Write ${size}`,
      edits: [{ span: { from, to: from + word[0].length }, text: String(size) }],
      preferred: false,
    },
  ];
}
