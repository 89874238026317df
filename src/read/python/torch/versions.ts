import type { Known } from "../../../core/dims/compare.js";
import { isLibraryValue, isStringValue } from "../valueKinds.js";
import type { PyValue } from "../values.js";

/** The oldest release that is reckoned with. */
const OLDEST: readonly [number, number] = [1, 13];

/** Whether a value is `torch.__version__`, a text that is compared by the numbers in it. */
export const isVersion = (v: PyValue): boolean => isLibraryValue(v) && v.path === "torch.__version__";

/** Whether `torch.__version__ op text` holds, or the same the other way round, as far as it does not depend on the release. */
export function compareVersions(op: string, a: PyValue, b: PyValue): Known {
  const other = isVersion(a) ? b : a;
  const numbers = isStringValue(other) ? /^(\d+)(?:\.(\d+))?(?:\.\d+)*$/.exec(other.value) : null;
  if (!numbers) return undefined;
  const [major, minor] = [Number(numbers[1]), Number(numbers[2] ?? 0)];
  const isOlder = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
  if (!isOlder) return undefined;
  if (op === "==" || op === "!=") return op === "!=";
  return op.startsWith(">") === isVersion(a);
}
