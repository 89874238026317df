import { lookUp } from "./attributes.js";
import { classesOf } from "./classes.js";
import { compare } from "./comparison.js";
import type { Evaluator } from "./evaluator.js";
import { attributesOf } from "./objects.js";
import { isFunctionValue, isLibraryValue, isMethodValue, isStringValue, isTupleValue } from "./valueKinds.js";
import { type ClassValue, dictValue, type InstanceValue, int, type PyValue, stringValue } from "./values.js";

const ENUMERATION = /^enum\.\w*(Enum|Flag)$/;

/** Whether a class is an enumeration. */
export const isEnumeration = (cls: ClassValue): boolean =>
  classesOf(cls).some((c) => isLibraryValue(c) && ENUMERATION.test(c.path));

const members = new WeakMap<ClassValue, readonly InstanceValue[]>();

/** The members of an enumeration, in order; undefined for another class. */
export const membersOf = (cls: ClassValue): readonly InstanceValue[] | undefined => members.get(cls);

/** Makes objects of the values that the body of an enumeration names; names for one value are one object. */
export function enumerate(engine: Evaluator, cls: ClassValue): void {
  const made: InstanceValue[] = [];
  for (const s of cls.body) {
    const target = s.kind === "assign" && s.value ? s.targets[0] : undefined;
    const name = target?.kind === "name" ? target.name : undefined;
    const said = name === undefined || /^_/.test(name) ? undefined : cls.members.get(name);
    if (!target || name === undefined || !said || isFunctionValue(said)) continue;
    const isAuto = isLibraryValue(said) && said.path === "enum.auto()";
    const value = isAuto ? int(made.length + 1) : said;
    const twin = made.find((m) => compare("==", m.attributes.get("value") ?? value, value) === true);
    const member = twin ?? memberOf(engine, cls, name, value, target);
    if (!twin) made.push(member);
    cls.members.set(name, member);
  }
  members.set(cls, made);
}

function memberOf(
  engine: Evaluator,
  cls: ClassValue,
  name: string,
  value: PyValue,
  site: { readonly from: number; readonly to: number },
): InstanceValue {
  const positional = isTupleValue(value) ? value.items : [value];
  const made = { positional, byKeyword: new Map(), uncertain: false, places: [] };
  const member: InstanceValue = { kind: "instance", cls, attributes: attributesOf(cls), site, made };
  for (const key of ["name", "_name_"]) member.attributes.set(key, stringValue(name));
  for (const key of ["value", "_value_"]) member.attributes.set(key, value);
  const init = lookUp(cls, "__init__", member);
  if (isMethodValue(init)) engine.call(init, made, site, site);
  member.attributes.set("value", member.attributes.get("_value_") ?? value);
  return member;
}

/** `Color(2)`: the member with this value; undefined where that is not known. */
export function memberWith(cls: ClassValue, value: PyValue): InstanceValue | undefined {
  const all = members.get(cls) ?? [];
  const fits = all.map((m) => (m === value ? true : compare("==", m.attributes.get("value") ?? value, value)));
  return fits.indexOf(true) >= 0 && !fits.slice(0, fits.indexOf(true)).includes(undefined)
    ? all[fits.indexOf(true)]
    : undefined;
}

/** `Color.__members__`. */
export const membersByName = (cls: ClassValue): PyValue =>
  dictValue(
    new Map(
      (members.get(cls) ?? []).map((m) => {
        const name = m.attributes.get("name") ?? { kind: "none" as const };
        return [`s:${isStringValue(name) ? name.value : ""}`, [name, m]] as const;
      }),
    ),
  );
