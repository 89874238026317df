import type { Evaluator } from "./evaluator.js";
import { formatValue } from "./formatSpec.js";
import { entryOf } from "./hashing.js";
import { MAX_LENGTH } from "./literals.js";
import { repr, textOf } from "./representation.js";
import { placeOf } from "./slices.js";
import { isDictValue, isListValue, isTupleValue } from "./valueKinds.js";
import { type CallArguments, int, type PyValue, stringValue } from "./values.js";

/** `"{} {name:>3}".format(…)`; undefined where Python refuses it, or where it is not known. */
export function formatTemplate(engine: Evaluator, template: string, args: CallArguments): string | undefined {
  return new Template(engine, args).fill(template, 0);
}

/** One template: holes without a name take the arguments in their order. */
class Template {
  private next = 0;
  private isNumbered = false;

  constructor(
    private readonly engine: Evaluator,
    private readonly args: CallArguments,
  ) {}

  fill(template: string, depth: number): string | undefined {
    let made = "";
    let at = 0;
    while (at < template.length) {
      const sign = template[at];
      if (sign !== "{" && sign !== "}") {
        made += sign;
        at++;
      } else if (template[at + 1] === sign) {
        made += sign;
        at += 2;
      } else {
        const end = sign === "{" ? endOf(template, at) : -1;
        const text = end < 0 || depth > 1 ? undefined : this.hole(template.slice(at + 1, end), depth);
        if (text === undefined || made.length + text.length > MAX_LENGTH) return undefined;
        made += text;
        at = end + 1;
      }
    }
    return made;
  }

  private hole(inside: string, depth: number): string | undefined {
    const match = /^([^!:[]*(?:\[[^\]]*\][^!:[]*)*)(?:!([rs]))?(?::([\s\S]*))?$/.exec(inside);
    if (!match) return undefined;
    const [, field = "", conversion, format = ""] = match;
    const value = this.valueOf(field);
    const spec = value && this.fill(format, depth + 1);
    if (!value || spec === undefined) return undefined;
    if (conversion === undefined) return formatValue(value, spec);
    const text = conversion === "r" ? repr(value) : textOf(value);
    return text === undefined ? undefined : formatValue(stringValue(text), spec);
  }

  /** The value of `name.attribute[key]`. */
  private valueOf(field: string): PyValue | undefined {
    const match = /^(\w*)((?:\.\w+|\[[^\]]+\])*)$/.exec(field);
    if (!match) return undefined;
    const [, name = "", path = ""] = match;
    const isCounted = name === "" || /^\d+$/.test(name);
    if (name !== "" && isCounted) this.isNumbered = true;
    if (name === "" && this.isNumbered) return undefined;
    if (isCounted && name !== "" && this.next > 0) return undefined;
    let value = isCounted
      ? this.args.positional[name === "" ? this.next++ : Number(name)]
      : this.args.byKeyword.get(name);
    for (const [, attribute, key = ""] of path.matchAll(/\.(\w+)|\[([^\]]+)\]/g)) {
      if (!value) return undefined;
      if (attribute !== undefined) value = this.engine.memberOf(value, attribute, { from: 0, to: 0 });
      else value = itemAt(value, key);
    }
    return value;
  }
}

function itemAt(v: PyValue, key: string): PyValue | undefined {
  const index = /^\d+$/.test(key) ? int(Number(key)) : undefined;
  if (isDictValue(v)) return entryOf(v.entries, index ?? stringValue(key))?.[1];
  const items = isListValue(v) || isTupleValue(v) ? v.items : undefined;
  const at = items && placeOf(index, items.length);
  return at === undefined ? undefined : items?.[at];
}

/** Where a hole ends, holes within it passed over; −1 where it does not. */
function endOf(template: string, from: number): number {
  let depth = 0;
  for (let i = from; i < template.length; i++) {
    if (template[i] === "{") depth++;
    else if (template[i] === "}" && --depth === 0) return i;
  }
  return -1;
}
