import { inert, SELF_METHODS } from "../attributes.js";
import type { Evaluator } from "../evaluator.js";
import type { Place } from "../syntax.js";
import { type CallArguments, type ContainerValue, NONE, type PyValue, unknown } from "../values.js";

/** Makes nn.Sequential, nn.ModuleList or nn.ModuleDict from its constructor's arguments. */
export function makeContainer(what: ContainerValue["what"], args: CallArguments, site: Place): ContainerValue {
  const [first] = args.positional;
  let children: ContainerValue["children"];
  if (args.uncertain) children = undefined;
  else if (first?.kind === "dict" && args.positional.length === 1) {
    children =
      first.entries &&
      [...first.entries.values()].map(([key, value]) => [key.kind === "string" ? key.value : "?", value] as const);
  } else {
    const items =
      what === "Sequential"
        ? args.positional
        : !first
          ? []
          : first.kind === "list" || first.kind === "tuple"
            ? first.items
            : undefined;
    children = items?.map((child, i) => [String(i), child] as const);
  }
  return { kind: "container", what, children, site };
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
  return engine.runModel(container, args.positional, place, () => {
    let value: PyValue = input;
    for (const [, child] of children) {
      const site = child.kind === "layer" || child.kind === "container" ? child.site : place;
      value = engine.call(child, { positional: [value], keywords: new Map(), uncertain: false, places: [] }, site, site);
      if (child.kind === "layer" && value.kind === "tensor") engine.trace.statements.push({ at: site.to, tensor: value, what: child.op.name });
    }
    return value;
  });
}

/** An attribute or method of a container. */
export function containerAttribute(engine: Evaluator, container: ContainerValue, name: string): PyValue {
  if (SELF_METHODS.has(name)) return inert(name, container);
  const add = (change: (args: CallArguments) => (readonly [string, PyValue])[] | undefined): PyValue => ({
    kind: "native",
    name,
    call: (args) => {
      if (!container.children || engine.journal.isTentative) container.children = undefined;
      else container.children = change(args);
      return NONE;
    },
  });
  const own = container.children ?? [];
  switch (name) {
    case "append":
      return add(({ positional: [child] }) => child && [...own, [String(own.length), child]]);
    case "add_module":
    case "register_module":
      return add(({ positional: [key, child] }) =>
        key?.kind === "string" && child ? [...own, [key.value, child]] : undefined,
      );
    case "extend":
      return add(({ positional: [more] }) => {
        const items = more && engine.iterate(more);
        return items && [...own, ...items.map((child, i) => [String(own.length + i), child] as const)];
      });
    case "children":
      return {
        kind: "native",
        name,
        call: () => ({ kind: "list", items: container.children?.map(([, child]) => child) }),
      };
    case "values":
      return {
        kind: "native",
        name,
        call: () => ({ kind: "list", items: container.children?.map(([, child]) => child) }),
      };
    default: {
      const child = own.find(([key]) => key === name);
      return child ? child[1] : unknown(`Dimsum does not follow ${name} of nn.${container.what}.`);
    }
  }
}
