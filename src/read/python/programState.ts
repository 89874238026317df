import { type Dim, dimSymbol } from "../../core/dims/dim.js";
import type { ImageSet } from "./assumedInput.js";
import { Budget } from "./budget.js";
import { ending, Raised } from "./exceptions.js";
import { inFileAtHand } from "./fileAtHand.js";
import type { Files } from "./files.js";
import { Flow } from "./flow.js";
import { isTooLarge } from "./integers.js";
import { Journal } from "./journal.js";
import type { Program } from "./program.js";
import type { Answers } from "./rehearsed.js";
import type { Scope } from "./scope.js";
import type { Place } from "./syntax.js";
import { sayMixedOutput } from "./torch/samples.js";
import { Trace } from "./trace.js";
import { isTensorValue } from "./valueKinds.js";
import {
  type ClassValue,
  type FunctionValue,
  type InstanceValue,
  type PyValue,
  stringValue,
  type TensorValue,
  unknown,
} from "./values.js";

/** One run of a model: what went in and what came out. */
export interface ModelRun {
  readonly model: PyValue;
  readonly inputs: readonly PyValue[];
  readonly output: PyValue;
  readonly place: Place;
  /** The layer calls of this run, as positions in the trace. */
  readonly firstCall: number;
  readonly lastCall: number;
  /** The same for the calls of modules. */
  readonly firstModule: number;
  readonly lastModule: number;
  /** The first of its steps, and the first behind them, where they are noted. */
  readonly steps?: readonly [first: number, end: number];
}

/** All calls of modules until now, as those of a run. */
export const modulesSoFar = ({ trace }: ProgramState): Pick<ModelRun, "firstModule" | "lastModule"> => ({
  firstModule: 0,
  lastModule: trace.modules.length,
});

/** What following a program knows at a point: its names, what it has found, how it came there and how far it may go. */
export class ProgramState {
  trace = new Trace((found) => inFileAtHand(this, found));
  /** Which step made which tensor, where that is asked for. */
  readonly flow: Flow | undefined;
  readonly journal = new Journal();
  classes: ClassValue[] = [];
  instancesOf = new Map<ClassValue, InstanceValue[]>();
  runs: ModelRun[] = [];
  /** Functions that have been called, by where their names stand. */
  entered = new Set<number>();
  /** Classes whose objects have been called with tensors of known shapes. */
  ran = new Set<ClassValue>();
  /** Classes whose objects have been called within models with tensors of which nothing is known. */
  met = new Set<ClassValue>();
  /** Names that sizes already have in the run at hand. */
  symbols = new Set<string>();
  /** Names of libraries that the file itself sets to something else. */
  patched = new Map<string, PyValue>();
  /** What modules have given, by the module, for when they are called with the same again. */
  answers = new Map<PyValue, Answers>();
  /** Functions that have been handed to something outside, by the object whose method they are, or by themselves, with what they give. */
  readonly handed = new Map<PyValue, Map<FunctionValue, PyValue | undefined>>();
  /** Modules with a hook that may change what they are given or give. */
  readonly hooked = new Set<PyValue>();
  /** How the student names what is called at a place. */
  readonly calledAs = new Map<Place, string>();
  depth = 0;
  /** The data sets of images that the file itself loads. */
  imageSets: ImageSet[] = [];
  /** How many loops have been followed of which nobody knows how many rounds they have. */
  openLoops = 0;
  /** How often something came up that is not known, so that what is certain can be told from what is not. */
  doubts = 0;
  /** Whether what is followed has an input of which nobody has said how many dimensions it has. */
  isInputGuessed = false;
  /** The `try` statements within which we are that catch what Python raises for arguments that do not fit. */
  guards = 0;
  /** The `try` statements within which we are that catch names which nothing has. */
  namesCaught = 0;
  /** Whether a star brought names of which nothing is known. */
  hasOpenNames = false;
  /** Calls of modules within which we are. */
  moduleDepth = 0;
  readonly budget: Budget;
  /** The files that this one imports; absent where it has no path. */
  files: Files | undefined;
  /** Whether some file that is imported is not known to its end, so that what seems not to be there may be there. */
  isCutShort = false;
  /** The calls within which we are, outermost first. */
  readonly trail: Place[] = [];
  /** The statement of the file at hand that is followed. */
  at: Place | undefined;
  /** What the generator at hand has yielded. */
  yielded: Extract<PyValue, { kind: "list" }> | undefined;

  /** The models that nobody calls and whose input is taken for the images that the file loads. */
  assumed: ReadonlySet<string> | undefined;

  constructor(readonly program: Program) {
    this.budget = new Budget(program.work);
    this.assumed = program.assumed;
    this.flow = program.isDrawn ? new Flow() : undefined;
  }

  /** What has been found so far, apart from what can be changed: calling the result goes back to it, any number of times. */
  keep(): () => void {
    const { classes, instancesOf, runs, entered, ran, met, symbols, patched, imageSets } = this;
    const { openLoops, doubts, hasOpenNames, at } = this;
    const copy = () => ({
      trace: trace.copy(),
      classes: [...classes],
      instancesOf: new Map(instancesOf),
      runs: [...runs],
      entered: new Set(entered),
      ran: new Set(ran),
      met: new Set(met),
      symbols: new Set(symbols),
      patched: new Map(patched),
      imageSets: [...imageSets],
      answers: new Map<PyValue, Answers>(),
    });
    const { trace } = this;
    const budget = this.budget.keep();
    Object.assign(this, copy());
    return () => {
      Object.assign(this, copy(), { openLoops, doubts, hasOpenNames, at });
      budget();
    };
  }

  /** The text of a place. */
  textAt({ from, to }: Place): string {
    const source = this.program.imported.at({ from, to });
    return source ? source.file.text.slice(from - source.base, to - source.base) : this.program.text.slice(from, to);
  }

  /** Python raises an exception here. */
  fail(name: string, place: Place, say: string, advise: string): never {
    const args: readonly PyValue[] = [stringValue(say)];
    throw new Raised({ kind: "exception", name, args }, place, say, advise, false, [...this.trail]);
  }

  /** Runs a module; one that runs within no other is noted as a model, also where it raises. */
  runModel(model: PyValue, inputs: readonly PyValue[], place: Place, forward: () => PyValue): PyValue {
    const [firstCall, firstModule] = [this.trace.calls.length, this.trace.modules.length];
    const { flow } = this;
    const first = flow?.steps.length ?? 0;
    if (this.moduleDepth === 0) flow?.enter(this.trace, inputs, place);
    const end = this.within(() => ending(flow ? () => flow.within(model, forward) : forward));
    const output = "value" in end ? end.value : unknown("It raises an exception.");
    this.trace.module({ module: model, inputs, output, depth: this.moduleDepth });
    if (this.moduleDepth === 0 && isTensorValue(output)) sayMixedOutput(this, output);
    if (this.moduleDepth === 0 && !this.trace.isMuted) {
      const [lastCall, lastModule] = [this.trace.calls.length, this.trace.modules.length];
      const steps = flow && { steps: [first, flow.steps.length] as const };
      this.runs.push({ model, inputs, output, place, firstCall, lastCall, firstModule, lastModule, ...steps });
    }
    if ("raised" in end) throw end.raised;
    return output;
  }

  private within<T>(run: () => T): T {
    this.moduleDepth++;
    try {
      return run();
    } finally {
      this.moduleDepth--;
    }
  }

  /** Counts work. */
  step(count = 1): void {
    this.budget.spend(count);
  }

  /** A symbol for a size, under a name that no other size has. */
  newSymbol(name: string): Dim {
    const own = this.symbols.has(name) ? `${name}_${this.symbols.size}` : name;
    this.symbols.add(own);
    return dimSymbol(own);
  }

  /** Binds a name. */
  assignName(name: string, value: PyValue, scope: Scope): void {
    this.journal.set(scope.home(name).names, name, value);
  }

  /** A tensor of a shape; a size that has grown beyond what any model has is not kept. */
  tensor(shape: TensorValue["shape"], rest: Partial<TensorValue> = {}): TensorValue {
    const isKept = !shape?.some((d) => d !== undefined && isTooLarge(d));
    return {
      kind: "tensor",
      shape: isKept ? shape : shape?.map((d) => (d !== undefined && isTooLarge(d) ? undefined : d)),
      ...rest,
    };
  }
}
