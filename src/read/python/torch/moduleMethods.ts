import { given } from "../arguments.js";
import { isModuleClass } from "../classes.js";
import { loseValue } from "../escape.js";
import type { Evaluator } from "../evaluator.js";
import { handValue, letCall } from "../handedOver.js";
import { listOf, MAX_LENGTH } from "../literals.js";
import type { Place } from "../syntax.js";
import {
  isBoolValue,
  isFunctionValue,
  isInstanceValue,
  isLayerValue,
  isMethodValue,
  isNoneValue,
  isStringValue,
  isUnknownValue,
} from "../valueKinds.js";
import {
  anything,
  boolValue,
  type CallArguments,
  type NativeValue,
  NONE,
  nativeValue,
  notFollowed,
  type PyValue,
  stringValue,
  tupleValue,
  unknown,
} from "../values.js";
import { moduleDict } from "./moduleDicts.js";
import {
  childrenOf,
  hasHiddenModules,
  listedChildren,
  type Module,
  namedModules,
  namedParameters,
  ownParameters,
} from "./modules.js";
import { setModuleAttribute } from "./setModuleAttribute.js";

/** Methods of a module that hand the module back as it is. */
const SELF = new Set(
  "to cuda cpu float double half bfloat16 type share_memory compile to_empty xpu fuse prepare_for_export".split(" "),
);

/** Methods that change nothing of which shapes or counts depend, and what they give is seldom used. */
const INERT = new Set("zero_grad load_state_dict extra_repr set_extra_state".split(" "));

/** Methods that take a function which is called when the module is, or when its gradient is computed. */
const HOOKS =
  /^register_(?:forward_(?:pre_)?hook|(?:full_)?backward_(?:pre_)?hook|(?:load_)?state_dict_(?:pre_|post_)?hook|load_state_dict_(?:pre|post)_hook)$/;

type Method = (engine: Evaluator, self: Module, args: CallArguments, place: Place) => PyValue;

const pair = ([name, value]: readonly [string, PyValue]): PyValue => tupleValue([stringValue(name), value]);

/** Whether a module may have more modules than are known: it may have one or another under a name. */
const mayHaveMore = (self: Module): boolean =>
  namedModules(self).found.some(
    ([, m]) => isInstanceValue(m) && [...m.attributes.values()].some((v) => isUnknownValue(v) && v.module === true),
  );

const listed = <T>(self: Module, items: readonly T[] | undefined, of: (item: T) => PyValue): PyValue =>
  items && items.length <= MAX_LENGTH && !mayHaveMore(self)
    ? { kind: "list", items: items.map(of), isGenerated: true }
    : items && items.length > MAX_LENGTH
      ? unknown("There are too many to list.")
      : listOf(undefined);

/** All modules within one, or undefined where some are not known. */
const allWithin = (self: Module): readonly (readonly [string, Module])[] | undefined => {
  const { found, isWhole } = namedModules(self);
  return isWhole && !found.some(([, module]) => hasHiddenModules(module)) ? found : undefined;
};

/** Whether `recurse=False` asks for a module's own alone. */
const isShallow = ({ positional, byKeyword }: CallArguments, at: number): boolean => {
  const recurse = positional[at] ?? byKeyword.get("recurse");
  return isBoolValue(recurse) && !recurse.value;
};

/** Sets whether a module and everything in it trains. */
function setMode(engine: Evaluator, self: Module, mode: PyValue): void {
  for (const [, module] of namedModules(self).found)
    if (isInstanceValue(module)) engine.journal.set(module.attributes, "training", mode);
}

/** Sets whether a module's parameters are learned. */
function setLearned(engine: Evaluator, self: Module, learns: PyValue): void {
  for (const [, module] of namedModules(self).found) {
    if (isLayerValue(module)) engine.journal.set(module, "trains", learns);
    for (const [, tensor] of ownParameters(module) ?? []) engine.journal.set(tensor, "trains", learns);
  }
}

function register(engine: Evaluator, self: Module, { positional, byKeyword }: CallArguments, named: string): PyValue {
  const name = positional[0] ?? byKeyword.get("name");
  const value = positional[1] ?? byKeyword.get(named);
  if (isStringValue(name) && value) setModuleAttribute(engine, self, name.value, value);
  else loseValue(engine.journal, self);
  return NONE;
}

const METHODS: Readonly<Record<string, Method>> = {
  eval: (engine, self) => {
    setMode(engine, self, boolValue(false));
    return self;
  },
  train: (engine, self, { positional, byKeyword }) => {
    setMode(engine, self, positional[0] ?? byKeyword.get("mode") ?? boolValue(true));
    return self;
  },
  requires_grad_: (engine, self, { positional, byKeyword }) => {
    setLearned(engine, self, positional[0] ?? byKeyword.get("requires_grad") ?? boolValue(true));
    return self;
  },
  children: (_, self) => listed(self, listedChildren(self), ([, child]) => child),
  named_children: (_, self) => listed(self, listedChildren(self), pair),
  modules: (_, self) => listed(self, allWithin(self), ([, module]) => module),
  named_modules: (_, self) => listed(self, allWithin(self), pair),
  parameters: (_, self, args) =>
    listed(self, isShallow(args, 0) ? ownParameters(self) : namedParameters(self), ([, tensor]) => tensor),
  named_parameters: (_, self, args) =>
    listed(self, isShallow(args, 1) ? ownParameters(self) : namedParameters(self), pair),
  apply: (engine, self, { positional: [fn] }, place) => {
    const { found, isWhole } = namedModules(self);
    if (fn && isWhole) for (const [, module] of [...found].reverse()) engine.call(fn, given(module), place, place);
    else loseValue(engine.journal, self);
    return self;
  },
  get_submodule: (_, self, { positional: [path] }) => {
    const lost = unknown("Which module is not known.");
    if (!isStringValue(path)) return lost;
    let at: Module | undefined = self;
    for (const name of path.value.split(".").filter((n) => n !== ""))
      at = at && childrenOf(at)?.find(([own]) => own === name)?.[1];
    return at ?? lost;
  },
  register_buffer: (engine, self, args) => register(engine, self, args, "tensor"),
  register_parameter: (engine, self, args) => register(engine, self, args, "param"),
  add_module: (engine, self, args) => register(engine, self, args, "module"),
  register_module: (engine, self, args) => register(engine, self, args, "module"),
};

/** A hook changes what it closes over; one of the way forward that gives something changes what the module gets or gives. */
function hook(engine: Evaluator, self: Module, name: string, { positional, byKeyword }: CallArguments): PyValue {
  const fn = positional[0] ?? byKeyword.get("hook");
  const isOwn = fn && (isFunctionValue(fn) || isMethodValue(fn));
  const result = isOwn ? letCall(engine, fn) : undefined;
  if (fn && !isOwn) handValue(engine, fn);
  if (/^register_forward_/.test(name) && result && !isNoneValue(result)) engine.hooked.add(self);
  return notFollowed(name);
}

/** A method or attribute that every module has; undefined where there is none of this name. */
export function moduleMember(engine: Evaluator, self: Module, name: string): PyValue | undefined {
  const call = (run: NativeValue["call"]): PyValue => nativeValue(name, run);
  if (name === "training") return anything("Whether the model trains is not known.");
  if (SELF.has(name)) return call(() => self);
  if (INERT.has(name)) return call(() => notFollowed(name));
  if (HOOKS.test(name)) return call((args) => hook(engine, self, name, args));
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (method)
    return call((args, place) => {
      if (!args.uncertain) return method(engine, self, args, place);
      loseValue(engine.journal, self);
      return unknown("Its arguments are not known.");
    });
  const dict = moduleDict(engine, self, name);
  if (dict) return dict;
  if (["buffers", "named_buffers", "state_dict", "_buffers"].includes(name))
    return name.startsWith("_") ? notFollowed(name) : call(() => notFollowed(name));
  // What is wrapped for several devices has the same shapes, so that it stands for itself.
  return name === "module" && isInstanceValue(self) && isModuleClass(self.cls) ? self : undefined;
}

/** Whether PyTorch's modules have a member of this name, which Dimsum may not follow. */
export const isModuleMember = (name: string): boolean =>
  SELF.has(name) ||
  INERT.has(name) ||
  HOOKS.test(name) ||
  Object.hasOwn(METHODS, name) ||
  /^(training|forward|_modules|_parameters|_buffers|buffers|named_buffers|state_dict|dump_patches|call_super_init|T_destination|get_parameter|get_buffer|[gs]et_extra_state|ipu|xpu|module|__\w+__|_(apply|call_impl|compile\w*|get_name|named_members|replicate_for_data_parallel|save_to_state_dict|slow_forward|version|wrapped_call_impl|compiled_call_impl|\w*hook\w*|load_\w+|register_\w+|maybe_warn\w+|non_persistent_buffers_set|is_full_backward_hook)|set_submodule|mtia|register_\w+)$/.test(
    name,
  );
