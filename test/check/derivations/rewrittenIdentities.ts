/** A formula as a tree. */
type Tree =
  | { readonly leaf: string }
  | { readonly op: "+" | "-" | "*" | "/" | "^"; readonly a: Tree; readonly b: Tree };

/** An equation between a formula and what it was rewritten to, in LaTeX, with both sides for mathjs. */
export interface Rewritten {
  readonly latex: string;
  readonly sides: readonly [string, string];
  readonly symbols: readonly string[];
  /** The same with one change of the right side. */
  readonly changed: { readonly latex: string; readonly sides: readonly [string, string] };
}

type Operation = Extract<Tree, { op: string }>;

const leaf = (text: string): Tree => ({ leaf: text });
const node = (op: Operation["op"], a: Tree, b: Tree): Tree => ({ op, a, b });

const STRENGTH = { "+": 1, "-": 1, "*": 2, "/": 2, "^": 3 } as const;

function printed(t: Tree, isLatex: boolean): string {
  if ("leaf" in t) return t.leaf;
  const within = (x: Tree, least: number): string =>
    "leaf" in x || STRENGTH[x.op] >= least ? printed(x, isLatex) : `(${printed(x, isLatex)})`;
  const { op, a, b } = t;
  if (op === "^") return `${within(a, 4)}^${isLatex ? `{${printed(b, isLatex)}}` : within(b, 4)}`;
  if (op === "/" && isLatex) return `\\frac{${printed(a, true)}}{${printed(b, true)}}`;
  const sign = op === "*" ? (isLatex ? " \\cdot " : "*") : op === "/" ? "/" : ` ${op} `;
  return `${within(a, STRENGTH[op])}${sign}${within(b, STRENGTH[op] + (op === "+" || op === "*" ? 0 : 1))}`;
}

/** The places of a tree, each with how to put another one there. */
function* places(t: Tree): Generator<readonly [Tree, (other: Tree) => Tree]> {
  yield [t, (other) => other];
  if ("leaf" in t) return;
  for (const [x, put] of places(t.a)) yield [x, (other) => ({ ...t, a: put(other) })];
  if (t.op !== "^") for (const [x, put] of places(t.b)) yield [x, (other) => ({ ...t, b: put(other) })];
}

/** What a formula may be rewritten to without changing what it is. */
function rewritings(t: Tree): readonly Tree[] {
  if ("leaf" in t) return [];
  const { op, a, b } = t;
  const found: Tree[] = [];
  const isSum = (x: Tree): x is Operation => "op" in x && (x.op === "+" || x.op === "-");
  if (op === "+" || op === "*") found.push(node(op, b, a));
  if (op === "-") found.push(node("*", leaf("-1"), node("-", b, a)));
  if (op === "*" && isSum(a)) found.push(node(a.op, node("*", a.a, b), node("*", a.b, b)));
  if (op === "*" && isSum(b)) found.push(node(b.op, node("*", a, b.a), node("*", a, b.b)));
  if (op === "/" && isSum(a)) found.push(node(a.op, node("/", a.a, b), node("/", a.b, b)));
  if (op === "/") found.push(node("*", a, node("/", leaf("1"), b)));
  if (op === "^" && isSum(a))
    found.push(
      node(
        a.op,
        node("+", node("^", a.a, leaf("2")), node("^", a.b, leaf("2"))),
        node("*", leaf("2"), node("*", a.a, a.b)),
      ),
    );
  else if (op === "^") found.push(node("*", a, a));
  return found;
}

/** A formula of a few letters, rewritten some times, and with one slip. */
export function rewrittenIdentity(random: () => number): Rewritten {
  const int = (n: number): number => Math.floor(random() * n);
  const pick = <T>(items: readonly T[]): T => items[int(items.length)] as T;
  const pool = [..."abcdkmnpqrstuvwxyz"];
  const symbols = Array.from({ length: 2 + int(2) }, () => pool.splice(int(pool.length), 1)[0] as string);
  const tree = (depth: number): Tree => {
    if (depth === 0 || (depth < 3 && random() < 0.15))
      return leaf(random() < 0.75 ? pick(symbols) : String(2 + int(7)));
    const op = pick(["+", "-", "*", "*", "/", "^"] as const);
    return node(op, tree(depth - 1), op === "^" ? leaf("2") : op === "/" ? leaf(pick(symbols)) : tree(depth - 1));
  };
  const left = tree(3);
  let right = left;
  for (let i = 0; i < 3; i++) {
    const all = [...places(right)].flatMap(([t, put]) => rewritings(t).map(put));
    if (all.length > 0) right = pick(all);
  }
  const slips = [...places(right)].flatMap(([t, put]): readonly Tree[] => {
    if ("leaf" in t) return /^\d+$/.test(t.leaf) ? [put(leaf(String(Number(t.leaf) + 1)))] : [];
    return t.op === "+" || t.op === "-" ? [put({ ...t, op: t.op === "+" ? "-" : "+" })] : [];
  });
  const wrong = slips.length > 0 ? pick(slips) : right;
  const equation = (r: Tree): Rewritten["changed"] => ({
    latex: `${printed(left, true)} = ${printed(r, true)}`,
    sides: [printed(left, false), printed(r, false)],
  });
  return { ...equation(right), symbols, changed: equation(wrong) };
}
