/** What a function has of its own, which an arrow has not. */
const OWN = /^(?:this|super|arguments|new\.target)$/;

/** Whether a function uses anything that an arrow has not. */
function isBound(ts, node) {
  const visit = (child) => {
    if (OWN.test(child.getText?.() ?? "")) return true;
    // A class, as a function, has its own within; what is computed for its names and what it extends is rare enough to leave alone.
    const hasItsOwn = ts.isFunctionDeclaration(child) || ts.isFunctionExpression(child);
    return !hasItsOwn && ts.forEachChild(child, visit);
  };
  return [...node.parameters, node.body].some(visit);
}

/** What a node is made of, in its order. */
function partsOf(ts, node) {
  const found = [];
  ts.forEachChild(node, (child) => void found.push(child));
  return found;
}

/** The names of what is made with `new`, extended, asked of what it is an instance, given a prototype or given another value. */
function madeOrGiven(ts, source) {
  const { InstanceOfKeyword } = ts.SyntaxKind;
  const names = new Set();
  const note = (node) => {
    if (ts.isIdentifier(node)) names.add(node.text);
  };
  const look = (node) => {
    if (ts.isNewExpression(node) || ts.isExpressionWithTypeArguments(node)) note(node.expression);
    else if (ts.isPropertyAccessExpression(node) && node.name.text === "prototype") note(node.expression);
    else if (ts.isBinaryExpression(node)) {
      if (ts.isAssignmentOperator(node.operatorToken.kind)) note(node.left);
      if (node.operatorToken.kind === InstanceOfKeyword) note(node.right);
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return names;
}

/**
 * Writes the functions that a program declares as arrows, which are shorter, before all else where they are declared: they are there from the beginning,
 * as they were. Left as they are: generators, functions with a `this` of their own, and those that are asked for more than to be called.
 */
export async function arrows(code) {
  const { default: ts } = await import("typescript");
  const source = ts.createSourceFile("bundle.js", code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const kept = madeOrGiven(ts, source);
  const isFit = (node) =>
    ts.isFunctionDeclaration(node) && !node.asteriskToken && !kept.has(node.name.text) && !isBound(ts, node);
  /** The text of a node, the functions within it as arrows. */
  const written = (node) => {
    const pieces = [];
    let at = node.getStart(source);
    const visit = (child) => {
      const declared = ts.isBlock(child) || ts.isSourceFile(child) ? child.statements.filter(isFit) : [];
      if (declared.length > 0) {
        const [first] = child.statements;
        // A directive stays the first of all.
        const isDirective = ts.isExpressionStatement(first) && ts.isStringLiteral(first.expression);
        const begin = isDirective ? first.end : first.getStart(source);
        pieces.push(code.slice(at, begin), `let ${declared.map(arrow).join(",")};`);
        at = begin;
      }
      for (const part of partsOf(ts, child)) {
        if (declared.includes(part)) {
          pieces.push(code.slice(at, part.getStart(source)));
          at = part.end;
        } else visit(part);
      }
    };
    visit(node);
    return pieces.join("") + code.slice(at, node.end);
  };
  const arrow = ({ modifiers, name, parameters, body }) =>
    `${name.text}=${modifiers ? "async" : ""}(${parameters.map(written).join(",")})=>${written(body)}`;
  return written(source);
}
