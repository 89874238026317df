import type { Value } from "../../core/expr/evaluate.js";
import type { Shape } from "../../core/layer/op.js";
import { printValue } from "../../core/layer/sentence.js";
import { changesFor } from "../../core/layer/solve.js";
import type { FollowedFile } from "../../read/python/models.js";
import type { Expression } from "../../read/python/syntax.js";
import type { LayerCall } from "../../read/python/trace.js";
import type { Edit, Fix } from "../finding.js";

/** Changes that are offered at once. */
const MOST = 3;

/** The changes of a layer's arguments that give one of the wanted shapes, as edits of its constructor; the likeliest first. */
export function layerFixes({ trace }: FollowedFile, call: LayerCall, wanted: readonly Shape[]): readonly Fix[] {
  const { op, args, site, input } = call;
  const isShared = trace.layers.filter((l) => l.site.from === site.from).length > 1;
  if (!input.shape || isShared) return [];
  for (const shape of wanted) {
    const changes = changesFor(op, args, input.shape, shape, (name) => site.arguments.has(name));
    const fixes = changes.flatMap((change): Fix[] => {
      const edits = Object.entries(change).map(([name, value]) => editOf(call, name, value));
      return edits.includes(undefined) ? [] : [{ title: `${titleOf(change)} in ${op.name}`, edits: edits as Edit[] }];
    });
    if (fixes.length > 0) return fixes.slice(0, MOST);
  }
  return [];
}

const titleOf = (change: Readonly<Record<string, Value>>): string =>
  Object.entries(change)
    .map(([name, value], i) => `${i === 0 ? "Set" : "set"} ${name} to ${printValue(value)}`)
    .join(" and ");

/** Writes a value where the argument stands, or adds the argument at the end; nothing where a variable stands there. */
function editOf({ site, functional }: LayerCall, name: string, value: Value): Edit | undefined {
  const at = site.arguments.get(name);
  const text = printValue(value);
  if (at) return isPlain(at) ? { span: { from: at.from, to: at.to }, text } : undefined;
  if (functional) return undefined;
  const end = { from: site.to - 1, to: site.to - 1 };
  return { span: end, text: `${site.arguments.size > 0 ? ", " : ""}${name}=${text}` };
}

/** Whether an expression is a number, a word, or a list of these. */
const isPlain = (e: Expression): boolean =>
  e.kind === "number" || e.kind === "string" || (e.kind === "display" && e.items.every((item) => isPlain(item.value)));
