import type { Evaluator } from "./evaluator.js";
import { Footprint } from "./footprint.js";
import { isAlike } from "./isAlike.js";
import { birthsSoFar, Names, type Owner } from "./journal.js";
import type { ProgramState } from "./programState.js";
import type { Place } from "./syntax.js";
import {
  isBoolValue,
  isFloatValue,
  isInstanceValue,
  isIntValue,
  isListValue,
  isNoneValue,
  isStringValue,
  isTensorValue,
  isTupleValue,
  isUnknownValue,
} from "./valueKinds.js";
import type { CallArguments, ContainerValue, InstanceValue, PyValue } from "./values.js";

/** What a module gave for its arguments, and on what that rested. */
interface Answer {
  readonly given: readonly PyValue[];
  readonly names: string;
  readonly place: Place;
  readonly around: readonly unknown[];
  readonly footprint: Footprint;
  readonly output: PyValue;
  /** How many doubts and open loops were met on the way. */
  readonly met: readonly [doubts: number, openLoops: number];
}

/** The answers of one module, and how many of its calls gave none that can be given again. */
export interface Answers {
  readonly list: Answer[];
  lost: number;
}

/** Answers that are kept for each module. */
const MAX_ANSWERS = 8;

/** Calls that give nothing to keep, after which a module's calls are only followed. */
const MAX_LOST = 4;

/** What a call depends on besides its arguments and what the module can reach. */
const aroundOf = (engine: ProgramState): readonly unknown[] => [
  engine.depth,
  engine.guards,
  engine.namesCaught,
  engine.isInputGuessed,
  engine.hasOpenNames,
  engine.isCutShort,
];

/** What grows where a call does more than to give something. */
const tracesOf = ({ trace, symbols, classes, imageSets, journal, patched }: ProgramState): readonly number[] => [
  trace.said,
  symbols.size,
  classes.length,
  imageSets.length,
  journal.escaped.length,
  patched.size,
];

/**
 * Calls a module that is called from no other. In a rehearsal, of which only what comes out is kept, what it gave for such arguments before is
 * given again, if it did nothing else and nothing has changed that it can read.
 */
export function rehearsed(
  engine: Evaluator,
  module: InstanceValue | ContainerValue,
  args: CallArguments,
  place: Place,
  run: () => PyValue,
): PyValue {
  const known = engine.answers.get(module) ?? { list: [], lost: 0 };
  const given = [...args.positional, ...args.byKeyword.values()];
  const isPlain = !args.uncertain && !args.open && engine.patched.size === 0 && given.every(isData);
  if (engine.moduleDepth > 0 || known.lost >= MAX_LOST || !isPlain) return run();
  const names = [args.positional.length, ...args.byKeyword.keys()].join();
  const around = aroundOf(engine);
  const parts = partsOf(given);
  for (const answer of engine.trace.isMuted ? known.list : []) {
    const { footprint } = answer;
    const isSameCall = answer.names === names && (isInstanceValue(module) || answer.place === place);
    if (!isSameCall || !isAlike(answer.around, around) || !isAlike(answer.given, given, "maker")) continue;
    engine.step(footprint.size >> 4);
    const before = partsOf(answer.given);
    if (!parts.every((p, i) => parts.indexOf(p) === before.indexOf(before[i] as PyValue))) continue;
    if (parts.some((p) => footprint.owners.has(p as Owner)) || !footprint.isSame) continue;
    engine.doubts += answer.met[0];
    engine.openLoops += answer.met[1];
    return again(answer.output, new Map(before.map((p, i) => [p, parts[i] as PyValue])));
  }
  const { doubts, openLoops } = engine;
  const traces = tracesOf(engine);
  const born = birthsSoFar();
  const { result: output, before } = engine.journal.noted(run);
  engine.answers.set(module, known);
  const isLeft = isAlike(tracesOf(engine), traces) && isData(output);
  const footprint = isLeft && isUntouched(before.keys(), born, parts) ? new Footprint(module) : undefined;
  const isWhole = footprint && !footprint.isOpen && ![...before.keys()].some((owner) => footprint.owners.has(owner));
  if (!isWhole || !isOwn(output, parts, footprint)) {
    known.lost++;
    return output;
  }
  if (known.list.length === MAX_ANSWERS) known.list.shift();
  const met = [engine.doubts - doubts, engine.openLoops - openLoops] as const;
  known.list.push({ given, names, place, around, footprint, output, met });
  return output;
}

/** Whether a value is data through and through. */
function isData(v: PyValue): boolean {
  if (isTupleValue(v)) return v.items.every(isData);
  if (isListValue(v)) return v.items?.every(isData) === true;
  if (isTensorValue(v)) return !v.contradicted && !v.history;
  if (isUnknownValue(v)) return !v.sizesOf && !v.annotates;
  return isIntValue(v) || isFloatValue(v) || isBoolValue(v) || isStringValue(v) || isNoneValue(v);
}

/** The tensors and lists in values: what can be changed of them. */
function partsOf(values: readonly PyValue[]): readonly PyValue[] {
  return values.flatMap((v): readonly PyValue[] => {
    if (isTensorValue(v)) return [v];
    if (isTupleValue(v)) return partsOf(v.items);
    return isListValue(v) ? [v, ...partsOf(v.items ?? [])] : [];
  });
}

/** Whether what was changed is neither in the arguments nor among the names that there were. */
function isUntouched(changed: Iterable<Owner>, born: number, parts: readonly PyValue[]): boolean {
  for (const owner of changed)
    if (owner instanceof Names ? owner.born <= born : parts.includes(owner as PyValue)) return false;
  return true;
}

/** Whether what came out is new or one of the arguments, and says nothing of where those were made. */
function isOwn(output: PyValue, given: readonly PyValue[], { owners }: Footprint): boolean {
  const makers = new Set(given.flatMap((v) => (isTensorValue(v) && v.maker ? [v.maker] : [])));
  return partsOf([output]).every(
    (v) => given.includes(v) || (!owners.has(v as Owner) && !(isTensorValue(v) && v.maker && makers.has(v.maker))),
  );
}

/** The same anew, as another call makes it; `known` has what stands for what was given before. */
function again(v: PyValue, known: Map<PyValue, PyValue>): PyValue {
  const before = known.get(v);
  if (before) return before;
  const made: PyValue = isTensorValue(v)
    ? { ...v }
    : isTupleValue(v)
      ? { ...v, items: v.items.map((item) => again(item, known)) }
      : isListValue(v)
        ? { ...v, items: v.items?.map((item) => again(item, known)) }
        : v;
  known.set(v, made);
  return made;
}
