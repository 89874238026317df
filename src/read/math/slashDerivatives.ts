import { MARKS } from "./latexSigns.js";
import type { Token } from "./token.js";

/** Commands between which and a letter nothing else stands: `\hat y`, `\mathbf w`. */
const isMark = (token: Token | undefined): boolean =>
  token?.kind === "command" && (Object.hasOwn(MARKS, token.text) || /^(?:vec|boldsymbol|bm)$/.test(token.text));

/** Where a group in braces ends, or a single token. */
function behindGroup(tokens: readonly Token[], at: number): number {
  if (tokens[at]?.text !== "{") return at + 1;
  let depth = 0;
  for (let i = at; i < tokens.length; i++) {
    depth += tokens[i]?.text === "{" ? 1 : tokens[i]?.text === "}" ? -1 : 0;
    if (depth === 0) return i + 1;
  }
  return tokens.length + 1;
}

/** Where a letter ends with its marks, what stands below it and the layer that stands above it: `\hat y_i`, `W^{(1)}`; undefined where none stands. */
function behindLetter(tokens: readonly Token[], from: number): number | undefined {
  let at = from;
  while (isMark(tokens[at])) at++;
  const isGroup = at > from && tokens[at]?.text === "{";
  if (!isGroup && tokens[at]?.kind !== "word") return undefined;
  at = isGroup ? behindGroup(tokens, at) : at + 1;
  for (;;) {
    const sign = tokens[at]?.text;
    const isLayer =
      sign === "^" && /^(?:\(|\[)$/.test(tokens[at + 1]?.text === "{" ? (tokens[at + 2]?.text ?? "") : "");
    if (sign !== "_" && !isLayer) break;
    at = behindGroup(tokens, at + 1);
  }
  return at <= tokens.length && tokens[at]?.text !== "^" && tokens[at]?.text !== "'" ? at : undefined;
}

/** Whether a differential begins at a token: ∂, or a d right before a letter. */
function isDifferential(tokens: readonly Token[], at: number): boolean {
  const [token, next] = [tokens[at], tokens[at + 1]];
  if (token?.text === "∂") return true;
  const isOfLetter = next?.kind === "word" || isMark(next) || next?.text === "/";
  // `\mathrm{d}` is a text.
  return token?.text === "d" && token.kind !== "command" && isOfLetter && next?.from === token.to;
}

/** LaTeX's `\partial L/\partial w`, `dL/dw` and `d/dx` as the fractions that they stand for. */
export function withSlashDerivatives(tokens: readonly Token[]): readonly Token[] {
  const made: Token[] = [];
  let at = 0;
  while (at < tokens.length) {
    const end = derivativeEnd(tokens, at);
    const [first, last] = [tokens[at], tokens[(end ?? at) - 1]];
    if (!first) break;
    if (end === undefined || !last) {
      made.push(first);
      at++;
      continue;
    }
    const slash = slashOf(tokens, at);
    const sign = (text: string, place: number): Token => ({ kind: "sign", text, from: place, to: place });
    made.push({ kind: "command", text: "frac", from: first.from, to: first.from }, sign("{", first.from));
    made.push(
      ...tokens.slice(at, slash),
      sign("}", tokens[slash]?.from ?? first.to),
      sign("{", tokens[slash]?.to ?? 0),
    );
    made.push(...tokens.slice(slash + 1, end), sign("}", last.to));
    at = end;
  }
  return made;
}

/** The place of the slash in a derivative that begins at a token; -1 where there is none. */
function slashOf(tokens: readonly Token[], at: number): number {
  if (!isDifferential(tokens, at)) return -1;
  const slash = tokens[at + 1]?.text === "/" ? at + 1 : behindLetter(tokens, at + 1);
  return slash !== undefined && tokens[slash]?.text === "/" ? slash : -1;
}

/** Where a derivative with a slash ends that begins at a token; undefined where none does. */
function derivativeEnd(tokens: readonly Token[], at: number): number | undefined {
  const slash = slashOf(tokens, at);
  if (slash < 0 || tokens[slash + 1]?.text !== tokens[at]?.text || !isDifferential(tokens, slash + 1)) return undefined;
  // In a fraction above or below a line it stands already.
  return tokens[slash + 2]?.text === "/" ? undefined : behindLetter(tokens, slash + 2);
}
