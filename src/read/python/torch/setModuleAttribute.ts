import { readSignature } from "../../../core/layer/signature.js";
import { weightsOf } from "../../../core/ops/weights.js";
import type { Evaluator } from "../evaluator.js";
import { Names } from "../journal.js";
import { isContainerValue, isLayerValue, isNoneValue, isTensorValue, isUnknownValue } from "../valueKinds.js";
import { type ContainerValue, type LayerValue, NONE, type PyValue, toFormulaValue, unknown } from "../values.js";
import { parametersOfLayer } from "./layerParameters.js";
import { BASE, baseOf, isModule, type Module } from "./modules.js";

/** Sets an attribute of a module. */
export function setModuleAttribute(engine: Evaluator, module: Module, name: string, value: PyValue): void {
  if (isLayerValue(module)) setLayerAttribute(engine, module, name, value);
  else if (isContainerValue(module)) setContainerAttribute(engine, module, name, value);
  else {
    const base = name === BASE ? undefined : baseOf(module);
    if (isContainerValue(base) && isModule(value)) setContainerAttribute(engine, base, name, value);
    else if (isLayerValue(base) && isOfLayer(base, name)) setLayerAttribute(engine, base, name, value);
    engine.journal.set(module.attributes, name, value);
  }
}

/** Takes an attribute of a module away. */
export function removeModuleAttribute(engine: Evaluator, module: Module, name: string): void {
  if (isLayerValue(module)) {
    if (isLearned(module, name)) setLayerAttribute(engine, module, name, NONE);
    else if (module.attributes) engine.journal.set(module.attributes, name, undefined);
  } else if (isContainerValue(module)) {
    const { children, attributes } = module;
    if (!children || children.some(([key]) => key === name))
      engine.journal.set(
        module,
        "children",
        children?.filter(([key]) => key !== name),
      );
    else if (attributes) engine.journal.set(attributes, name, undefined);
  } else {
    const base = baseOf(module);
    if (base) removeModuleAttribute(engine, base, name);
    engine.journal.set(module.attributes, name, undefined);
  }
}

/** Whether a name is one of a layer's own arguments or learned tensors. */
const isOfLayer = (layer: LayerValue, name: string): boolean =>
  isLearned(layer, name) || readSignature(layer.op.torch ?? "").parameters.some((p) => p.name === name);

const isLearned = (layer: LayerValue, name: string): boolean =>
  weightsOf(layer.op.name, layer.args)?.some(([own]) => own === name) === true;

function setLayerAttribute(engine: Evaluator, layer: LayerValue, name: string, value: PyValue): void {
  const isTensor = isTensorValue(value) || isNoneValue(value);
  if (isLearned(layer, name) || (name === "bias" && isTensor) || (isTensorValue(value) && value.parameter))
    engine.journal.set(layer, "replaced", new Map([...(layer.replaced ?? []), [name, value]]));
  else if (name === "forward") engine.journal.set(layer, "bound", false);
  else if (readSignature(layer.op.torch ?? "").parameters.some((p) => p.name === name)) {
    // The learned tensors stay as they were made.
    parametersOfLayer(layer);
    engine.journal.set(layer, "args", { ...layer.args, [name]: toFormulaValue(value) });
  } else if (isKept(value)) setOwn(engine, layer, name, value);
}

/** Whether a value may be set that is no part of what a module calculates. */
const isKept = (value: PyValue): boolean => !isModule(value) && !(isTensorValue(value) && value.parameter === true);

function setOwn(engine: Evaluator, of: LayerValue | ContainerValue, name: string, value: PyValue): void {
  of.attributes ??= new Names();
  engine.journal.set(of.attributes, name, value);
}

/** What becomes of a value in the place of a child: PyTorch refuses classes and functions, so that nothing is known of what is there. */
export const asChild = (value: PyValue): PyValue =>
  /^(?:class|library|function|native|method)$/.test(value.kind) ? unknown("It is set to what is no module.") : value;

function setContainerAttribute(engine: Evaluator, of: ContainerValue, name: string, value: PyValue): void {
  const { children } = of;
  const at = children?.findIndex(([key]) => key === name) ?? -1;
  if (at >= 0) engine.journal.set(of, "children", children?.with(at, [name, asChild(value)]));
  else if (isModule(value)) engine.journal.set(of, "children", children && [...children, [name, value] as const]);
  else {
    if (isUnknownValue(value)) engine.journal.set(of, "children", undefined);
    if (isKept(value)) setOwn(engine, of, name, value);
  }
}
