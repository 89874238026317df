import { classesOf } from "./classes.js";
import type { Place } from "./syntax.js";
import { isClassValue, isInstanceValue, isLibraryValue } from "./valueKinds.js";
import type { PyValue } from "./values.js";
import { libraryAt } from "./values.js";

/** Python's exceptions by the classes that they derive from; what is not named here derives from Exception. */
const PARENTS: Readonly<Record<string, string>> = {
  Exception: "BaseException",
  KeyboardInterrupt: "BaseException",
  SystemExit: "BaseException",
  GeneratorExit: "BaseException",
  IndexError: "LookupError",
  KeyError: "LookupError",
  ZeroDivisionError: "ArithmeticError",
  OverflowError: "ArithmeticError",
  FloatingPointError: "ArithmeticError",
  NotImplementedError: "RuntimeError",
  RecursionError: "RuntimeError",
  ModuleNotFoundError: "ImportError",
  FileNotFoundError: "OSError",
  PermissionError: "OSError",
  UnboundLocalError: "NameError",
  UnicodeError: "ValueError",
  UserWarning: "Warning",
  DeprecationWarning: "Warning",
  RuntimeWarning: "Warning",
  FutureWarning: "Warning",
};

const ROOTS = new Set(
  "Exception BaseException LookupError ArithmeticError ValueError TypeError AttributeError AssertionError RuntimeError ImportError OSError IOError NameError StopIteration StopAsyncIteration MemoryError BufferError EOFError SyntaxError SystemError Warning ReferenceError".split(
    " ",
  ),
);

/** Whether Python has an exception of this name. */
export const isExceptionName = (name: string): boolean => ROOTS.has(name) || Object.hasOwn(PARENTS, name);

/** An exception's class, by its name. */
export const exceptionNamed = (name: string): PyValue | undefined =>
  isExceptionName(name) ? libraryAt(`builtins.${name}`) : undefined;

/** A name of an exception and those of the classes that it derives from. */
function lineage(name: string): readonly string[] {
  const names = [name];
  for (let at = name; at !== "BaseException"; ) {
    at = PARENTS[at] ?? "Exception";
    names.push(at);
  }
  return names;
}

/** The names of the classes of an exception; undefined where they are not all known. */
function classNames(exception: PyValue): readonly string[] | undefined {
  if (exception.kind === "exception") return lineage(exception.name);
  if (!isInstanceValue(exception)) return undefined;
  const names: string[] = [];
  for (const cls of classesOf(exception.cls)) {
    if (isClassValue(cls)) names.push(cls.name);
    else if (isLibraryValue(cls)) names.push(...lineage(cls.path.split(".").at(-1) ?? ""));
    else return undefined;
  }
  return names;
}

/** Exceptions that no mismatch raises: a handler for these alone hides none. */
const OTHERS =
  /^(?:Import|ModuleNotFound|KeyboardInterrupt|FileNotFound|OS|IO|Key|Attribute|Name|StopIteration|SystemExit|Zero|Unicode|JSON|EOF|Permission|Timeout|Connection)\w*$/;

/** The classes that all exceptions are of. */
export const CATCHES_ALL: ReadonlySet<string> = new Set(["Exception", "BaseException"]);

/** Whether a handler for exceptions of this name may catch what does not fit. */
export const mayCatchMisfit = (name: string): boolean => !OTHERS.test(name);

/** Thrown where Python certainly raises an exception: whatever is followed both ways catches it for its way. */
export class Raised {
  constructor(
    /** The exception; unknown where only that there is one is known. */
    readonly exception: PyValue,
    readonly place: Place,
    /** The sentences for what is and for what to do. */
    readonly say: string,
    readonly advise: string,
    /** Whether the file says `raise` or `assert` itself; else an operation of Python fails. */
    readonly isSaid: boolean,
    /** The calls that lead to it, outermost first. */
    readonly trail: readonly Place[],
    /** Whether it is what a library raises for what does not fit, of which only that is known. */
    readonly isMisfit = false,
  ) {}

  /** The exception's name. */
  get name(): string {
    return this.exception.kind === "exception"
      ? this.exception.name
      : isInstanceValue(this.exception)
        ? this.exception.cls.name
        : "";
  }

  /** Whether `except` with this name catches it; undefined where that is not known. */
  isCaughtBy(name: string): boolean | undefined {
    const names = classNames(this.exception);
    if (!names && this.isMisfit) return CATCHES_ALL.has(name) || (mayCatchMisfit(name) ? undefined : false);
    if (!names) return undefined;
    if (names.includes(name)) return true;
    return name === "IOError" || name === "EnvironmentError" ? names.includes("OSError") : false;
  }

  /** Whether it ends a program as it is meant to, or for a reason that lies outside of the code. */
  get isExpected(): boolean {
    const names = classNames(this.exception);
    return !names || EXPECTED.some((name) => names.includes(name));
  }
}

const EXPECTED = [
  "SystemExit",
  "KeyboardInterrupt",
  "StopIteration",
  "ImportError",
  "OSError",
  "GeneratorExit",
  "Warning",
];

/** Runs one of several ways; what it raises is its end. */
export function ending<T>(run: () => T): { readonly value: T } | { readonly raised: Raised } {
  try {
    return { value: run() };
  } catch (error) {
    if (error instanceof Raised) return { raised: error };
    throw error;
  }
}
