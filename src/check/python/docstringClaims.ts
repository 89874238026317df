import { same } from "../../core/dims/compare.js";
import type { Dim } from "../../core/dims/dim.js";
import { printDim } from "../../core/dims/print.js";
import { printSizes } from "../../core/layer/explain.js";
import type { Shape, Size } from "../../core/layer/op.js";
import { type DocumentedShape, documentedShapes } from "../../read/python/docstrings.js";
import type { FunctionStatement } from "../../read/python/inputClaims.js";
import type { FollowedFile } from "../../read/python/models.js";
import { FIRST_BASE } from "../../read/python/sources.js";
import type { ModuleCall } from "../../read/python/trace.js";
import { isInstanceValue, isIntValue, isTensorValue } from "../../read/python/valueKinds.js";
import type { ClassValue, InstanceValue, PyValue } from "../../read/python/values.js";
import type { Claim, Finding, Reveal, Verdict } from "../finding.js";
import { agree, fits } from "./commentClaims.js";

/** Judges what the docstrings of models say that they return. */
export function checkDocstrings(
  { trace, file }: FollowedFile,
  reveal: Reveal,
): { readonly claims: readonly Claim[]; readonly findings: readonly Finding[] } {
  const claims: Claim[] = [];
  const findings: Finding[] = [];
  for (const [cls, calls] of byClass(trace.modules)) {
    const forward = cls.body.find((s): s is FunctionStatement => s.kind === "function" && s.name === "forward");
    if (!forward) continue;
    const names = forward.params.map((p) => p.name);
    const said = [...documentedShapes(file, forward.body, names), ...documentedShapes(file, cls.body, [])];
    const output = said.find((s) => s.what === "output");
    if (!output) continue;
    const judged = calls.flatMap((call) => judge(call, output, said, names) ?? []);
    const [first] = judged;
    if (!first) continue;
    const isWrong = judged.every((j) => j.verdict === "wrong");
    const verdict = isWrong ? "wrong" : judged.every((j) => j.verdict === "right") ? "right" : "not understood";
    const { place } = output;
    claims.push({ span: place, text: file.text.slice(place.from, place.to), verdict, reason: first.reason });
    if (!isWrong) continue;
    const message = reveal === "answer" ? first.reason : "This docstring does not fit the code.";
    findings.push({ span: place, severity: "warning", code: "docstring/shape", message });
  }
  return { claims, findings };
}

interface Call {
  readonly of: InstanceValue;
  readonly inputs: readonly PyValue[];
  readonly output: Shape;
}

/** The calls of each class of the file that give one tensor. */
function byClass(calls: readonly ModuleCall[]): ReadonlyMap<ClassValue, readonly Call[]> {
  const groups = new Map<ClassValue, Call[]>();
  for (const { module, inputs, output } of calls) {
    if (!isInstanceValue(module) || module.cls.nameAt.from >= FIRST_BASE) continue;
    if (!isTensorValue(output) || !output.shape || output.doubt) continue;
    const group = groups.get(module.cls) ?? [];
    groups.set(module.cls, group);
    group.push({ of: module, inputs, output: output.shape });
  }
  return groups;
}

/** What one call says of the docstring; undefined where the docstring speaks of other inputs. */
function judge(
  { of, inputs, output }: Call,
  said: DocumentedShape,
  all: readonly DocumentedShape[],
  names: readonly string[],
): { readonly verdict: Verdict; readonly reason: string } | undefined {
  const letters = new Map<string, Size>();
  for (const { what, name, shape } of all) {
    if (what !== "input") continue;
    const input = inputs[name === "" ? 0 : names.indexOf(name) - 1];
    if (!isTensorValue(input) || !input.shape) continue;
    if (fits(shape, input.shape) === false) return undefined;
    if (input.shape.length === shape.sizes.length)
      for (const [i, s] of shape.sizes.entries()) if (s !== undefined) letters.set(printDim(s), input.shape[i]);
  }
  const isPlain = of.made.positional.length === 0 && of.made.byKeyword.size === 0 && !of.made.uncertain;
  const sizes = said.shape.sizes.map((s, i): Size => {
    // The numbers of a docstring may be those of the constructor's defaults.
    if (typeof s === "number") return isPlain ? s : undefined;
    if (s === undefined) return undefined;
    // A letter of an input may well be another one's, too, so that it only ever agrees.
    const [bound, actual] = [letters.get(printDim(s)), output[i]];
    return attributeNamed(of, s) ?? (bound !== undefined && actual !== undefined && same(bound, actual) ? bound : s);
  });
  const written = printSizes(said.shape.sizes);
  const reason = `The docstring says that ${written} is returned${sayNames(said.shape.sizes, sizes)}; forward returns ${printSizes(output)}.`;
  const fit = sizes.length === output.length ? compare(sizes, output) : undefined;
  if (fit === true) return { verdict: "right", reason };
  // A batch that is a number may be what else is left out.
  const isCertain = fit === false && typeof said.shape.sizes[0] !== "number" && isOtherInAnyOrder(sizes, output);
  return isCertain
    ? { verdict: "wrong", reason: `${reason} Change the docstring or the code.` }
    : { verdict: "not understood", reason };
}

/** Whether all sizes but the batch are those that are said, the channels first or, of images, last. */
function compare(said: Shape, actual: Shape): boolean | undefined {
  const own = agree(said.slice(1), actual.slice(1));
  if (own === true || actual.length < 4) return own;
  const last = agree(said.slice(1), [...actual.slice(2), actual[1]]);
  return last === true ? true : own === false && last === false ? false : undefined;
}

/** Whether some number that is said stands nowhere in the actual shape. */
const isOtherInAnyOrder = (said: Shape, actual: Shape): boolean =>
  said.some((s) => typeof s === "number" && actual.slice(1).every((a) => a !== undefined && a !== s));

/** The value of the model's own attribute that a size is named after: `num_classes`. */
function attributeNamed(of: InstanceValue, size: Dim): number | undefined {
  const name = printDim(size);
  const value = /^[a-z]+(_[a-z\d]+)+$/i.test(name) ? of.attributes.get(name) : undefined;
  return isIntValue(value) && typeof value.value === "number" ? value.value : undefined;
}

/** `, where num_classes is 10`: the names whose values are known. */
function sayNames(written: Shape, known: Shape): string {
  const said = written.flatMap((s, i) => {
    const value = known[i];
    return s === undefined ||
      value === undefined ||
      typeof s === "number" ||
      !printDim(s).includes("_") ||
      same(s, value)
      ? []
      : [`${printDim(s)} is ${printDim(value)}`];
  });
  return said.length > 0 ? `, where ${said.join(" and ")}` : "";
}
