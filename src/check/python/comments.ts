import type { FollowedFile } from "../../read/python/models.js";
import { readComment } from "../../read/python/shapeText.js";
import type { Claim, Finding, Fix, Reveal } from "../finding.js";
import { judgeCount, judgeShape } from "./commentClaims.js";
import { judgeField } from "./fieldClaims.js";
import { layerFixes } from "./layerFixes.js";
import { FactsByLine } from "./lineFacts.js";

/** Judges the comments behind code that claim a shape or a count. */
export function checkComments(
  followed: FollowedFile,
  reveal: Reveal,
): { readonly claims: readonly Claim[]; readonly findings: readonly Finding[] } {
  const claims: Claim[] = [];
  const findings: Finding[] = [];
  const { text, comments } = followed.file;
  const facts = new FactsByLine(followed);
  for (const comment of comments) {
    const said = readComment(comment.text);
    if (!said) continue;
    const line = facts.in(comment.from);
    if (text.slice(line.from, comment.from).trim() === "") continue;
    const found = said.field
      ? judgeField(line, said.field)
      : said.params !== undefined
        ? judgeCount(line, said.params, said.isWeights ?? false)
        : said.output && judgeShape(line, said.output);
    if (!found) continue;
    claims.push({
      span: { from: comment.from, to: comment.to },
      text: comment.text.replace(/^#+\s*/, ""),
      verdict: found.verdict,
      reason: found.reason,
    });
    if (found.verdict !== "wrong") continue;
    const span = { from: comment.from, to: comment.to };
    const fixes: Fix[] =
      found.right === undefined ? [] : [{ title: `Write ${found.right}`, edits: [{ span, text: `# ${found.right}` }] }];
    if (found.wanted) fixes.push(...layerFixes(followed, found.wanted.call, found.wanted.shapes));
    findings.push({
      span,
      severity: "warning",
      code: said.field ? "comment/field" : said.params === undefined ? "comment/shape" : "comment/params",
      message: reveal === "answer" ? found.reason : "This comment does not fit the code.",
      ...(reveal === "answer" && fixes.length > 0 ? { fixes } : {}),
    });
  }
  return { claims, findings };
}
