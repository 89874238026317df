import { printCount } from "../../core/dims/print.js";
import type { Around, FollowedFile, Model } from "../../read/python/models.js";
import { FIRST_BASE } from "../../read/python/sources.js";
import { isContainerValue, isInstanceValue, isLayerValue } from "../../read/python/valueKinds.js";
import type { Span } from "../finding.js";
import { mismatchesOf, printInputs } from "../summary/chosenModel.js";
import { type ModuleNode, moduleTree } from "../summary/moduleTree.js";
import { printOutput } from "../summary/printOutput.js";
import { followShown, type InputChoices } from "./inputChoices.js";

/** A model or a module of it in a file's outline. */
export interface OutlineItem {
  readonly name: string;
  readonly detail: string;
  /** The whole of it: a class from its name to its end, a layer's constructor. */
  readonly span: Span;
  /** Where its name stands. */
  readonly at: Span;
  readonly children: readonly OutlineItem[];
}

/** Items of one level that are listed. */
const MOST = 200;

/** The models of a file with the modules that they hold themselves, each with its class and what it gives. */
export function outlineOf(
  text: string,
  choices: InputChoices = new Map(),
  around: Around = {},
): readonly OutlineItem[] {
  const { shown: followed } = followShown(text, choices, around);
  return followed.models.map((model) => itemOf(model, followed, text.length));
}

function itemOf(model: Model, followed: FollowedFile, length: number): OutlineItem {
  const { value, run, name, at } = model;
  const tree = moduleTree({ name, value, run, followed, mismatches: mismatchesOf(value, followed), length });
  const { known, more } = tree.params;
  const count = more ? "" : ` · ${printCount(known)} parameters`;
  return {
    name,
    detail: `${printInputs(run) || "?"} → ${printOutput(run.output)}${count}`,
    span: { from: at.from, to: isInstanceValue(value) ? (value.cls.body.at(-1)?.to ?? at.to) : at.to },
    at: { from: at.from, to: at.to },
    children: tree.children.slice(0, MOST).flatMap((child) => layerItem(child, length)),
  };
}

function layerItem({ name, className, outputs, calls, value }: ModuleNode, length: number): readonly OutlineItem[] {
  if (!isLayerValue(value) && !isContainerValue(value) && !isInstanceValue(value)) return [];
  const { from, to } = value.site;
  if (to > length || from >= FIRST_BASE) return [];
  const shapes = outputs.map((value) => printOutput(value)).join(" | ");
  const detail = [className, calls > 1 ? `×${calls}` : "", shapes].filter((t) => t !== "").join(" ");
  return [{ name, detail, span: { from, to }, at: { from, to }, children: [] }];
}
