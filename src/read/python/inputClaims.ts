import { readComment, readShape, type WrittenShape } from "./shapeText.js";
import type { Comment, PythonFile, Statement } from "./syntax.js";
import type { ClassValue } from "./values.js";

/** The statement that defines a function. */
export type FunctionStatement = Extract<Statement, { kind: "function" }>;

const DIRECTIVE = /dimsum:\s*input\s+(?:(\w+)\s*=\s*)?(.+)$/;
const INPUT = /^#+\s*(?:the\s+)?(input|inputs|in|x|img|image|images)\s*(?:shape|size|is|has|of)*\s*[:=]?\s*(.+?)\.?$/i;

/** What comments about `forward` say of its inputs: by the parameter's name, or "" for the first. */
export function inputClaims(file: PythonFile, cls: ClassValue, forward: FunctionStatement): Map<string, WrittenShape> {
  const claims = new Map<string, WrittenShape>();
  const first = forward.body[0];
  const classLine = lineStart(file.text, cls.nameAt.from);
  for (const comment of file.comments) {
    const isNear =
      comment.from >= previousLine(file.text, lineStart(file.text, forward.from)) &&
      comment.from <= (first?.from ?? forward.to);
    const isAtClass =
      comment.from >= previousLine(file.text, classLine) && comment.from < (cls.body[0]?.from ?? classLine);
    const directive = DIRECTIVE.exec(comment.text);
    if (directive && comment.from >= previousLine(file.text, classLine) && comment.from <= forward.to) {
      const shape = readShape(directive[2] ?? "");
      if (shape) claims.set(directive[1] ?? "", isFull(directive[2] ?? "", shape));
    } else if (isNear || isAtClass) {
      const said = INPUT.exec(comment.text);
      const shape = said && readShape(said[2] ?? "");
      if (said && shape && !claims.has("")) claims.set("", shape);
    }
  }
  if (!claims.has("")) {
    const arrow = firstArrow(file, forward);
    if (arrow) claims.set("", arrow);
  }
  return claims;
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
