/** A stretch of the source, the end excluded. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** An argument of a call or an item of a display; `star` is `*` or `**`. */
export interface Argument extends Place {
  readonly name?: string;
  readonly star?: "*" | "**";
  readonly value: Expression;
}

/** A parameter of a function. */
export interface ParameterNode extends Place {
  readonly name: string;
  readonly kind: "plain" | "rest" | "keywords" | "keyword-only";
  readonly annotation?: Place;
  readonly fallback?: Expression;
}

/** `for target in source if condition` of a comprehension. */
export interface Clause {
  readonly target: Expression;
  readonly source: Expression;
  readonly conditions: readonly Expression[];
}

/** A part of a subscript. */
export type Index =
  | { readonly kind: "index"; readonly value: Expression }
  | { readonly kind: "slice"; readonly parts: readonly (Expression | undefined)[] };

/** `{value!conversion:spec}` of an f-string; `label` is the text that `{value=}` puts in front. */
export interface FormatHole {
  readonly value: Expression;
  readonly label?: string;
  readonly conversion?: string;
  readonly spec?: readonly (string | FormatHole)[];
}

/** An expression of Python. What is half typed is `broken`. */
export type Expression = Place &
  (
    | { readonly kind: "number"; readonly text: string }
    | { readonly kind: "string"; readonly value: string | undefined }
    | { readonly kind: "format"; readonly parts: readonly (string | FormatHole)[] }
    /** `yield value`, `yield from value`. */
    | { readonly kind: "yield"; readonly value?: Expression; readonly isFrom: boolean }
    | { readonly kind: "constant"; readonly value: boolean | null }
    | { readonly kind: "ellipsis" }
    | { readonly kind: "name"; readonly name: string }
    | { readonly kind: "attribute"; readonly of: Expression; readonly name: string }
    | {
        readonly kind: "subscript";
        readonly of: Expression;
        readonly indices: readonly Index[];
        readonly tuple: boolean;
      }
    | {
        readonly kind: "call";
        readonly callee: Expression;
        readonly args: readonly Argument[];
        readonly argsFrom: number;
      }
    | { readonly kind: "binary"; readonly op: string; readonly left: Expression; readonly right: Expression }
    | { readonly kind: "compare"; readonly op: string; readonly left: Expression; readonly right: Expression }
    | { readonly kind: "logic"; readonly op: "and" | "or"; readonly left: Expression; readonly right: Expression }
    | { readonly kind: "unary"; readonly op: string; readonly of: Expression }
    | {
        readonly kind: "conditional";
        readonly yes: Expression;
        readonly when: Expression;
        readonly otherwise: Expression;
      }
    | { readonly kind: "lambda"; readonly params: readonly ParameterNode[]; readonly body: Expression }
    | { readonly kind: "display"; readonly what: "list" | "tuple" | "set"; readonly items: readonly Argument[] }
    | { readonly kind: "dict"; readonly entries: readonly { readonly key?: Expression; readonly value: Expression }[] }
    | {
        readonly kind: "comprehension";
        readonly what: "list" | "set" | "dict" | "generator";
        readonly element: Expression;
        readonly value?: Expression;
        readonly clauses: readonly Clause[];
      }
    | { readonly kind: "named"; readonly name: string; readonly value: Expression }
    | { readonly kind: "broken" }
  );

/** One imported name. */
export interface ImportedName extends Place {
  readonly path: string;
  readonly as: string;
}

/** `except names as name`; without names it catches everything. */
export interface Handler {
  readonly catches: readonly string[];
  readonly as?: string;
  readonly body: readonly Statement[];
  /** Whether it stands for a context manager that may let what is raised go on. */
  readonly isUnsure?: true;
}

/** A pattern of `match`. */
export type Pattern =
  | { readonly kind: "value"; readonly value: Expression }
  | { readonly kind: "capture"; readonly name: string }
  | { readonly kind: "or"; readonly options: readonly Pattern[] }
  | { readonly kind: "as"; readonly pattern: Pattern; readonly name: string }
  | { readonly kind: "sequence"; readonly items: readonly Pattern[] }
  /** `*rest` in a sequence. */
  | { readonly kind: "star"; readonly name: string }
  | {
      readonly kind: "class";
      readonly cls: Expression;
      readonly items: readonly Pattern[];
      readonly named: readonly (readonly [string, Pattern])[];
    }
  /** One that is not followed; it may match, and binds these names. */
  | { readonly kind: "unclear"; readonly names: readonly string[] };

/** `case pattern if guard: body`. */
export interface MatchCase {
  readonly pattern: Pattern;
  readonly guard?: Expression;
  readonly body: readonly Statement[];
}

/** A statement of Python. */
export type Statement = Place &
  (
    | { readonly kind: "import"; readonly module?: string; readonly names: readonly ImportedName[] }
    | {
        readonly kind: "class";
        readonly name: string;
        readonly nameAt: Place;
        readonly bases: readonly Argument[];
        readonly body: readonly Statement[];
        readonly decorators: readonly Expression[];
      }
    | {
        readonly kind: "function";
        readonly name: string;
        readonly nameAt: Place;
        readonly params: readonly ParameterNode[];
        readonly body: readonly Statement[];
        readonly bodyFrom: number;
        /** The annotation of what it returns. */
        readonly returns?: Place;
        readonly isAsync: boolean;
        /** Whether it is a generator. */
        readonly yields: boolean;
        readonly decorators: readonly Expression[];
      }
    | {
        readonly kind: "assign";
        readonly targets: readonly Expression[];
        readonly value?: Expression;
        readonly annotation?: Place;
      }
    | { readonly kind: "update"; readonly target: Expression; readonly op: string; readonly value: Expression }
    | { readonly kind: "expression"; readonly value: Expression }
    | { readonly kind: "return"; readonly value?: Expression }
    | {
        readonly kind: "if";
        readonly branches: readonly { readonly when?: Expression; readonly body: readonly Statement[] }[];
      }
    | {
        readonly kind: "for";
        readonly target: Expression;
        readonly source: Expression;
        readonly body: readonly Statement[];
        readonly otherwise: readonly Statement[];
      }
    | {
        readonly kind: "while";
        readonly when: Expression;
        readonly body: readonly Statement[];
        readonly otherwise: readonly Statement[];
      }
    | {
        readonly kind: "with";
        readonly items: readonly { readonly value: Expression; readonly as?: Expression }[];
        readonly body: readonly Statement[];
      }
    | {
        readonly kind: "try";
        readonly body: readonly Statement[];
        readonly handlers: readonly Handler[];
        readonly otherwise: readonly Statement[];
        readonly finally: readonly Statement[];
      }
    | { readonly kind: "delete"; readonly targets: readonly Expression[] }
    | { readonly kind: "scope"; readonly how: "global" | "nonlocal"; readonly names: readonly string[] }
    | { readonly kind: "raise"; readonly value?: Expression }
    | { readonly kind: "assert"; readonly when: Expression; readonly message?: Expression }
    | { readonly kind: "match"; readonly subject: Expression; readonly cases: readonly MatchCase[] }
    | { readonly kind: "pass" | "break" | "continue" }
    | { readonly kind: "broken"; readonly names: readonly string[] }
  );

/** A comment with its text, `#` included. */
export interface Comment extends Place {
  readonly text: string;
}

/** A parsed file. */
export interface PythonFile {
  readonly text: string;
  readonly body: readonly Statement[];
  readonly comments: readonly Comment[];
}
