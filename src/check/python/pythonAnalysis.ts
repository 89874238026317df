import { symbolsOf } from "../../core/dims/dim.js";
import { printDim } from "../../core/dims/print.js";
import { applyOp } from "../../core/layer/apply.js";
import { printCrosses, printSizes } from "../../core/layer/explain.js";
import { UNFIT_IMAGES } from "../../read/python/assumedInput.js";
import type { Around, FollowedFile, Model } from "../../read/python/models.js";
import { FIRST_BASE } from "../../read/python/sources.js";
import { saySides, sidesBehind } from "../../read/python/torch/sidesBehind.js";
import type { Mismatch, LayerCall as PythonLayerCall } from "../../read/python/trace.js";
import type { LayerValue, PyValue, TensorValue } from "../../read/python/values.js";
import type { Analysis } from "../analysis.js";
import type { Finding, Hint, Hover, Lens, Reveal, Span } from "../finding.js";
import { layerHover, printFields } from "../layerHover.js";
import type { LayerCall } from "../picture.js";
import { printInputs } from "../summary/chosenModel.js";
import { printOutput } from "../summary/printOutput.js";
import { assumedImagesOf, sayAssumption } from "../summary/sayAssumption.js";
import { checkAnnotations } from "./annotationClaims.js";
import { checkComments } from "./comments.js";
import { checkDocstrings } from "./docstringClaims.js";
import { followShown, type InputChoices, type ShownFile } from "./inputChoices.js";
import { countParameters, printParameters } from "./parameters.js";
import { toPictureCall } from "./pictureCall.js";

/** How a place is called in a sentence: `line 12`. */
export type PlaceName = (offset: number) => string;

const lineIn =
  (text: string): PlaceName =>
  (offset) =>
    `line ${text.slice(0, offset).split("\n").length}`;

/** Everything that Dimsum has to say about a Python file. */
export function analyzePython(
  text: string,
  reveal: Reveal,
  around: Around = {},
  nameOf: PlaceName = lineIn(text),
  choices: InputChoices = new Map(),
): Analysis {
  const { whole, shown: followed, candidatesOf } = followShown(text, choices, around);
  const said = [checkComments(whole, reveal), checkAnnotations(whole, reveal), checkDocstrings(whole, reveal)];
  const mismatches = [...whole.trace.mismatches, ...followed.trace.mismatches.filter((m) => m.code === UNFIT_IMAGES)];
  const findings = [...mismatches.map((m) => toFinding(m, reveal)), ...said.flatMap((s) => s.findings)];
  return {
    findings,
    claims: said.flatMap((s) => s.claims),
    hints: hintsOf(followed),
    lenses: lensesOf(whole, followed, candidatesOf, nameOf),
    tables: [],
    hover: (offset) => hoverAt(followed, offset, nameOf, reveal) ?? gaveUpHover(followed, offset),
    layer: (offset) => layerAt(followed, offset),
  };
}

/** A place without what else the syntax tree keeps there. */
const spanOf = ({ from, to }: Span): Span => ({ from, to });

/** A mismatch as a finding; how much it gives away is the course's choice. */
function toFinding(m: Mismatch, reveal: Reveal): Finding {
  const message = reveal === "verdict" ? "This does not fit." : reveal === "hint" ? hintOf(m) : `${m.say} ${m.advise}`;
  return {
    span: spanOf(m.place),
    severity: m.severity,
    code: m.code,
    message,
    ...(m.related && reveal === "answer"
      ? { related: [{ span: spanOf(m.related.place), message: m.related.say }] }
      : {}),
    ...(m.replacement && reveal === "answer"
      ? {
          fixes: [
            {
              title: `Set ${m.replacement.text}`,
              edits: [{ span: spanOf(m.replacement.place), text: m.replacement.text }],
              preferred: true,
            },
          ],
        }
      : {}),
  };
}

/** `in_features does not fit what this layer gets.`: where the mistake is, without the numbers. */
function hintOf({ code }: Mismatch): string {
  const [layer = "", rule = ""] = code.split("/");
  return `${layer}: ${rule.replaceAll("-", "_")} does not fit what comes in here.`;
}

/** The shapes after each statement and each layer of a Sequential, one a place. */
function hintsOf({ trace, file }: FollowedFile): readonly Hint[] {
  const hints = new Map<number, Hint>();
  for (const { at, tensor } of trace.statements) {
    if (!tensor.shape) continue;
    // Crosses, not brackets: behind a call, brackets would read as another call.
    const text = printCrosses(tensor.shape);
    const old = hints.get(at);
    if (!old)
      hints.set(at, {
        at,
        text,
        ...(tensor.fields?.length ? { tooltip: `receptive field ${printFields(tensor.fields)}` } : {}),
      });
    else if (!old.text.split(" | ").includes(text)) hints.set(at, { ...old, text: `${old.text} | ${text}` });
  }
  const inOrder = [...hints.values()].sort((a, b) => a.at - b.at);
  // The same shape again in the same function is no change.
  return inOrder.map((hint, i) => {
    const before = inOrder[i - 1];
    const isSame = before?.text === hint.text && !/^[ \t]*(?:async )?def /m.test(file.text.slice(before.at, hint.at));
    return isSame ? { ...hint, isSame } : hint;
  });
}

/** A lens over each model, and a second one where the file calls it with other inputs, too. */
function lensesOf(
  whole: FollowedFile,
  { models }: FollowedFile,
  candidatesOf: ShownFile["candidatesOf"],
  nameOf: PlaceName,
): readonly Lens[] {
  return whole.models.flatMap((model): readonly Lens[] => {
    const shown = models.find((m) => m.at.from === model.at.from) ?? model;
    const more = candidatesOf(model).length - 1;
    const title = more > 0 ? `${more} more input${more === 1 ? "" : "s"}…` : "say the input's size…";
    const others = { span: spanOf(model.at), title, opens: "inputs" } as const;
    return more > 0 || model.source === "layers" ? [lensOf(shown, nameOf), others] : [lensOf(shown, nameOf)];
  });
}

/** `LeNet: (N, 1, 28, 28) → (N, 10) · 61,706 parameters`. */
function lensOf(model: Model, nameOf: PlaceName): Lens {
  const count = printParameters(countParameters(model.value));
  return {
    span: spanOf(model.at),
    title: `${printInputs(model.run) || "?"} → ${printOutput(model.run.output)} · ${count} · ${sayWhere(model, nameOf)}`,
    opens: "summary",
  };
}

function sayWhere(model: Model, nameOf: PlaceName): string {
  if (model.source === "call") return `input from the call in ${nameOf(model.run.place.from)}`;
  if (model.source === "data set") return sayImages(model, nameOf);
  if (model.source === "annotation") return "input from the annotation";
  if (model.source === "comment") return "input from the comment";
  const [input] = model.run.inputs;
  const isSymbolic = input?.kind === "tensor" && input.shape?.some((d) => d !== undefined && symbolsOf(d).size > 0);
  return isSymbolic ? "for every input" : "the input's shape is not said";
}

/** `assumed: CIFAR10 is loaded in line 12`. */
function sayImages({ run }: Model, nameOf: PlaceName): string {
  const images = assumedImagesOf(run);
  return images ? `assumed: ${images.name} is loaded in ${nameOf(images.from)}` : "assumed";
}

/** What is said from where following the file took too long. */
function gaveUpHover({ gaveUpAt }: FollowedFile, offset: number): Hover | undefined {
  if (!gaveUpAt || offset < gaveUpAt.from || offset > gaveUpAt.to) return undefined;
  return {
    span: spanOf(gaveUpAt),
    markdown: "Dimsum gave up here: following this takes too long. What it says of the lines before stands.",
  };
}

function hoverAt(followed: FollowedFile, offset: number, nameOf: PlaceName, reveal: Reveal): Hover | undefined {
  const found = followed.trace.at(offset);
  if (!found) return undefined;
  const { from, to } = found.place;
  const span: Span = { from, to };
  const call = callAt(followed, span);
  if (call) return { span, markdown: callHover(followed, call, reveal) };
  const isShown = (v: PyValue): boolean => v.kind === "tensor" && v.shape !== undefined;
  // A call with a batch of which nothing is known says nothing beside one whose shape is.
  const values = found.values.some(isShown)
    ? found.values.filter((v) => isShown(v) || v.kind === "layer")
    : found.values;
  const texts = values
    .map((v) => valueHover(v, followed.file.text.slice(from, to), span, nameOf))
    .filter((t) => t !== undefined);
  return texts.length > 0 ? { span, markdown: [...new Set(texts)].join("\n\n---\n\n") } : undefined;
}

/** The layer that is applied by the expression at this place, or made by it. */
function callAt({ trace }: FollowedFile, span: Span): PythonLayerCall | undefined {
  const isHere = (p: Span): boolean => p.from === span.from && p.to === span.to;
  const isCallee = (c: PythonLayerCall): boolean =>
    c.place.from === span.from && span.to < c.place.to && span.from !== c.site.from;
  return (
    trace.calls.find((c) => isHere(c.place) || isHere(c.site) || isHere(c.site.callee)) ?? trace.calls.find(isCallee)
  );
}

function callHover(followed: FollowedFile, call: PythonLayerCall, reveal: Reveal): string {
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
function sayAssumed({ trace, runs }: FollowedFile, call: PythonLayerCall): string | undefined {
  const at = trace.calls.indexOf(call);
  return sayAssumption(runs.find((r) => r.firstCall <= at && at < r.lastCall));
}

/** Which inputs of the network give a layer the number of features that it is made for, where the input's size is not said. */
function sayFitting({ trace }: FollowedFile, { op, args, input }: PythonLayerCall): string | undefined {
  const argument = op.rules.find((rule) => rule.fix === "features")?.argument;
  const sides = argument === undefined ? undefined : sidesBehind(trace.calls, input, args[argument]);
  return sides && `Fits inputs that are ${saySides(sides)}.`;
}

const sameInput = (a: PythonLayerCall, b: PythonLayerCall): boolean =>
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

function layerAt(followed: FollowedFile, offset: number): LayerCall | undefined {
  const inside = (p: Span): boolean => p.from <= offset && offset <= p.to;
  const candidates = followed.trace.calls.filter((c) => inside(c.place) || inside(c.site));
  const size = (c: PythonLayerCall): number => Math.min(...[c.place, c.site].filter(inside).map((p) => p.to - p.from));
  const [call] = candidates.sort(
    (a, b) => size(a) - size(b) || (a.op.scene === "card" ? 1 : 0) - (b.op.scene === "card" ? 1 : 0),
  );
  if (call)
    return { ...toPictureCall(call.op, call.args, call.input.shape, call.applied), ...titleOf(followed, call.site) };
  const layer = followed.trace.layers
    .filter((l) => inside(l.site))
    .sort((a, b) => a.site.to - a.site.from - (b.site.to - b.site.from))[0];
  if (!layer?.bound) return undefined;
  const applied = applyOp(layer.op, layer.args);
  return { ...toPictureCall(layer.op, layer.args, undefined, applied), ...titleOf(followed, layer.site) };
}

/** The call as the student wrote it, where it is short. */
function titleOf({ file }: FollowedFile, { from, to }: Span): { readonly title?: string } {
  const text = file.text.slice(from, to).replace(/\s+/g, " ");
  return text.length <= LONGEST_TITLE ? { title: text } : {};
}

const LONGEST_TITLE = 80;
