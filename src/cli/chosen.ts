import { type ChosenModel, chooseModel } from "../check/summary/chosenModel.js";
import type { Dim } from "../core/dims/dim.js";
import type { Shape } from "../core/layer/op.js";
import type { Mismatch } from "../read/python/trace.js";
import { type Ending, UsageError } from "./options.js";
import { type ProgramFile, readProgram } from "./programFile.js";
import { Unreadable } from "./readFiles.js";
import { workspaceAround } from "./workspace.js";

/** A model of a file, and how the command ends once it has been shown. */
export interface FileModel {
  readonly file: ProgramFile;
  readonly model: ChosenModel;
  /** Prints what does not fit, as `check` does; exit 1 if anything does not. */
  end(out: NodeJS.WriteStream): Ending;
}

/** How a command ends that has no model to show; `input`: what it was to be given, where the model refuses to be made. */
export interface NoModel extends Ending {
  readonly input?: readonly Shape[];
}

/** The model that a command line asks for; where there is none, the reason is printed and how the command ends is given. */
export function modelOf(
  rest: readonly string[],
  options: Readonly<Record<string, string>>,
  onto: NodeJS.WriteStream,
): FileModel | NoModel {
  const [path, ...more] = rest;
  if (path === undefined || more.length > 0) throw new UsageError("Say which file the model is in.");
  const inputs = options.input === undefined ? [] : options.input.split(",").map(readSizes);
  let file: ProgramFile;
  try {
    file = readProgram(path);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    process.stderr.write(`dimsum: ${error.message}\n`);
    return { exit: 2 };
  }
  const { text } = file;
  const model = chooseModel(text, options.model, inputs, workspaceAround(path));
  const print = (found: readonly Mismatch[], out: NodeJS.WriteStream): Ending => {
    for (const m of found) {
      // What does not fit in the call that was added has no line of its own.
      const place = m.place.from < text.length ? file.placeOf(m.place.from) : path;
      out.write(`${place}: ${m.severity}: ${m.say} ${m.advise} [${m.code}]\n`);
    }
    return { exit: found.length > 0 ? 1 : 0 };
  };
  if ("problem" in model) {
    const { mismatches = [] } = model;
    // Where a mismatch is the reason, it is said once, at its place.
    if (mismatches.length > 0) return { ...print(mismatches, onto), input: inputs };
    process.stderr.write(`dimsum: ${model.problem}\n`);
    return { exit: 2 };
  }
  const own = model.mismatches.filter((m) => m.place.from < text.length);
  return { file, model, end: (out) => print(own, out) };
}

function readSizes(text: string): Shape {
  const sizes: Dim[] = text.split(/[x×]/).map((t) => Number(t.trim()));
  if (!sizes.every((s) => Number.isSafeInteger(s) && (s as number) > 0))
    throw new UsageError(`--input takes sizes such as 1x3x32x32, not ${text}.`);
  return sizes;
}
