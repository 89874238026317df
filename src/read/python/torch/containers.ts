import { given } from "../arguments.js";
import { plainDict, READING } from "../dictObjects.js";
import type { Evaluator } from "../evaluator.js";
import { listOf } from "../literals.js";
import { rehearsed } from "../rehearsed.js";
import { withoutPlaces } from "../slices.js";
import type { Place } from "../syntax.js";
import {
  isContainerValue,
  isDictValue,
  isIntValue,
  isLayerValue,
  isListValue,
  isStringValue,
  isTensorValue,
  isTupleValue,
  isUnknownValue,
} from "../valueKinds.js";
import {
  type CallArguments,
  type ContainerValue,
  NONE,
  nativeValue,
  notFollowed,
  type PyValue,
  stringValue,
  tupleValue,
  unknown,
} from "../values.js";
import { moduleMember } from "./moduleMethods.js";

const CONTAINERS = ["Sequential", "ModuleList", "ModuleDict", "ParameterList", "ParameterDict"] as const;

/** The container of PyTorch with this name. */
export const containerNamed = (name: string): ContainerValue["what"] | undefined => CONTAINERS.find((c) => c === name);

/** Makes nn.Sequential, nn.ModuleList or nn.ModuleDict from its constructor's arguments. */
export function makeContainer(what: ContainerValue["what"], args: CallArguments, site: Place): ContainerValue {
  const first = plainDict(args.positional[0], ...READING);
  let children: ContainerValue["children"];
  if (args.uncertain) children = undefined;
  else if (isContainerValue(first) && args.positional.length === 1 && what !== "Sequential") children = first.children;
  else if (isDictValue(first) && args.positional.length === 1) {
    children =
      first.entries &&
      [...first.entries.values()].map(([key, value]) => [isStringValue(key) ? key.value : "?", value] as const);
  } else {
    const items =
      what === "Sequential"
        ? // One argument that is not known may be a dictionary of layers.
          args.positional.length === 1 && isUnknownValue(first)
          ? undefined
          : args.positional
        : !first
          ? []
          : isListValue(first) || isTupleValue(first)
            ? first.items
            : undefined;
    children =
      what === "ModuleDict" || what === "ParameterDict"
        ? namedPairs(items)
        : items?.map((child, i) => [String(i), child] as const);
  }
  return { kind: "container", what, children, site };
}

/** Names with a module each, as lists of two; undefined where they are not all known. */
function namedPairs(items: readonly PyValue[] | undefined): ContainerValue["children"] {
  const named = new Map<string, PyValue>();
  for (const pair of items ?? [undefined]) {
    const [name, child, ...more] = ((isListValue(pair) || isTupleValue(pair)) && pair.items) || [];
    if (!isStringValue(name) || !child || more.length > 0) return undefined;
    named.set(name.value, child);
  }
  return [...named];
}

/** Calls nn.Sequential: each layer gets what the one before it gives. */
export function callContainer(
  engine: Evaluator,
  container: ContainerValue,
  args: CallArguments,
  place: Place,
): PyValue {
  const [input] = args.positional;
  if (container.what !== "Sequential") return unknown(`nn.${container.what} cannot be called; its layers can.`);
  if (!container.children || !input) return unknown("Its layers are not known.");
  const { children } = container;
  const run = (): PyValue => {
    let value: PyValue = input;
    for (const [, child] of children) {
      const site = isLayerValue(child) || isContainerValue(child) ? child.site : place;
      value = engine.call(child, given(value), site, site);
      if (isLayerValue(child) && isTensorValue(value))
        engine.trace.statement({ at: site.to, tensor: value, what: child.op.name });
    }
    return value;
  };
  return rehearsed(engine, container, args, place, () => engine.runModel(container, args.positional, place, run));
}

type Children = readonly (readonly [string, PyValue])[];

/** Methods that change which layers a container has. */
const CHANGES = new Set(["pop", "clear", "update", "__setitem__", "__delitem__"]);

/** The layers of a container after `del container[key]`; undefined where they are not known. */
export function withoutChild({ what, children }: ContainerValue, key: PyValue): Children | undefined {
  if (what === "ModuleDict" || what === "ParameterDict") {
    const isThere = isStringValue(key) && children?.some(([name]) => name === key.value);
    return isThere ? children?.filter(([name]) => name !== key.value) : undefined;
  }
  if (what !== "Sequential" && what !== "ModuleList") return undefined;
  // Those that are left are counted anew, whatever they were called.
  return children && withoutPlaces(children, key)?.map(([, child], i) => [String(i), child] as const);
}

const OWN = new Set([...CHANGES, "append", "insert", "extend", "items", "keys", "values", "get"]);

/** Whether a container itself, beside what every module is, has a member of this name. */
export const isContainerMember = (container: ContainerValue, name: string): boolean =>
  OWN.has(name) || container.children?.some(([key]) => key === name) === true;

/** An attribute or method of a container. */
export function containerAttribute(engine: Evaluator, container: ContainerValue, name: string): PyValue {
  const add = (change: (own: Children, args: CallArguments) => Children | undefined): PyValue =>
    nativeValue(name, (args) => {
      const own = container.children;
      engine.journal.set(container, "children", own && !args.uncertain ? change(own, args) : undefined);
      return name === "append" || name === "extend" ? container : NONE;
    });
  switch (name) {
    case "append":
      return add((own, { positional: [child] }) => child && [...own, [String(own.length), child]]);
    case "insert":
      return add((own, { positional: [at, child] }) => {
        const place = isIntValue(at) && typeof at.value === "number" ? at.value : undefined;
        if (place === undefined || !child) return undefined;
        return own
          .map(([, each]) => each)
          .toSpliced(place, 0, child)
          .map((each, i) => [String(i), each] as const);
      });
    case "forward":
      return nativeValue(name, (args, place) => callContainer(engine, container, args, place));
    case "items":
      return nativeValue(name, () =>
        listOf(container.children?.map(([key, child]) => tupleValue([stringValue(key), child]))),
      );
    case "keys":
      return nativeValue(name, () => listOf(container.children?.map(([key]) => stringValue(key))));
    case "extend":
      return add((own, { positional: [more] }) => {
        const items = more && engine.iterate(more);
        return items && [...own, ...items.map((child, i) => [String(own.length + i), child] as const)];
      });
    case "pop":
      return nativeValue(name, (args) => {
        const [key] = args.uncertain ? [] : args.positional;
        const left = key && key.kind !== "slice" ? withoutChild(container, key) : undefined;
        const gone = left && container.children?.find(([, child]) => !left.some(([, kept]) => kept === child));
        engine.journal.set(container, "children", gone && left);
        return gone?.[1] ?? unknown("Which one it is is not known.");
      });
    case "values":
      return nativeValue(name, () => listOf(container.children?.map(([, child]) => child)));
    default: {
      const child = container.children?.find(([key]) => key === name);
      if (child) return child[1];
      const set = container.attributes?.get(name);
      if (set) return set;
      const shared = moduleMember(engine, container, name);
      if (shared) return shared;
      const lost = notFollowed(`${name} of nn.${container.what}`);
      if (!CHANGES.has(name)) return lost;
      return add(() => undefined);
    }
  }
}
