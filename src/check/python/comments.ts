import { equal, same } from "../../core/dims/compare.js";
import { divide, symbolsOf } from "../../core/dims/dim.js";
import { printCount } from "../../core/dims/print.js";
import { isDim } from "../../core/expr/evaluate.js";
import { applyOp } from "../../core/ops/apply.js";
import { printCrosses, printSizes } from "../../core/ops/explain.js";
import type { Shape, Size } from "../../core/ops/op.js";
import type { FollowedFile } from "../../read/python/models.js";
import { readComment, type WrittenShape } from "../../read/python/shapeText.js";
import type { Comment } from "../../read/python/syntax.js";
import type { LayerValue } from "../../read/python/values.js";
import type { Claim, Finding, Reveal, Span, Verdict } from "../finding.js";

/** Judges the comments that claim a shape or a count. A claim is wrong only where no reading of it fits. */
export function checkComments(
  followed: FollowedFile,
  reveal: Reveal,
): { readonly claims: readonly Claim[]; readonly findings: readonly Finding[] } {
  const claims: Claim[] = [];
  const findings: Finding[] = [];
  for (const comment of followed.file.comments) {
    const said = readComment(comment.text);
    const line = lineOf(followed.file.text, comment);
    if (!said || !line) continue;
    const text = comment.text.replace(/^#+\s*/, "");
    const found =
      said.params !== undefined
        ? judgeCount(followed, line, said.params)
        : said.output
          ? judgeShape(followed, line, said.output)
          : undefined;
    if (!found) continue;
    claims.push({ span: comment, text, verdict: found.verdict, reason: found.reason });
    if (found.verdict !== "wrong") continue;
    const fix =
      found.right === undefined || reveal !== "answer"
        ? {}
        : { fixes: [{ title: `Write ${found.right}`, edits: [{ span: comment, text: `# ${found.right}` }] }] };
    const message = reveal === "answer" ? found.reason : "This comment does not fit the code.";
    findings.push({
      span: comment,
      severity: "warning",
      code: said.params === undefined ? "comment/shape" : "comment/params",
      message,
      ...fix,
    });
  }
  return { claims, findings };
}

interface Judged {
  readonly verdict: Verdict;
  readonly reason: string;
  readonly right?: string;
}

/** The line that a comment stands behind; undefined for one on a line of its own. */
function lineOf(text: string, comment: Comment): Span | undefined {
  const from = text.lastIndexOf("\n", comment.from - 1) + 1;
  return text.slice(from, comment.from).trim() === "" ? undefined : { from, to: comment.from };
}

/** The shapes that the statement or layer of a line comes to. */
function shapesOn({ trace }: FollowedFile, line: Span): readonly Shape[] {
  const inside = (at: number): boolean => line.from < at && at <= line.to;
  const statements = trace.statements.filter((s) => inside(s.at)).map((s) => s.tensor.shape);
  const made = trace.calls
    .filter((c) => !c.functional && inside(c.site.to) && c.site.from >= line.from)
    .map((c) => c.output.shape);
  return (statements.length > 0 ? statements : made).filter((s) => s !== undefined);
}

/** What else a comment in this line may mean: what goes in, or the weights' shape. */
function othersOn({ trace }: FollowedFile, line: Span): readonly Shape[] {
  const inside = (at: number): boolean => line.from < at && at <= line.to;
  return trace.calls
    .filter((c) => inside(c.place.to) || inside(c.site.to))
    .flatMap((c) => [c.input.shape ?? [], weightShape(c.args)])
    .filter((s) => s.length > 0);
}

function weightShape(args: LayerValue["args"]): Shape {
  const { in_channels: channels, out_channels: filters, kernel_size: kernel, groups } = args;
  if (!isDim(channels) || !isDim(filters) || !isDim(groups)) return [];
  const sizes = isDim(kernel)
    ? [kernel, kernel]
    : Array.isArray(kernel)
      ? kernel.map((k) => (isDim(k) ? k : undefined))
      : [];
  return [filters, divide(channels, groups), ...sizes];
}

function judgeShape(followed: FollowedFile, line: Span, written: WrittenShape): Judged | undefined {
  const shapes = shapesOn(followed, line);
  const [first] = shapes;
  if (!first) return undefined;
  const verdicts = shapes.map((s) => fits(written, s));
  if (verdicts.includes(true)) return { verdict: "right", reason: `The shape here is ${printSizes(first)}.` };
  const isOther = othersOn(followed, line).some((s) => fits(written, s) !== false);
  if (isOther || verdicts.includes(undefined))
    return {
      verdict: "not understood",
      reason: `The shape here is ${printSizes(first)}; the comment can be read in more than one way.`,
    };
  const right = written.bracketed ? printSizes(first) : printCrosses(first.slice(first.length - written.sizes.length));
  return {
    verdict: "wrong",
    reason: `The comment says ${show(written)}, the shape here is ${printSizes(first)}. Change the comment or the layer.`,
    right,
  };
}

const show = (w: WrittenShape): string => (w.bracketed ? printSizes(w.sizes) : printCrosses(w.sizes));

/** Whether a written shape is the actual one: with or without the batch, channels first or last. */
function fits(written: WrittenShape, actual: Shape): boolean | undefined {
  const said = written.sizes;
  if (said.length !== actual.length && said.length !== actual.length - 1) return undefined;
  const [batch] = said;
  // Two numbers may be a kernel or a matrix of weights; with a letter in front they are a batch of rows.
  if (said.length < 3 && (batch === undefined || symbolsOf(batch).size === 0)) return undefined;
  const sample = actual.slice(1);
  const tail = said.length === actual.length ? said.slice(1) : said;
  const orders = sample.length > 1 ? [sample, [...sample.slice(1), sample[0]]] : [sample];
  const verdicts = orders.map((order) => agree(tail, order));
  return verdicts.includes(true) ? true : verdicts.includes(undefined) ? undefined : false;
}

function agree(said: Shape, actual: Shape): boolean | undefined {
  const parts = said.map((s, i) => {
    const a = actual[i];
    if (s === undefined || a === undefined) return undefined;
    if (same(s, a)) return true;
    // A letter of the comment may stand for any number; only two numbers certainly differ.
    return typeof s === "number" && equal(s, a) === false ? false : undefined;
  });
  return parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;
}

function judgeCount({ trace }: FollowedFile, line: Span, said: Size): Judged | undefined {
  const made = trace.layers.filter((l) => l.bound && l.site.from >= line.from && l.site.to <= line.to);
  const [layer, ...more] = made;
  if (!layer || more.length > 0 || said === undefined) return undefined;
  const applied = applyOp(layer.op, layer.args);
  if (applied.params === undefined) return undefined;
  const equals = equal(said, applied.params);
  const right = printCount(applied.params);
  if (equals !== false)
    return { verdict: equals ? "right" : "not understood", reason: `${layer.op.name} has ${right} parameters.` };
  return {
    verdict: "wrong",
    reason: `The comment says ${printCount(said)} parameters, this ${layer.op.name} has ${right}. Change the comment or the layer.`,
    right: `params: ${right}`,
  };
}
