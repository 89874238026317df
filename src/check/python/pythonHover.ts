import { symbolsOf } from "../../core/dims/dim.js";
import { printDim } from "../../core/dims/print.js";
import { applyOp } from "../../core/layer/apply.js";
import { printSizes } from "../../core/layer/explain.js";
import type { FollowedFile } from "../../read/python/models.js";
import { FIRST_BASE } from "../../read/python/sources.js";
import { saySides, sidesBehind } from "../../read/python/torch/sidesBehind.js";
import type { LayerCall } from "../../read/python/trace.js";
import { isLayerValue, isTensorValue } from "../../read/python/valueKinds.js";
import type { LayerValue, PyValue, TensorValue } from "../../read/python/values.js";
import type { Hover, PlaceName, Reveal, Span } from "../finding.js";
import { layerHover } from "../layerHover.js";
import { sayAssumption } from "../summary/sayAssumption.js";

/** What is said from where following the file took too long. */
export function gaveUpHover({ gaveUpAt }: FollowedFile, offset: number): Hover | undefined {
  if (!gaveUpAt || offset < gaveUpAt.from || offset > gaveUpAt.to) return undefined;
  return {
    span: { from: gaveUpAt.from, to: gaveUpAt.to },
    markdown: "Dimsum gave up here: following this takes too long. What it says of the lines before stands.",
  };
}

export function hoverAt(followed: FollowedFile, offset: number, nameOf: PlaceName, reveal: Reveal): Hover | undefined {
  const found = followed.trace.at(offset);
  if (!found) return undefined;
  const { from, to } = found.place;
  const span: Span = { from, to };
  const call = callAt(followed, span);
  if (call) return { span, markdown: callHover(followed, call, reveal) };
  const isShown = (v: PyValue): boolean => isTensorValue(v) && v.shape !== undefined;
  // A call with a batch of which nothing is known says nothing beside one whose shape is.
  const values = found.values.some(isShown) ? found.values.filter((v) => isShown(v) || isLayerValue(v)) : found.values;
  const texts = values
    .map((v) => valueHover(v, followed.file.text.slice(from, to), span, nameOf))
    .filter((t) => t !== undefined);
  return texts.length > 0 ? { span, markdown: [...new Set(texts)].join("\n\n---\n\n") } : undefined;
}

/** The layer that is applied by the expression at this place, or made by it. */
function callAt({ trace }: FollowedFile, span: Span): LayerCall | undefined {
  const isHere = (p: Span): boolean => p.from === span.from && p.to === span.to;
  const isCallee = (c: LayerCall): boolean =>
    c.place.from === span.from && span.to < c.place.to && span.from !== c.site.from;
  return (
    trace.calls.find((c) => isHere(c.place) || isHere(c.site) || isHere(c.site.callee)) ?? trace.calls.find(isCallee)
  );
}

function callHover(followed: FollowedFile, call: LayerCall, reveal: Reveal): string {
  const label = followed.file.text
    .slice(call.place.from, call.place.to)
    .split("(")[0]
    ?.replace(/^self\./, "");
  const others = followed.trace.calls.filter(
    (c) => c.site.from === call.site.from && c !== call && !sameInput(c, call),
  );
  const also =
    others.length > 0
      ? `Also called with ${[...new Set(others.map((c) => printSizes(c.input.shape ?? [])))].join(", ")}.`
      : undefined;
  const carried = "The input's size is not said, so it is carried as symbols.";
  const source =
    also ??
    sayAssumed(followed, call) ??
    (isSymbolic(call.input) ? (sayFitting(followed, call) ?? carried) : undefined);
  return layerHover(call.op, call.applied, {
    ...(label && /^[\w.[\]]+$/.test(label) && !label.startsWith("nn.") && label.split(".").at(-1) !== call.op.name
      ? { label }
      : {}),
    ...(call.input.shape ? { input: call.input.shape } : {}),
    fields: call.output.fields,
    reveal,
    ...(source ? { source } : {}),
  });
}

/** That the sizes rest on what the file's data set gives, where they do. */
function sayAssumed({ trace, runs }: FollowedFile, call: LayerCall): string | undefined {
  const at = trace.calls.indexOf(call);
  return sayAssumption(runs.find((r) => r.firstCall <= at && at < r.lastCall));
}

/** Which inputs of the network give a layer the number of features that it is made for, where the input's size is not said. */
function sayFitting({ trace }: FollowedFile, { op, args, input }: LayerCall): string | undefined {
  const argument = op.rules.find((rule) => rule.fix === "features")?.argument;
  const sides = argument === undefined ? undefined : sidesBehind(trace.calls, input, args[argument]);
  return sides && `Fits inputs that are ${saySides(sides)}.`;
}

const sameInput = (a: LayerCall, b: LayerCall): boolean =>
  printSizes(a.input.shape ?? []) === printSizes(b.input.shape ?? []);

/** Whether sizes that nobody has said stand for symbols; an Input of Keras says which of its sizes are open. */
const isSymbolic = (t: TensorValue): boolean =>
  t.history === undefined && (t.shape?.some((d) => d !== undefined && symbolsOf(d).size > 0) ?? false);

function valueHover(value: PyValue, text: string, span: Span, nameOf: PlaceName): string | undefined {
  const name = /^[\w.]{1,60}$/.test(text) ? `\`${text}\`: ` : "";
  switch (value.kind) {
    case "tensor": {
      const shape = value.shape ? `**${printSizes(value.shape)}**` : `shape unknown. ${value.reason ?? ""}`;
      const { maker } = value;
      const isHere = maker?.place.from === span.from && maker.place.to === span.to;
      const made =
        isHere && maker?.summary !== undefined
          ? `\n\n${maker.summary}`
          : maker && value.shape && maker.place.from < FIRST_BASE
            ? `\n\nMade by \`${maker.label}\` in ${nameOf(maker.place.from)}.`
            : "";
      return `${name}${shape}${made}`;
    }
    case "layer":
      return uncalledHover(value);
    case "unknown":
      return `${name}unknown. ${value.reason}`;
    case "int":
      return /[A-Za-z_]/.test(text) ? `${name}${printDim(value.value)}` : undefined;
    default:
      return undefined;
  }
}

/** The hover of a layer that nothing is known to flow through: its counts. */
function uncalledHover(layer: LayerValue): string | undefined {
  return layer.bound ? layerHover(layer.op, applyOp(layer.op, layer.args), {}) : undefined;
}
