import { fileURLToPath } from "node:url";
import { inDigits } from "./digits.mjs";
import { besideTheirLike } from "./neighbours.mjs";
import { PATTERN } from "./unpacked.mjs";

/** Characters from which on a text is packed with the others, which are together a third as long. */
const LONG = 11;

/** The same of a pattern with its sign and its flags. */
const SHORT_PATTERN = 12;

/** The same of a pattern that is made where it stands. */
const LONG_PATTERN = 28;

/** Functions that leave a pattern as they found it, whatever its flags. */
const LEAVES = /^(?:matchAll|replace|replaceAll|split|search)$/;

/** What a packed file begins with: how it was packed, and its size. */
const HEAD = 13;

/** The texts in one, packed, with the number of bytes that they were. */
export async function packed(texts) {
  const { default: lzma } = await import("lzma");
  const bytes = Buffer.from(texts.join("\0"));
  return [inDigits(Buffer.from(lzma.compress(bytes, 9)).subarray(HEAD)), bytes.length];
}

/** Whether a text comes back as it was: it has no half of a sign, and not the sign that stands between texts. */
const isPlain = (text) => text.isWellFormed() && !text.includes("\0");

/** What a literal would cost by name: a name of two or three letters in each place, and once more with the literal. */
const saving = (literal, uses) => (uses - 1) * Buffer.byteLength(literal) - 2.5 * uses - 5;

/** What the language itself has, whose functions need no `this`. */
const LANGUAGE = new Set(["Array", "JSON", "Math", "Number", "Object"]);

/** The program that reads packed texts back, and what it is called there. */
async function unpacker() {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("unpacked.mjs", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "packed$",
    platform: "browser",
    target: "es2022",
  });
  return `${outputFiles[0].text.replace(/^"use strict";/, "")};`;
}

/**
 * Gives a program's repeated texts, `void 0` and functions such as `Math.max` names, so that each is written once; the program does the same. Long texts
 * are packed, if `isPacking`. Left as they are: names of properties and of modules, directives and tagged templates.
 */
export async function named(code, isPacking = false) {
  const { default: ts } = await import("typescript");
  const source = ts.createSourceFile("bundle.js", code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const taken = new Set();
  const places = [];
  const uses = new Map();
  const note = ({ start, end, write = (name) => ` ${name} ` }, literal) => {
    places.push({ start, end, literal, write });
    uses.set(literal, (uses.get(literal) ?? 0) + 1);
  };
  const whole = (node) => ({ start: node.getStart(source), end: node.end });
  /** The text of a template between two of its expressions: behind a backtick or a bracket, before a bracket with its dollar or a backtick. */
  const between = (part) => ({
    start: part.getStart(source) + 1,
    end: part.end - (part.kind === ts.SyntaxKind.TemplateTail ? 1 : 2),
    write: (name) => `\${${name}}`,
  });
  /** A pattern: one that remembers nothing is made where the program begins, wherever it stands; another one where it stands, once. */
  const notePattern = (node, { parent } = node) => {
    const [, pattern, flags] = /^\/(.*)\/(\w*)$/s.exec(node.text);
    if (!isPacking || !isPlain(pattern)) return;
    const isLeft =
      ts.isCallExpression(parent) &&
      parent.arguments[0] === node &&
      ts.isPropertyAccessExpression(parent.expression) &&
      LEAVES.test(parent.expression.name.text);
    if (isLeft || !/[gy]/.test(flags)) note(whole(node), JSON.stringify(`${PATTERN}${flags}/${pattern}`));
    else if (pattern.length >= LONG_PATTERN && !ts.findAncestor(node, ts.isFunctionLike))
      note({ ...whole(node), write: (name) => ` RegExp(${name},${JSON.stringify(flags)}) ` }, JSON.stringify(pattern));
  };
  const notePart = (part) => {
    if (isPacking && part.text.length >= LONG && isPlain(part.text)) note(between(part), JSON.stringify(part.text));
  };
  const isKept = (node, { parent } = node) =>
    parent.name === node ||
    parent.propertyName === node ||
    parent.argumentExpression === node ||
    ts.isExpressionStatement(parent) ||
    ts.isTaggedTemplateExpression(parent) ||
    (ts.isCallExpression(parent) && /^(?:require|import)$/.test(parent.expression.getText(source)));
  const isDeclared = (node, { parent } = node) =>
    parent.name === node &&
    !ts.isMethodDeclaration(parent) &&
    (ts.isVariableDeclaration(parent) ||
      ts.isParameter(parent) ||
      ts.isBindingElement(parent) ||
      ts.isFunctionLike(parent) ||
      ts.isClassLike(parent));
  const isOfLanguage = (node) =>
    ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    LANGUAGE.has(node.expression.text) &&
    Object.hasOwn(globalThis[node.expression.text], node.name.text);
  const visit = (node) => {
    if (ts.isIdentifier(node)) taken.add(node.text);
    if (ts.isIdentifier(node) && (LANGUAGE.has(node.text) || node.text === "RegExp") && isDeclared(node))
      throw new Error(`The program has a ${node.text} of its own.`);
    if (isOfLanguage(node)) {
      note(whole(node), node.getText(source));
      return;
    }
    if (ts.isRegularExpressionLiteral(node)) notePattern(node);
    else if (ts.isVoidExpression(node) && ts.isNumericLiteral(node.expression)) note(whole(node), "void 0");
    else if (ts.isStringLiteralLike(node) && !isKept(node)) note(whole(node), JSON.stringify(node.text));
    else if (ts.isTemplateExpression(node) && !ts.isTaggedTemplateExpression(node.parent)) {
      notePart(node.head);
      for (const { expression, literal } of node.templateSpans) {
        visit(expression);
        notePart(literal);
      }
    } else ts.forEachChild(node, visit);
  };
  visit(source);

  const names = new Map();
  const isLong = (literal) => {
    if (!isPacking || !literal.startsWith('"')) return false;
    const text = JSON.parse(literal);
    return text.startsWith(PATTERN) ? text.length >= SHORT_PATTERN : literal.length >= LONG && isPlain(text);
  };
  for (const [literal, count] of uses) {
    const isPattern = literal.startsWith(JSON.stringify(PATTERN).slice(0, -1));
    if (isLong(literal) || (!isPattern && saving(literal, count) > 8)) names.set(literal, `text$${names.size}`);
  }
  for (const name of names.values()) if (taken.has(name)) throw new Error(`The program has a ${name} of its own.`);
  const pieces = [];
  let end = 0;
  for (const { start, end: next, literal, write } of places) {
    const name = names.get(literal);
    if (name === undefined) continue;
    pieces.push(code.slice(end, start), write(name));
    end = next;
  }
  const [head] = /^(?:#!.*\n)?(?:"use strict";)?/.exec(code);
  const body = `${pieces.join("")}${code.slice(end)}`.slice(head.length);
  const [long, short] = [true, false].map((wanted) => [...names].filter(([literal]) => isLong(literal) === wanted));
  const bindings = short.map(([literal, name]) => (literal === "void 0" ? name : `${name}=${literal}`));
  if (long.length > 0) {
    const texts = besideTheirLike(long.map(([literal, name]) => [JSON.parse(literal), name]));
    const [digits, size] = await packed(texts.map(([text]) => text));
    bindings.push(`[${texts.map(([, name]) => name).join(",")}]=packed$.unpacked("${digits}",${size})`);
  }
  const reader = long.length > 0 ? await unpacker() : "";
  return bindings.length > 0 ? `${head}${reader}var ${bindings.join(",")};${body}` : code;
}
