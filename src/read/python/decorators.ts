import { given } from "./arguments.js";
import { dataclassOf } from "./dataclasses.js";
import type { Interpreter } from "./interpreter.js";
import type { Scope } from "./scope.js";
import type { Expression } from "./syntax.js";
import { isClassValue, isFunctionValue, isLibraryValue, isUnknownValue } from "./valueKinds.js";
import { type ClassValue, type FunctionValue, type PyValue, unknown } from "./values.js";

/** Decorators of libraries under which a function or class is what it is without them. */
const TRANSPARENT =
  /^(torch\.(no_grad|enable_grad|inference_mode|set_grad_enabled|autocast|compile|_dynamo\.\w+|compiler\.\w+|(jit|fx|onnx|cuda\.amp|amp)\.\w+)|functools\.(lru_cache|cache|total_ordering)|abc\.abstract\w+|typing(_extensions)?\.\w+|(tf|tensorflow)\.function|(tensorflow\.|tf\.)?keras\.(saving|utils)\.register_keras_serializable|jaxtyping\.jaxtyped|typeguard\.typechecked|beartype\.beartype|warnings\.deprecated|unittest\.\w+)$/;

/** What a decorator makes a function of, where Python itself has it. */
const KINDS: Readonly<Record<string, FunctionValue["how"]>> = {
  staticmethod: "static",
  classmethod: "class",
  property: "property",
  cached_property: "property",
  "functools.cached_property": "property",
  "abc.abstractproperty": "property",
  abstractproperty: "property",
};

/** A function or class behind its decorators, the innermost first. */
export function decorated(
  engine: Interpreter,
  decorators: readonly Expression[],
  made: FunctionValue | ClassValue,
  scope: Scope,
): PyValue {
  return [...decorators].reverse().reduce<PyValue>((value, d) => decorate(engine, d, value, scope), made);
}

function decorate(engine: Interpreter, d: Expression, value: PyValue, scope: Scope): PyValue {
  if (isUnknownValue(value)) return value;
  const text = engine.textAt(d);
  if (isFunctionValue(value)) {
    const how = Object.hasOwn(KINDS, text) ? KINDS[text] : undefined;
    if (how) return { ...value, how };
    const accessor = /^(\w+)\.(setter|getter|deleter)$/.exec(text);
    const property = accessor && scope.names.get(accessor[1] ?? "");
    if (property?.kind === "function" && property.how === "property")
      return accessor?.[2] === "setter" ? { ...property, setter: value } : property;
    if (/^custom_(fwd|bwd)\b/.test(text)) return value;
  }
  const maker = engine.evaluate(d.kind === "call" ? d.callee : d, scope);
  if (isLibraryValue(maker)) {
    if (TRANSPARENT.test(maker.path)) return value;
    if (maker.path === "contextlib.contextmanager" && isFunctionValue(value)) return { ...value, yields: "context" };
    if (/^(attr\.)?dataclasses\.dataclass$|^attrs?\.(s|define|dataclass)$/.test(maker.path))
      return isClassValue(value) ? dataclassOf(engine, value) : value;
    if (maker.path === "functools.wraps" && d.kind === "call") {
      const [of] = d.args;
      return isFunctionValue(value) && of ? { ...value, wrapped: engine.evaluate(of.value, scope) } : value;
    }
  }
  const decorator = d.kind === "call" ? engine.evaluate(d, scope) : maker;
  const name = isFunctionValue(value) || isClassValue(value) ? value.name : "This";
  if (isUnknownValue(decorator)) return unknown(`${name} has a decorator that is not known. ${decorator.reason}`);
  if (isLibraryValue(decorator)) return unknown(`${name} has a decorator that Dimsum does not know.`);
  return engine.call(decorator, given(value), d, d);
}
