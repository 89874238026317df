import { applyOp } from "../../core/layer/apply.js";
import { UNFIT_IMAGES } from "../../read/python/assumedInput.js";
import type { Around, FollowedFile } from "../../read/python/models.js";
import type { Mismatch, LayerCall as PythonLayerCall } from "../../read/python/trace.js";
import type { Analysis } from "../analysis.js";
import type { Finding, PlaceName, Reveal, Span } from "../finding.js";
import type { LayerCall } from "../picture.js";
import { checkAnnotations } from "./annotationClaims.js";
import { claimHover } from "./claimHover.js";
import { checkComments } from "./comments.js";
import { checkDocstrings } from "./docstringClaims.js";
import { followShown, type InputChoices } from "./inputChoices.js";
import { lensesOf } from "./modelLenses.js";
import { toPictureCall } from "./pictureCall.js";
import { gaveUpHover, hoverAt } from "./pythonHover.js";
import { hintsOf } from "./shapeHints.js";

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
  const claims = said.flatMap((s) => s.claims);
  return {
    findings,
    claims,
    hints: hintsOf(followed),
    lenses: lensesOf(whole, followed, candidatesOf, nameOf),
    tables: [],
    steps: [],
    hover: (offset) =>
      claimHover(claims, offset, reveal) ?? hoverAt(followed, offset, nameOf, reveal) ?? gaveUpHover(followed, offset),
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

function layerAt(followed: FollowedFile, offset: number): LayerCall | undefined {
  const inside = (p: Span): boolean => p.from <= offset && offset <= p.to;
  const candidates = followed.trace.calls.filter((c) => inside(c.place) || inside(c.site));
  const size = (c: PythonLayerCall): number => Math.min(...[c.place, c.site].filter(inside).map((p) => p.to - p.from));
  const [call] = candidates.sort((a, b) => size(a) - size(b) || (a.op.scene ? 0 : 1) - (b.op.scene ? 0 : 1));
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
