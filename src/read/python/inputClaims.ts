import { documentedShapes } from "./docstrings.js";
import { readComment, readShape, type WrittenShape, withoutLead } from "./shapeText.js";
import type { Comment, ParameterNode, PythonFile, Statement } from "./syntax.js";
import type { ClassValue } from "./values.js";

/** The statement that defines a function. */
export type FunctionStatement = Extract<Statement, { kind: "function" }>;

const DIRECTIVE = /dimsum:\s*input\s+(?:(\w+)\s*=\s*)?(.+)$/;
const INPUT = /^#+\s*(?:the\s+)?(input|inputs|in|x|img|image|images)\s*(?:shape|size|is|has|of)*\s*[:=]?\s*(.+?)\.?$/i;

/** What a file says of a model's inputs, by the parameter's name, or "" for the first. */
export type InputClaims = ReadonlyMap<string, WrittenShape>;

/**
 * What directives, annotations, comments and the docstring about `forward` say of its inputs, the first of these counting most; `annotated`
 * is what the annotation of a parameter says.
 */
export function inputClaims(
  file: PythonFile,
  cls: ClassValue,
  forward: FunctionStatement,
  annotated: (parameter: ParameterNode) => WrittenShape | undefined,
): InputClaims {
  const claims = new Map<string, WrittenShape>();
  const first = forward.body[0];
  const classLine = lineStart(file.text, cls.nameAt.from);
  const say = (name: string, shape: WrittenShape | undefined): void => {
    if (shape && !claims.has(name)) claims.set(name, shape);
  };
  for (const comment of file.comments) {
    if (comment.from < previousLine(file.text, classLine) || comment.from > forward.to) continue;
    const directive = DIRECTIVE.exec(comment.text);
    const shape = directive && readShape(directive[2] ?? "");
    if (directive && shape) claims.set(directive[1] ?? "", isFull(directive[2] ?? "", shape));
  }
  for (const [i, p] of forward.params.entries()) if (i !== 1 || !claims.has("")) say(p.name, annotated(p));
  for (const comment of file.comments) {
    const isNear =
      comment.from >= previousLine(file.text, lineStart(file.text, forward.from)) &&
      comment.from <= (first?.from ?? forward.to);
    const isAtClass =
      comment.from >= previousLine(file.text, classLine) && comment.from < (cls.body[0]?.from ?? classLine);
    if (!isNear && !isAtClass) continue;
    const said = INPUT.exec(comment.text);
    say("", (said && readShape(said[2] ?? "")) ?? (isNear ? behindHead(file, forward, comment) : undefined));
  }
  const names = forward.params.map((p) => p.name);
  for (const said of documentedShapes(file, forward.body, names)) if (said.what === "input") say(said.name, said.shape);
  if (claims.size === 0)
    for (const said of documentedShapes(file, cls.body, [])) if (said.what === "input") say("", said.shape);
  if (claims.size === 0) say("", firstArrow(file, forward));
  return claims;
}

/** `def forward(self, x):  # [batch, 3, 32, 32]`. */
function behindHead(file: PythonFile, forward: FunctionStatement, comment: Comment): WrittenShape | undefined {
  const head = file.text.slice(forward.nameAt.from, comment.from);
  if (head.includes("\n") || !/:\s*$/.test(head)) return undefined;
  const shape = readShape(withoutLead(comment.text.replace(/^#+\s*/, "")));
  return shape?.bracketed ? shape : undefined;
}

/** `N x 3 x 32 x 32` has its batch, though no brackets are around it. */
function isFull(text: string, shape: WrittenShape): WrittenShape {
  return /^\s*[A-Za-z]/.test(text) ? { ...shape, bracketed: true } : shape;
}

/** `# 28x28x1 -> 28x28x10` behind the first statement says what goes in. */
function firstArrow(file: PythonFile, forward: FunctionStatement): WrittenShape | undefined {
  const first = forward.body.find((s) => s.kind === "assign" || s.kind === "return");
  const comment: Comment | undefined =
    first && file.comments.find((c) => c.from >= first.to && !file.text.slice(first.to, c.from).includes("\n"));
  return comment && readComment(comment.text)?.input;
}

/** What a comment in this line, or in the line above it, says of an input. */
export function claimAbove(file: PythonFile, line: number): WrittenShape | undefined {
  for (const comment of file.comments) {
    const at = file.text.slice(0, comment.from).split("\n").length - 1;
    if (at !== line && at !== line - 1) continue;
    const said = DIRECTIVE.exec(comment.text) ?? INPUT.exec(comment.text);
    const shape = said && readShape(said[2] ?? "");
    if (said && shape) return isFull(said[2] ?? "", shape);
  }
  return undefined;
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;
const previousLine = (text: string, start: number): number => (start === 0 ? 0 : lineStart(text, start - 1));
