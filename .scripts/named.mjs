/** What a literal would cost by name: a name of two or three letters in each place, and once more with the literal. */
const saving = (literal, uses) => (uses - 1) * Buffer.byteLength(literal) - 2.5 * uses - 5;

/** What the language itself has, whose functions need no `this`. */
const LANGUAGE = new Set(["Array", "JSON", "Math", "Number", "Object"]);

/**
 * Gives a program's repeated texts, `void 0` and functions such as `Math.max` names, so that each is written once; the program does the same. Left as they are: names of
 * properties and of modules, directives and tagged templates.
 */
export async function named(code) {
  const { default: ts } = await import("typescript");
  const source = ts.createSourceFile("bundle.js", code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const taken = new Set();
  const places = [];
  const uses = new Map();
  const note = (node, literal) => {
    places.push({ node, literal });
    uses.set(literal, (uses.get(literal) ?? 0) + 1);
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
    if (ts.isIdentifier(node) && LANGUAGE.has(node.text) && isDeclared(node))
      throw new Error(`The program has a ${node.text} of its own.`);
    if (isOfLanguage(node)) {
      note(node, node.getText(source));
      return;
    }
    if (ts.isVoidExpression(node) && ts.isNumericLiteral(node.expression)) note(node, "void 0");
    else if (ts.isStringLiteralLike(node) && !isKept(node)) note(node, JSON.stringify(node.text));
    else ts.forEachChild(node, visit);
  };
  visit(source);

  const names = new Map();
  for (const [literal, count] of uses) {
    if (saving(literal, count) > 8) names.set(literal, `text$${names.size}`);
  }
  for (const name of names.values()) if (taken.has(name)) throw new Error(`The program has a ${name} of its own.`);
  const pieces = [];
  let end = 0;
  for (const { node, literal } of places) {
    const name = names.get(literal);
    if (name === undefined) continue;
    pieces.push(code.slice(end, node.getStart(source)), ` ${name} `);
    end = node.end;
  }
  const [head] = /^(?:#!.*\n)?(?:"use strict";)?/.exec(code);
  const body = `${pieces.join("")}${code.slice(end)}`.slice(head.length);
  const bindings = [...names].map(([literal, name]) => (literal === "void 0" ? name : `${name}=${literal}`));
  return bindings.length > 0 ? `${head}var ${bindings.join(",")};${body}` : code;
}
