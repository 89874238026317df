import { Names } from "./journal.js";
import type { PyValue } from "./values.js";

/** The names of a module, a class or a function call. */
export class Scope {
  readonly names = new Names();
  private sizes: Names | undefined;
  /** Names that `global` and `nonlocal` say belong to another scope; absent while there are none. */
  private elsewhere: Map<string, Scope> | undefined;

  /** `isCall`: whether these are the names of a function call, and all of them its own. */
  constructor(
    readonly parent?: Scope,
    private readonly isCall = false,
  ) {}

  /** The sizes that annotations name in this call; absent where the scope is no call's. */
  get axes(): Names | undefined {
    if (this.isCall) this.sizes ??= new Names(undefined, this.names.born);
    return this.sizes;
  }

  /** What `locals()[name]` is; undefined where that is not known. */
  local(name: string): PyValue | undefined {
    const isSure = this.isCall && !name.startsWith("__") && !this.elsewhere?.has(name) && !this.names.maybe?.has(name);
    return isSure ? this.names.get(name) : undefined;
  }

  /** All names of a call, in the order in which they were set; undefined where they are not known for certain. */
  locals(): readonly (readonly [string, PyValue])[] | undefined {
    if (!this.isCall || this.elsewhere || (this.names.maybe?.size ?? 0) > 0) return undefined;
    return [...this.names].filter(([name]) => name !== "__class__" && name !== "__self__");
  }

  /** The value of a name, looked up outwards. */
  find(name: string): PyValue | undefined {
    for (let scope: Scope | undefined = this.home(name); scope; scope = scope.parent) {
      const value = scope.names.get(name);
      if (value) return value;
    }
    return undefined;
  }

  /** The scope in which an assignment to the name is kept. */
  home(name: string): Scope {
    return this.elsewhere?.get(name) ?? this;
  }

  /** `global name` or `nonlocal name`. */
  declare(how: "global" | "nonlocal", name: string): void {
    let scope: Scope = this.parent ?? this;
    while (scope.parent && (how === "global" || !scope.names.has(name))) scope = scope.parent;
    this.elsewhere ??= new Map();
    this.elsewhere.set(name, scope);
  }
}
