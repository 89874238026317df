import { classesOf } from "../../read/python/classes.js";
import {
  isContainerValue,
  isInstanceValue,
  isLayerValue,
  isTensorValue,
  isUnknownValue,
} from "../../read/python/valueKinds.js";
import type { PyValue } from "../../read/python/values.js";
import type { Span } from "../finding.js";
import { type ChosenModel, placesOf } from "./chosenModel.js";
import type { ModuleNode } from "./moduleTree.js";

/** Something that a summary does not know, and why. */
export interface UnknownPart {
  readonly what: "output" | "parameters" | "multiply-adds" | "value" | "products";
  /** The module's path or the expression's text. */
  readonly name: string;
  readonly reason: string;
  readonly place?: Span;
}

/** Parts that are listed. */
const MOST = 200;

/** What a summary leaves open, with the reasons: modules first, then the expressions behind them, each reason once. */
export function unknownParts(model: ChosenModel, root: ModuleNode): readonly UnknownPart[] {
  return [...unknownModules(root, model), ...unknownValues(model)].slice(0, MOST);
}

function* unknownModules(node: ModuleNode, model: ChosenModel): Generator<UnknownPart> {
  const name = node.path || node.name || model.name;
  const at = node.place ? { place: node.place } : {};
  const value = node.value;
  for (const output of node.outputs) {
    const reason = isUnknownValue(output)
      ? output.reason
      : isTensorValue(output) && !output.shape
        ? (output.reason ?? "Its shape is not known.")
        : undefined;
    if (reason !== undefined) yield { what: "output", name, reason, ...at };
  }
  const reason = node.params.more ? holeIn(value) : undefined;
  if (reason !== undefined) yield { what: "parameters", name, reason, ...at };
  if (node.macs.more && !node.params.more && node.children.every((c) => !c.macs.more))
    yield { what: "multiply-adds", name, reason: "They depend on sizes that are not known.", ...at };
  for (const child of node.children) yield* unknownModules(child, model);
}

/** Why a module itself may hold more parameters than are known; undefined where only a module within it does. */
function holeIn(value: PyValue): string | undefined {
  if (isLayerValue(value))
    return value.bound
      ? "Its parameters depend on what is not known."
      : `The arguments of ${value.op.name} are not understood.`;
  if (isContainerValue(value)) {
    const child = value.children?.find(([, c]) => isUnknownValue(c));
    if (!value.children) return "Which modules it holds is not known.";
    return isUnknownValue(child?.[1]) ? `${child[0]}: ${child[1].reason}` : undefined;
  }
  if (!isInstanceValue(value)) return undefined;
  if (value.escaped) return "It is given to something that Dimsum does not know, which may change it.";
  if (classesOf(value.cls).some((c) => isUnknownValue(c))) return "A class that it is derived from is not known.";
  for (const [name, v] of value.attributes) if (isUnknownValue(v) && !v.number) return `self.${name}: ${v.reason}`;
  return undefined;
}

/** Operations that multiply tensors. */
const PRODUCTS =
  /^(?:torch\.|F\.|np\.)?(?:@|matmul|bmm|mm|mv|einsum|addmm|baddbmm|tensordot|chain_matmul|scaled_dot_product_attention)$/;

function* unknownValues({ value, followed, length }: ChosenModel): Generator<UnknownPart> {
  const { text } = followed.file;
  const places = placesOf(value);
  const reasons = new Set<string>();
  const isOwn = (p: Span): boolean => p.to <= length && places.some((own) => own.from <= p.from && p.to <= own.to);
  for (const { place, values } of followed.trace.noted()) {
    if (!isOwn(place)) continue;
    const span = { from: place.from, to: place.to };
    for (const v of values) {
      if (isUnknownValue(v) && !reasons.has(v.reason)) {
        reasons.add(v.reason);
        yield { what: "value", name: brief(text.slice(place.from, place.to)), reason: v.reason, place: span };
      }
      const isMade = isTensorValue(v) && v.maker?.place.from === place.from && v.maker.place.to === place.to;
      if (isMade && PRODUCTS.test(v.maker?.label ?? "")) {
        const name = brief(text.slice(place.from, place.to));
        yield { what: "products", name, reason: "Its products are not counted.", place: span };
        break;
      }
    }
  }
}

const LONGEST = 60;

const brief = (text: string): string => {
  const line = text.replace(/\s+/g, " ");
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
};
