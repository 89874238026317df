import { isDictValue, isListValue, isSetValue, isTupleValue } from "./valueKinds.js";
import type { PyValue } from "./values.js";

const ALL =
  "__class__ __delattr__ __dir__ __doc__ __eq__ __format__ __ge__ __getattribute__ __gt__ __hash__ __init__ __init_subclass__ __le__ __lt__ __ne__ __new__ __reduce__ __reduce_ex__ __repr__ __setattr__ __sizeof__ __str__ __subclasshook__";

const NUMBER =
  "__abs__ __add__ __bool__ __ceil__ __divmod__ __float__ __floor__ __floordiv__ __getnewargs__ __int__ __mod__ __mul__ __neg__ __pos__ __pow__ __radd__ __rdivmod__ __rfloordiv__ __rmod__ __rmul__ __round__ __rpow__ __rsub__ __rtruediv__ __sub__ __truediv__ __trunc__ as_integer_ratio conjugate imag real";

const INT = `${NUMBER} __and__ __index__ __invert__ __lshift__ __or__ __rand__ __rlshift__ __ror__ __rrshift__ __rshift__ __rxor__ __xor__ bit_count bit_length denominator from_bytes numerator to_bytes`;

const FROZEN_SET =
  "__and__ __contains__ __iter__ __len__ __or__ __rand__ __ror__ __rsub__ __rxor__ __sub__ __xor__ copy difference intersection isdisjoint issubset issuperset symmetric_difference union";

/** The names that values of a kind have beside those that every value has, in Python 3.11. */
const NAMES: Readonly<Partial<Record<PyValue["kind"] | "frozenset", string>>> = {
  int: INT,
  bool: INT,
  float: `${NUMBER} __getformat__ fromhex hex is_integer`,
  string:
    "__add__ __contains__ __getitem__ __getnewargs__ __iter__ __len__ __mod__ __mul__ __rmod__ __rmul__ capitalize casefold center count encode endswith expandtabs find format format_map index isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower lstrip maketrans partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title translate upper zfill",
  list: "__add__ __class_getitem__ __contains__ __delitem__ __getitem__ __iadd__ __imul__ __iter__ __len__ __mul__ __reversed__ __rmul__ __setitem__ append clear copy count extend index insert pop remove reverse sort",
  tuple:
    "__add__ __class_getitem__ __contains__ __getitem__ __getnewargs__ __iter__ __len__ __mul__ __rmul__ count index",
  dict: "__class_getitem__ __contains__ __delitem__ __getitem__ __ior__ __iter__ __len__ __or__ __reversed__ __ror__ __setitem__ clear copy fromkeys get items keys pop popitem setdefault update values",
  set: `${FROZEN_SET} __class_getitem__ __iand__ __ior__ __isub__ __ixor__ add clear difference_update discard intersection_update pop remove symmetric_difference_update update`,
  frozenset: `${FROZEN_SET} __class_getitem__`,
  range: "__bool__ __contains__ __getitem__ __iter__ __len__ __reversed__ count index start step stop",
  none: "__bool__",
};

/** Whether a value of Python's own has an attribute; undefined where that is not known. */
export function hasName(v: PyValue, name: string): boolean | undefined {
  if (
    (isListValue(v) && (v.deque || v.array)) ||
    (isDictValue(v) && v.type) ||
    (isTupleValue(v) && (v.names || v.type))
  )
    return undefined;
  const names = NAMES[isSetValue(v) && v.frozen ? "frozenset" : v.kind];
  return names === undefined ? undefined : ` ${ALL} ${names} `.includes(` ${name} `);
}
