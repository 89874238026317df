"""Writes small programs of Python's own values and what CPython makes of them, one a line:
{"program": "...", "result": "<repr of the name result>"} or {"program": "...", "error": "<the exception's name>"}.

python3 test/oracle/pythonValues.py [count] [seed] > test/oracle/pythonValues.jsonl

A result that differs from one run of Python to the next, as the order of a set of texts does, is left out. Functions whose last
digit differs from one machine to the next (exp, log, sin and the like) are asked for 10 digits.
"""
import ast
import collections
import json
import os
import random
import resource
import signal
import subprocess
import sys

R = random.Random(1)


def pick(*options):
    return R.choice(options)


def maybe(p):
    return R.random() < p


# Values, by their kinds; each is an expression.

WORDS = ["conv", "relu", "pool", "bn", "fc", "layer1", "down_sample", "Block", "x", "", "M", "a b", "3x3", "ReLU", "64", " pad ", "up,down", "same"]
NAMES = ["in", "out", "k", "name", "stride"]


def integer(d):
    if d <= 0 or maybe(0.25):
        return pick(*[str(n) for n in (0, 1, 2, 3, 4, 5, 7, 8, 16, 28, 32, 64, 100, 224, 512, 1000, -1, -2, -3, -7)], "1_000", "0x1f", "0b101", "True")
    i, n = lambda: integer(d - 1), lambda: number(d - 1)
    return pick(
        lambda: f"({i()} {pick('+', '-', '*', '//', '%')} {i()})",
        lambda: f"({i()} {pick('+', '-', '*', '//', '%')} {i()})",
        lambda: f"({i()} {pick('&', '|', '^')} {i()})",
        lambda: f"({i()} {pick('<<', '>>')} {pick('0', '1', '2', '5')})",
        lambda: f"({i()} ** {pick('0', '1', '2', '3')})",
        lambda: f"{pick('-', '~', '+')}{i()}",
        lambda: f"abs({i()})",
        lambda: f"int({n()})",
        lambda: f"int({pick(repr('12'), repr(' -7 '), repr('1_000'), repr('3.5'), repr('x'), repr('+4'))})",
        lambda: f"int({pick(repr('ff'), repr('101'), repr('0x1A'), repr('z'))}, {pick('2', '16', '0', '36', '10')})",
        lambda: f"round({n()})",
        lambda: f"round({i()}, {pick('-1', '-2', '0', '1')})",
        lambda: f"len({sized(d - 1)})",
        lambda: f"{pick('max', 'min')}({i()}, {i()})",
        lambda: f"{pick('max', 'min')}({ints(d - 1)})",
        lambda: f"{pick('max', 'min')}({ints(d - 1)}, default={i()})",
        lambda: f"sum({ints(d - 1)})",
        lambda: f"sum({i()} for x in {ints(d - 1)} if x % 2)",
        lambda: f"divmod({i()}, {i()})[{pick('0', '1')}]",
        lambda: f"math.{pick('ceil', 'floor', 'trunc')}({n()})",
        lambda: f"math.{pick('gcd', 'lcm')}({i()}, {i()})",
        lambda: f"math.prod({ints(d - 1)})",
        lambda: f"math.{pick('isqrt', 'factorial')}({pick('0', '5', '10', '17', '-1')})",
        lambda: f"math.{pick('comb', 'perm')}({pick('5', '6', '3')}, {pick('0', '2', '3', '7')})",
        lambda: f"({i()} if {boolean(d - 1)} else {i()})",
        lambda: f"{ints(d - 1)}[{pick('0', '-1', '1', '2', i())}]",
        lambda: f"{ints(d - 1)}.{pick('index', 'count')}({i()})",
        lambda: f"{text(d - 1)}.{pick('find', 'count', 'rfind', 'index')}({text(0)})",
        lambda: f"{mapping(d - 1)}[{key()}]",
        lambda: f"{mapping(d - 1)}.get({key()}, {i()})",
        lambda: f"functools.reduce({pick('operator.mul', 'operator.add', 'lambda a, b: a * b + 1')}, {ints(d - 1)}{pick('', ', ' + i())})",
        lambda: f"ord({pick(repr('a'), repr('Z'), repr('é'), text(0))})",
        lambda: f"next(iter({ints(d - 1)}), {i()})",
        lambda: f"({i()}).bit_length()",
        lambda: f"hash({i()})",
        lambda: f"pow({i()}, {pick('0', '2', '3')}, {pick('5', '7', '1')})",
        lambda: f"(lambda x, y={i()}: x * y - 1)({i()})",
    )()


def floating(d):
    if d <= 0 or maybe(0.25):
        return pick("0.5", "1.0", "2.5", "0.1", "1e-3", "3.0", "1e5", "0.25", "-1.5", "1.25", "100.0", "6.0", "1e16", "0.2", "2.675", ".5", "2.")
    n, i = lambda: number(d - 1), lambda: integer(d - 1)
    return pick(
        lambda: f"({i()} / {i()})",
        lambda: f"({n()} / {n()})",
        lambda: f"({floating(d - 1)} {pick('+', '-', '*', '/', '//', '%')} {n()})",
        lambda: f"({n()} {pick('+', '-', '*', '/', '//', '%')} {floating(d - 1)})",
        lambda: f"({i()} ** {pick('0.5', '-1', '-2')})",
        lambda: f"({floating(0)} ** {pick('2', '3', '-1')})",
        lambda: f"float({n()})",
        lambda: f"float({pick(repr('1e-3'), repr(' 2.5 '), repr('inf'), repr('-inf'), repr('nan'), repr('x'), repr('1_0.5'))})",
        lambda: f"round({n()}, {pick('0', '1', '2', '3', '-1')})",
        lambda: f"abs({floating(d - 1)})",
        lambda: f"-{floating(d - 1)}",
        lambda: f"math.sqrt({n()})",
        lambda: f"round(math.{pick('exp', 'log', 'log2', 'log10', 'sin', 'cos')}({n()}), 10)",
        lambda: f"round(math.log({n()}, {pick('2', '10', '3')}), 10)",
        lambda: f"math.{pick('fabs', 'radians', 'degrees')}({n()})",
        lambda: f"math.{pick('fmod', 'copysign')}({n()}, {n()})",
        lambda: f"math.hypot({n()}, {n()})",
        lambda: f"math.pow({pick('2', '3', '10', '0')}, {pick('2', '3', '-1', '0')})",
        lambda: f"math.{pick('pi', 'inf', 'e', 'tau')}",
        lambda: f"sum({pick('[0.1, 0.2, 0.3]', '[1, 2.5]', '[]')}, {n()})",
        lambda: f"math.fsum([0.1] * {pick('3', '10')})",
        lambda: f"{pick('max', 'min')}({n()}, {n()})",
        lambda: f"({n()} if {boolean(d - 1)} else {n()})",
        lambda: f"sum({ints(d - 1)}) / len({ints(d - 1)})",
        lambda: f"int({n()}) * {n()}",
        lambda: f"float(numpy.{pick('sqrt', 'ceil', 'floor', 'abs', 'round')}({n()}))",
        lambda: f"numpy.linspace({pick('0', '1.0')}, {n()}, {pick('3', '5', '1')}).tolist()[{pick('0', '-1', '1')}]",
        lambda: f"int(numpy.prod({ints(d - 1)}))",
    )()


def number(d):
    return pick(integer, integer, floating)(d)


def boolean(d):
    if d <= 0 or maybe(0.1):
        return pick("True", "False")
    a = lambda: anything(d - 1)
    i, n, s = lambda: integer(d - 1), lambda: number(d - 1), lambda: text(d - 1)
    return pick(
        lambda: f"({n()} {pick('<', '>', '<=', '>=', '==', '!=')} {n()})",
        lambda: f"({n()} {pick('<', '<=')} {n()} {pick('<', '<=', '!=')} {n()})",
        lambda: f"({s()} {pick('<', '>', '==', '!=')} {s()})",
        lambda: f"({ints(d - 1)} {pick('<', '>=', '==', '!=')} {ints(d - 1)})",
        lambda: f"({pair(d - 1)} {pick('<', '>=', '==', '!=')} {pair(d - 1)})",
        lambda: f"({a()} {pick('==', '!=')} {a()})",
        lambda: f"({a()} is {pick('', 'not ')}None)",
        lambda: f"({i()} {pick('in', 'not in')} {pick(ints, rangeOf, numbersSet)(d - 1)})",
        lambda: f"({s()} {pick('in', 'not in')} {pick(text, texts, mapping)(d - 1)})",
        lambda: f"(not {a()})",
        lambda: f"({boolean(d - 1)} {pick('and', 'or')} {boolean(d - 1)})",
        lambda: f"bool({a()})",
        lambda: f"isinstance({a()}, {typeName()})",
        lambda: f"(type({a()}) {pick('is', '==')} {pick('int', 'float', 'str', 'list', 'bool', 'tuple')})",
        lambda: f"{pick('any', 'all')}({pick(ints, things)(d - 1)})",
        lambda: f"{pick('any', 'all')}(x {pick('>', '==')} {i()} for x in {ints(d - 1)})",
        lambda: f"{s()}.{pick('startswith', 'endswith')}({pick(s(), '(' + s() + ', ' + s() + ')')})",
        lambda: f"{s()}.{pick('isdigit', 'isalpha', 'isupper', 'islower', 'isalnum', 'isspace', 'isidentifier', 'isnumeric')}()",
        lambda: f"{numbersSet(d - 1)} {pick('<=', '==', '<', '>')} {numbersSet(d - 1)}",
        lambda: f"{numbersSet(d - 1)}.{pick('issubset', 'isdisjoint', 'issuperset')}({ints(d - 1)})",
        lambda: f"math.{pick('isclose', 'isclose')}({n()}, {n()})",
        lambda: f"math.{pick('isnan', 'isinf', 'isfinite')}({n()})",
        lambda: f"callable({pick('len', 'int', '3', repr('x'), 'lambda: 0', 'math.sqrt')})",
        lambda: f"hasattr({a()}, {pick(repr('append'), repr('__len__'), repr('items'), repr('__iter__'), repr('shape'), repr('upper'), repr('real'))})",
        lambda: f"issubclass({pick('int', 'bool', 'str', 'list')}, {pick('int', 'object', '(str, list)')})",
        lambda: f"({floating(d - 1)}).is_integer()",
        lambda: f"({mapping(d - 1)} {pick('==', '!=')} {mapping(d - 1)})",
    )()


def typeName():
    return pick("int", "float", "str", "list", "tuple", "dict", "bool", "set", "(int, float)", "(list, tuple)", "type(None)", "object", "int | None", "int | str", "collections.abc.Sequence", "collections.abc.Iterable", "collections.abc.Mapping", "collections.abc.Callable", "range", "typing.List", "numbers.Number", "complex", "frozenset", "collections.OrderedDict")


def text(d):
    if d <= 0 or maybe(0.25):
        return repr(R.choice(WORDS))
    s, i, n = lambda: text(d - 1), lambda: integer(d - 1), lambda: number(d - 1)
    return pick(
        lambda: f"({s()} + {s()})",
        lambda: f"({s()} * {pick('0', '1', '2', '3', '-1')})",
        lambda: f"str({anything(d - 1)})",
        lambda: f"repr({anything(d - 1)})",
        lambda: f"{s()}.{pick('lower', 'upper', 'title', 'capitalize', 'strip', 'swapcase', 'lstrip', 'rstrip', 'casefold')}()",
        lambda: f"{s()}.{pick('strip', 'lstrip', 'rstrip')}({pick(repr(' '), repr('x3'), repr('conv'))})",
        lambda: f"{s()}.replace({text(0)}, {text(0)}{pick('', '', ', 1')})",
        lambda: f"{pick(repr(','), repr(', '), repr('x'), repr(''))}.join({texts(d - 1)})",
        lambda: f"{pick(repr('.'), repr('-'))}.join(str(v) for v in {ints(d - 1)})",
        lambda: f"{s()}[{pick('0', '-1', '1:', ':-1', '::2', '::-1', '1:3', ':100')}]",
        lambda: f"{s()}.{pick('zfill', 'ljust', 'rjust', 'center')}({pick('3', '6', '0')})",
        lambda: f"{s()}.{pick('ljust', 'rjust')}({pick('3', '6')}, {pick(repr('*'), repr('ab'))})",
        lambda: f"{s()}.{pick('removeprefix', 'removesuffix')}({s()})",
        lambda: f"f'{{{n()}}}'" if True else "",
        lambda: f"f'{pick('conv', '', 'x: ')}{{{simple(n())}}}_{{{simple(n())}!r}}'",
        lambda: f"f'{{{simple(n())}:{spec()}}}'",
        lambda: f"f'{{{simple(n())}:{spec()}}}|{{{pick('True', '3', 'None')}}}'",
        lambda: f"format({n()}, {repr(spec())})",
        lambda: f"format({s()}, {repr(pick('>8', '<5', '^7', '*^9', '.2', '10.3', ''))})",
        lambda: f"{repr(pick('{}-{}', '{0}{1}{0}', '{a}', '{:>4}|{:<3}', '{{}}{}', '{1:.2f}', '{a!r:>6}', '{} {} {}'))}.format({n()}, {s()}, a={i()})",
        lambda: f"({repr(pick('conv%d', '%d%%', '%s', '%5.2f', '%-4d|', '%03d', '%r', '%x', '%e', '%g', '%+d', '%i'))} % {n()})",
        lambda: f"({repr(pick('%d x %d', '%s=%s', '%s', '%s: %.3f', '%(a)s'))} % ({i()}, {n()}))",
        lambda: f"({repr(pick('%(a)s-%(b)d', '%(a)5.1f', '%(c)s'))} % {{'a': {n()}, 'b': {i()}}})",
        lambda: f"{pick('hex', 'bin', 'oct')}({i()})",
        lambda: f"chr({pick('65', '97', '233', '8364', '-1')})",
        lambda: f"{texts(d - 1)}[{pick('0', '-1', '1')}]",
        lambda: f"({s()} if {boolean(d - 1)} else {s()})",
        lambda: f"{pick('max', 'min')}({texts(d - 1)}, key=len)",
        lambda: f"type({anything(d - 1)}).__name__",
        lambda: f"{s()}.partition({pick(repr('x'), repr(' '), repr('_'), repr(','))})[{pick('0', '1', '2')}]",
        lambda: f"str({s()})",
        lambda: f"{s()}.{pick('expandtabs', 'isprintable', 'istitle', 'isdecimal', 'isascii')}()",
        lambda: f"{repr(pick('{:{}}', '{0[1]}', '{a[k]}', '{:,}', '{:>{w}}', '{!r}', '{:d}', '{0:.1f}{1}'))}.format({n()}, {pick(i(), s())}, a={mapping(0)}, w={pick('6', '1')})",
        lambda: f"str.{pick('upper', 'lower', 'strip', 'title')}({s()})",
        lambda: f"string.{pick('digits', 'ascii_lowercase')}[{pick(':5', '-3:', '2')}]",
    )()


def simple(e):
    """An expression that an f-string's braces take."""
    return e if not any(c in e for c in "'\"{}\\!:") and "lambda" not in e else "7.25"


def spec():
    return pick("d", "5d", "05d", ".2f", "8.3f", "<6", ">6", "^9", "+d", "e", ".3e", "g", ".4g", ",", "_", "x", "b", "o", "#x", "%", ".1%", "08.2f", "*>8", "", "10,.2f", ".0f", ".3", "+.1f", " d", "X", "s", "n>5")


def ints(d):
    if d <= 0 or maybe(0.3):
        return "[" + ", ".join(integer(0) for _ in range(R.randint(0, 5))) + "]"
    a, i = lambda: ints(d - 1), lambda: integer(d - 1)
    return pick(
        lambda: f"({a()} + {a()})",
        lambda: f"({a()} * {pick('0', '2', '-1', '3')})",
        lambda: f"{a()}[{sliceText()}]",
        lambda: f"list({rangeOf(d - 1)})",
        lambda: f"sorted({a()}{pick('', ', reverse=True', ', key=lambda v: -v', ', key=abs', ', key=lambda v: v % 3')})",
        lambda: f"sorted({numbersSet(d - 1)})",
        lambda: f"[{i()} for x in {a()}]",
        lambda: f"[x {pick('+', '*', '-')} {i()} for x in {a()}]",
        lambda: f"[x for x in {a()} if x {pick('>', '%', '!=')} {pick('2', '3')}]",
        lambda: f"[x * y for x in {a()} for y in {a()}]",
        lambda: f"[x - y for x, y in zip({a()}, {a()})]",
        lambda: f"[k for k, v in enumerate({a()}, {pick('0', '1')}) if v]",
        lambda: f"list(reversed({a()}))",
        lambda: f"list(map({pick('abs', 'int', 'lambda v: v * v', 'str')}, {a()}))",
        lambda: f"list(map({pick('max', 'operator.add', 'lambda p, q: p - q')}, {a()}, {a()}))",
        lambda: f"list(filter({pick('None', 'lambda v: v > 1')}, {a()}))",
        lambda: f"list({mapping(d - 1)}.values())",
        lambda: f"[*{a()}, {i()}]",
        lambda: f"[{i()}, *{rangeOf(d - 1)}]",
        lambda: f"sum([{a()}, {a()}], [])",
        lambda: f"list(itertools.accumulate({a()}{pick('', ', operator.mul', ', initial=1', ', max')}))",
        lambda: f"list(itertools.chain({a()}, {a()}))",
        lambda: f"list(itertools.chain.from_iterable([{a()}, {a()}]))",
        lambda: f"list(itertools.islice({pick('itertools.count(' + i() + ')', 'itertools.cycle(' + a() + ')', a())}, {pick('3', '1, 4', '0, 9, 2', '0')}))",
        lambda: f"list(itertools.repeat({i()}, {pick('0', '2', '3')}))",
        lambda: f"list(itertools.takewhile(lambda v: v {pick('>', '<')} {i()}, {a()}))",
        lambda: f"list(itertools.dropwhile(lambda v: v {pick('>', '<')} {i()}, {a()}))",
        lambda: f"list(itertools.starmap({pick('operator.mul', 'pow', 'max')}, zip({a()}, [1, 2, 3])))",
        lambda: f"[len(list(g)) for _, g in itertools.groupby({pick(a(), 'sorted(' + a() + ')')})]",
        lambda: f"list(itertools.compress({a()}, {things(d - 1)}))",
        lambda: f"list(dict.fromkeys({a()}))",
        lambda: f"copy.{pick('copy', 'deepcopy')}({a()})",
        lambda: f"[v for row in [{a()}, {a()}] for v in row]",
        lambda: f"[int(v) for v in {text(d - 1)}.split({pick('', repr(','), repr('x'))}) if v.isdigit()]",
        lambda: f"list({pair(d - 1)})",
        lambda: f"({a()} or {a()})",
        lambda: f"numpy.{pick('cumsum(' + a(), 'arange(5')}).tolist()",
        lambda: f"numpy.arange({i()}, {i()}, {pick('1', '2')}).tolist()",
        lambda: f"[next(it, {i()}) for it in [iter({a()}), iter([])]]",
        lambda: f"[{i()} if v else {i()} for v in {a()}]",
        lambda: f"collections.deque({a()}, maxlen={pick('2', '3', 'None')})",
    )()


def sliceText():
    return pick("1:", ":2", ":-1", "::2", "::-1", "1:3", "-2:", "5:", ":100", "-100:2", "3:1", "1:-1", ":", "2::-1", "::0", ":0")


def rangeOf(d):
    i = lambda: integer(0 if d < 1 else 1)
    return pick(
        lambda: f"range({pick('3', '5', '0', i())})",
        lambda: f"range({i()}, {pick('3', '10', i())})",
        lambda: f"range({i()}, {pick('9', '-3', '20')}, {pick('1', '2', '-1', '-2', '0', '3')})",
        lambda: f"range(10)[{pick('1:', '::2', '::-1', '2:5', '-3:')}]",
    )()


def texts(d):
    if d <= 0 or maybe(0.35):
        return "[" + ", ".join(text(0) for _ in range(R.randint(0, 4))) + "]"
    return pick(
        lambda: f"{text(d - 1)}.{pick('split', 'rsplit')}({pick('', repr('x'), repr(','), repr('_') + ', 1', repr(' ') + ', maxsplit=1', 'None')})",
        lambda: f"sorted({texts(d - 1)}{pick('', ', key=len', ', key=str.lower', ', reverse=True', ', key=lambda v: (len(v), v)')})",
        lambda: f"[v.{pick('upper', 'strip', 'title')}() for v in {texts(d - 1)}]",
        lambda: f"[f'{{n}}.{{i}}' for i, n in enumerate({texts(d - 1)})]",
        lambda: f"list({mapping(d - 1)})",
        lambda: f"list({mapping(d - 1)}.keys())",
        lambda: f"list(map(str, {ints(d - 1)}))",
        lambda: f"list({text(d - 1)})",
        lambda: f"({texts(d - 1)} + {texts(d - 1)})",
        lambda: f"[v for v in {texts(d - 1)} if v{pick('', ' != ' + text(0))}]",
        lambda: f"{text(d - 1)}.{pick('partition', 'rpartition')}({pick(repr('x'), repr(' '))})",
        lambda: f"['%s%d' % (v, i) for i, v in enumerate({texts(d - 1)})]",
        lambda: f"{texts(d - 1)}[{sliceText()}]",
        lambda: f"{text(d - 1)}.splitlines()",
    )()


def pair(d):
    if d <= 0 or maybe(0.3):
        return pick(f"({integer(0)}, {integer(0)})", f"({integer(0)},)", "()", f"({text(0)}, {integer(0)})", f"({integer(0)}, {integer(0)}, {integer(0)})")
    return pick(
        lambda: f"({anything(d - 1)}, {anything(d - 1)})",
        lambda: f"tuple({pick(ints, texts, rangeOf)(d - 1)})",
        lambda: f"({pair(d - 1)} + {pair(d - 1)})",
        lambda: f"({pair(d - 1)} * {pick('2', '0')})",
        lambda: f"{pair(d - 1)}[{sliceText()}]",
        lambda: f"divmod({number(d - 1)}, {number(d - 1)})",
        lambda: f"tuple(v for v in {pick(ints, pair)(d - 1)})",
        lambda: f"operator.itemgetter({pick('0', '0, 1', '-1, 0')})({pick(ints, pair)(d - 1)})",
        lambda: f"({integer(d - 1)},) * 2",
        lambda: f"collections.namedtuple('P', 'x y')({integer(d - 1)}, y={integer(d - 1)})",
        lambda: f"collections.namedtuple('P', ['x', 'y'], defaults=[0])({integer(d - 1)})._replace(x=1)",
        lambda: f"({floating(d - 1)}).as_integer_ratio()",
        lambda: f"math.modf({floating(d - 1)})",
        lambda: f"(*{ints(d - 1)}, {integer(0)})",
    )()


def key():
    return repr(R.choice(NAMES))


def mapping(d):
    if d <= 0 or maybe(0.3):
        return "{" + ", ".join(f"{key()}: {integer(0)}" for _ in range(R.randint(0, 4))) + "}"
    return pick(
        lambda: f"({mapping(d - 1)} | {mapping(d - 1)})",
        lambda: f"dict({mapping(d - 1)}, {R.choice(NAMES[1:])}={integer(d - 1)})",
        lambda: f"dict(zip({texts(d - 1)}, {ints(d - 1)}))",
        lambda: f"{{k: v {pick('+', '*')} 2 for k, v in {mapping(d - 1)}.items()}}",
        lambda: f"{{v: len(v) for v in {texts(d - 1)}}}",
        lambda: f"{{**{mapping(d - 1)}, {key()}: {integer(d - 1)}}}",
        lambda: f"dict.fromkeys({texts(d - 1)}, {integer(d - 1)})",
        lambda: f"dict(sorted({mapping(d - 1)}.items(){pick('', ', key=lambda kv: kv[1]', ', key=operator.itemgetter(1), reverse=True')}))",
        lambda: f"{{i: n for n, i in {mapping(d - 1)}.items()}}",
        lambda: f"dict(collections.Counter({pick(text, texts)(d - 1)}))",
        lambda: f"collections.OrderedDict([({key()}, {integer(d - 1)}), ({key()}, 2)])",
        lambda: f"dict(enumerate({texts(d - 1)}))",
        lambda: f"{mapping(d - 1)}.copy()",
        lambda: f"collections.namedtuple('P', 'x y')(1, {integer(d - 1)})._asdict()",
        lambda: f"copy.deepcopy({mapping(d - 1)})",
        lambda: "{1: 'a', True: 'b', 1.0: 'c', 0.5: 'd', None: 'e', (1, 2): 'f'}",
        lambda: f"{{({integer(0)}, {integer(0)}): {integer(0)}, {pick('None', 'True', '2.0')}: 1}}",
        lambda: f"functools.partial(dict, {R.choice(NAMES[1:])}={integer(d - 1)})({R.choice(NAMES[1:])}={integer(d - 1)})",
    )()


def numbersSet(d):
    if d <= 0 or maybe(0.4):
        return pick("set()", "{1, 2, 3}", "{0, 2}", f"set({ints(0)})", "frozenset([1, 2])", f"{{{integer(0)}, {integer(0)}}}")
    return pick(
        lambda: f"({numbersSet(d - 1)} {pick('|', '&', '-', '^')} {numbersSet(d - 1)})",
        lambda: f"set({pick(ints, rangeOf)(d - 1)})",
        lambda: f"{{x % 4 for x in {ints(d - 1)}}}",
        lambda: f"{numbersSet(d - 1)}.{pick('union', 'intersection', 'difference', 'symmetric_difference')}({ints(d - 1)})",
        lambda: f"frozenset({ints(d - 1)})",
    )()


def things(d):
    return "[" + ", ".join(anything(d - 1) for _ in range(R.randint(0, 4))) + "]"


def nested(d):
    a = lambda: ints(d - 1)
    return pick(
        lambda: f"[{a()}, {a()}]",
        lambda: f"list(zip({a()}, {pick(a(), texts(d - 1), rangeOf(0))}))",
        lambda: f"list(zip(*[{a()}, {a()}]))",
        lambda: f"list(zip({a()}, {a()}, strict=True))",
        lambda: f"list(enumerate({pick(ints, texts)(d - 1)}{pick('', ', 1', ', start=2')}))",
        lambda: f"list({mapping(d - 1)}.items())",
        lambda: f"list(itertools.product({a()}, {pick('[1, 2]', repr('ab'), a())}))",
        lambda: f"list(itertools.product([0, 1], repeat={pick('1', '2', '3')}))",
        lambda: f"list(itertools.{pick('combinations', 'permutations', 'combinations_with_replacement')}({pick('[1, 2, 3]', repr('abc'), a() + '[:3]')}, 2))",
        lambda: f"list(itertools.zip_longest({a()}, {a()}{pick('', ', fillvalue=0')}))",
        lambda: f"list(itertools.pairwise({a()}))",
        lambda: f"[[x * y for x in range(3)] for y in {a()}]",
        lambda: f"sorted({mapping(d - 1)}.items(), key=lambda kv: (-kv[1], kv[0]))",
        lambda: f"[(k, list(g)) for k, g in itertools.groupby(sorted({texts(d - 1)}, key=len), key=len)]",
        lambda: f"collections.Counter({texts(d - 1)}).most_common({pick('', '1', '2')})",
        lambda: f"[list(v) for v in itertools.tee({a()})]",
        lambda: f"[{a()}] * 2",
        lambda: f"copy.deepcopy([{a()}, {mapping(0)}])",
        lambda: f"[list(x) for x in zip(*[iter({a()})] * 2)]",
        lambda: f"list(map(list, {pick('zip(' + a() + ', ' + a() + ')', texts(0))}))",
        lambda: f"list(map(functools.partial(pow, 2), {a()}[:2]))",
        lambda: f"sorted([{pair(0)}, {pair(0)}, {pair(0)}])",
    )()


def sized(d):
    return pick(ints, texts, text, mapping, rangeOf, numbersSet, pair, nested)(d)


def anything(d):
    if maybe(0.06):
        return pick("None", "...", "True")
    return pick(integer, integer, floating, boolean, text, text, ints, ints, texts, pair, mapping, nested, rangeOf, numbersSet)(d)


# Statements that change variables: a list a, texts w, a dictionary d, a text s, a number n, a set q, a row of rows m.

def start():
    return [f"a = {ints(1)}", f"w = {texts(1)}", f"d = {mapping(1)}", f"s = {text(1)}", f"n = {number(1)}", f"q = {numbersSet(0)}", f"m = [{ints(0)}, {ints(0)}]"]


def change():
    i = lambda: integer(1)
    return pick(
        lambda: f"a.append({i()})",
        lambda: f"a.extend({pick(ints, rangeOf, pair)(1)})",
        lambda: f"a.insert({pick('0', '-1', '1', '99')}, {i()})",
        lambda: f"n = a.pop({pick('', '0', '-1', '1')})",
        lambda: f"a.{pick('reverse()', 'sort()', 'sort(reverse=True)', 'clear()', 'sort(key=abs)')}",
        lambda: f"a.remove({pick('1', '2', '3', 'a[0]')})",
        lambda: f"a[{pick('0', '-1', '1', '2')}] = {i()}",
        lambda: f"a[{sliceText()}] = {ints(1)}",
        lambda: f"del a[{pick('0', '-1', sliceText(), '1')}]",
        lambda: f"a {pick('+=', '*=')} {pick(ints(0), '2', '(1, 2)', 'range(2)')}",
        lambda: f"a += [{i()}]",
        lambda: f"n {pick('+=', '-=', '*=', '//=', '%=', '/=')} {i()}",
        lambda: f"d[{key()}] = {i()}",
        lambda: f"del d[{key()}]",
        lambda: f"n = d.pop({key()}{pick('', ', 0', ', None')})",
        lambda: f"d.setdefault({key()}, {i()})",
        lambda: f"d.update({pick(mapping(1), NAMES[1] + '=' + i(), '[(' + key() + ', 1)]')})",
        lambda: f"d |= {mapping(1)}",
        lambda: f"n = d.popitem()",
        lambda: f"d[{key()}] = d.get({key()}, 0) + 1",
        lambda: f"s {pick('+=', '*=')} {pick(text(1), '2')}",
        lambda: f"w.append({text(1)})",
        lambda: f"w.sort({pick('', 'key=len', 'reverse=True')})",
        lambda: f"q = set(q)\nq.add({i()})",
        lambda: f"q = set(q)\nq.{pick('discard', 'remove')}({i()})",
        lambda: f"q |= {numbersSet(1)}",
        lambda: f"q = set(q)\nq.update({ints(1)})",
        lambda: f"m[{pick('0', '1', '-1', '2')}].append({i()})",
        lambda: f"m[0][{pick('0', '1:', '-1')}] = {pick(i(), ints(0))}",
        lambda: f"m.append(a)\na.append({i()})",
        lambda: "b = a\nb.append(1)",
        lambda: "b = a[:]\nb.append(1)",
        lambda: "m = [[0] * 2] * 2\nm[0][1] = 5",
        lambda: "m = [[0] * 2 for _ in range(2)]\nm[0][1] = 5",
        lambda: f"for x in {pick(ints, rangeOf)(1)}:\n    a.append(x {pick('*', '+')} 2)",
        lambda: f"for i, x in enumerate(a):\n    n = n + i * x",
        lambda: f"for k, v in d.items():\n    s += f'{{k}}={{v}};'",
        lambda: f"for x, y in zip(a, {ints(1)}):\n    if x > y:\n        break\n    n = x\nelse:\n    n = -1",
        lambda: f"for x in a:\n    if x {pick('%', '>')} 2:\n        continue\n    w.append(str(x))",
        lambda: "i = 0\nwhile i < 5:\n    i += 2\n    a.append(i)",
        lambda: "def f(x, *rest, k=2, **more):\n    return (x, rest, k, more)\nn = f(1, 2, 3, z=4)",
        lambda: "n, *w = a",
        lambda: "*w, n = a",
        lambda: "n, (s, *w) = 1, ('x', 2, 3)",
        lambda: f"n, s = {pick(pair(1), ints(0))}",
        lambda: "it = iter(a)\nn = next(it, None)\nw = list(it)\na = list(it)",
        lambda: "z = zip(a, w)\nm = list(z)\nw = list(z)",
        lambda: "g = (x * n for x in [1, 2])\nm = list(g)\nw = list(g)",
        lambda: "z = map(str, a)\nn = next(z, 'none')\nw = list(z)",
        lambda: "if (k := len(a)) > 2:\n    n = k",
        lambda: "m = [y := x for x in [1, 2, 3]]\nn = y",
        lambda: "c = collections.defaultdict(list)\nfor x in a:\n    c[x % 2].append(x)\nd = dict(c)",
        lambda: "c = collections.defaultdict(int)\nfor x in w:\n    c[x] += 1\nd = dict(c)",
        lambda: "c = collections.Counter(w)\nc.update(w[:1])\nd = dict(c)\nn = c['nothing']",
        lambda: f"c = collections.deque(a, maxlen={pick('3', 'None')})\nc.append(9)\nc.appendleft(8)\nc.rotate({pick('1', '-1', '2')})\nn = c.popleft()\na = list(c)",
        lambda: f"c = collections.OrderedDict(d)\nc['z'] = 1\nc.move_to_end({key()}{pick('', ', last=False')})\nm = list(c.items())",
        lambda: f"P = collections.namedtuple('P', 'x y')\np = P({i()}, {i()})\nn = p.x + p[1]\nm = p._fields\ns = repr(p)",
        lambda: f"f = functools.partial({pick('max', 'min', 'range', 'pow')}, {i()})\nn = f({i()})",
        lambda: "c = copy.deepcopy(m)\nc[0].append(5)",
        lambda: "c = copy.copy(m)\nc[0].append(5)",
        lambda: "cfg = [64, 'M', 128, 'M']\nm = []\nc = 3\nfor v in cfg:\n    if v == 'M':\n        m += ['pool']\n    else:\n        m += [(c, v)]\n        c = v",
        lambda: "keys = d.keys()\nd['zz'] = 1\nn = len(keys)",
        lambda: f"n = max(a, key=lambda v: {pick('-v', 'v % 3', '(v % 2, v)')})",
        lambda: f"a = [v for v in a if v not in {ints(0)}]",
        lambda: f"def f(x, seen=[]):\n    seen.append(x)\n    return len(seen)\nf(1)\nn = f({i()})",
        lambda: f"def f(k):\n    for i in range(k):\n        yield i * {i()}\n        if i > 2:\n            return\nm = list(f({pick('2', '5')}))\nw = [v for v in f(2)]",
        lambda: "def f():\n    n = 1\n    def g():\n        nonlocal n\n        n += 1\n        return n\n    g()\n    return g()\nn = f()",
        lambda: f"def f(n):\n    return 1 if n < 2 else n * f(n - 1)\nn = f({pick('0', '5', '10')})",
        lambda: f"f = [lambda x, k=k: x * k for k in {ints(0)}]\nm = [g(2) for g in f]",
        lambda: "f = [lambda: k for k in range(3)]\nm = [g() for g in f]",
        lambda: f"for x in a:\n    if x in {ints(0)}:\n        a.remove(x)",
        lambda: "for x in w:\n    if len(w) < 6:\n        w.append(x + '!')",
        lambda: "for x in list(d):\n    if len(str(x)) > 1:\n        del d[x]",
        lambda: "while a:\n    x = a.pop()\n    if x == 2:\n        break\nelse:\n    n = 'none'",
        lambda: f"for i in range(3):\n    for j in range(i):\n        if i * j == {i()}:\n            break\n        m.append((i, j))",
        lambda: f"it = iter({pick(ints, texts, mapping, rangeOf)(1)})\nfor x in it:\n    n = x\n    if x:\n        break\nw = list(it)",
        lambda: "it = iter(a)\nm = [(x, next(it, None)) for x in it]",
        lambda: "it = iter(a)\nm = list(zip(it, it))",
        lambda: "it = zip(a, [1, 2, 3])\nn = 2 in (x for x, y in it)\nw = list(it)",
        lambda: f"z = enumerate(w, {pick('0', '1')})\nn = next(z, None)\nm = [*z]",
        lambda: "z = reversed(a)\na = list(z)\nw = list(z)",
        lambda: f"c = collections.Counter({texts(1)}) {pick('+', '-', '&', '|')} collections.Counter(w)\nm = list(c.items())",
        lambda: f"c = collections.Counter(a)\nc.subtract({ints(0)})\nm = sorted(c.items())\nn = sum(c.values())",
        lambda: "c = collections.Counter(s)\nm = c.most_common(2)\nw = sorted(c.elements())",
        lambda: f"c = collections.deque({ints(0)})\nc.extendleft(a)\nc.{pick('reverse()', 'clear()', 'rotate(-2)', 'append(1)', 'insert(1, 5)')}\nm = list(c)\nn = len(c)",
        lambda: f"c = dict(d)\nfor k in c:\n    c[k] = (c[k], k)\nd = c",
        lambda: f"q = set(q)\nq {pick('&=', '-=', '^=')} {numbersSet(1)}",
        lambda: f"q = set(q)\nq.{pick('intersection_update', 'difference_update', 'symmetric_difference_update')}({ints(1)})",
        lambda: f"q = d.keys() {pick('&', '|', '-')} {{'in', 'out'}}",
        lambda: f"n = slice({pick('1', 'None', '-2')}, {pick('3', 'None')})\nm = [a[n], s[n], w[n]]\nn = n.start",
        lambda: f"x = y = []\nx.append({i()})\nm = [x, y, x is y]",
        lambda: "a, w = w, a",
        lambda: "a = a and a[0]",
        lambda: "n = [] or {} or 'last'",
        lambda: f"t = (1, [2])\nt[1].append({i()})\nm = [t]",
        lambda: f"n = ({i()}, {i()}) < ({i()}, {i()})",
        lambda: f"m = sorted({pick(nested, things)(1)}, key={pick('str', 'repr', 'len', 'lambda v: (type(v).__name__, str(v))')})",
        lambda: f"class C:\n    width = {i()}\n    def __init__(self, x):\n        self.x = x\n    def __len__(self):\n        return 3\nc = C(a)\nc.x.append(C.width)\nn = (c.width, len(c.x))",
        lambda: f"s = '{{}} {{:>5}}'.format(n, {text(1)})",
        lambda: f"s = f'{{n!s:>8}}|{{len(a):03d}}|{{n == 1}}'",
        lambda: f"s = f'{{len(w)=}} {{n=!r:>6}}'",
        lambda: f"s = s[{pick('0', '-1', '1:', '::-1')}] + str(len(s))",
        lambda: "s = ''.join(sorted(s))",
        lambda: "w = [x.strip() for x in s.split(',')]",
        lambda: "d = {k: d[k] for k in sorted(d, key=str)}",
        lambda: "d = dict(sorted(((v, k) for k, v in d.items()), key=repr))",
        lambda: "m = [list(row) for row in zip(*m)]",
        lambda: "m = [x for row in m for x in (row if isinstance(row, list) else [row])]",
        lambda: f"n = {pick('sum', 'max', 'min')}(len(x) for x in w)",
        lambda: f"a = [x for x in a if {pick('x', 'x > 1', 'x in d', 'not x % 2')}][{pick(':2', '-1:', '::2')}]",
        lambda: f"a[:] = {pick('reversed(a)', 'sorted(a)', '[]', 'a * 2')}",
        lambda: f"a[{pick('::2', '1:2', '::-1')}] = {pick('[0] * len(a[::2])', '[7, 8]', 'a')}",
        lambda: f"s = {text(2)}",
        lambda: f"n = {number(2)}",
        lambda: f"a = {ints(2)}",
        lambda: f"d = {mapping(2)}",
        lambda: f"w = {texts(2)}",
    )()


IMPORTS = ["numpy", "math", "itertools", "functools", "operator", "collections", "collections.abc", "copy", "string", "typing", "numbers"]

FINISH = {
    "set": "sorted(result, key=repr)",
    "frozenset": "sorted(result, key=repr)",
    "OrderedDict": "list(result.items())",
    "Counter": "list(result.items())",
}


def program():
    """The statements of a program, the last of which sets result."""
    if maybe(0.6):
        return [f"result = {anything(R.choice([2, 2, 2, 3]))}"]
    return start() + [change() for _ in range(R.randint(1, 4))] + ["result = (a, w, d, s, n, sorted(q, key=repr), m)"]


def withImports(statements):
    body = "\n".join(statements) + "\n"
    return "".join(f"import {name}\n" for name in IMPORTS if name + "." in body) + body


def execute(statements):
    scope = {}
    exec("".join(f"import {name}\n" for name in IMPORTS), scope)
    for statement in statements:
        exec(statement, scope)
    return scope


def culprit(before, node):
    """The smallest expression within a statement that raises, and what it raises."""
    parts = [e for e in ast.walk(node) if isinstance(e, ast.expr) and isinstance(getattr(e, "ctx", ast.Load()), ast.Load)]
    for part in sorted((ast.unparse(e) for e in parts), key=len):
        scope = execute(before)
        try:
            eval(part, scope)
        except NameError:
            continue
        except Exception as error:
            return part, type(error).__name__
    return None


def run(statements):
    """A program and the value of its result; one that raises ends in asking for what raises."""
    done = []
    for statement in "\n".join(statements).split("\n"):
        if statement.startswith(" ") or statement.startswith("else:"):
            done[-1] += "\n" + statement
        else:
            done.append(statement)
    for at in range(1, len(done) + 1):
        try:
            scope = execute(done[:at])
        except Exception as error:
            before, statement = done[: at - 1], done[at - 1]
            node = ast.parse(statement).body[0]
            found = culprit(before, node)
            if found:
                return withImports([*before, f"result = {found[0]}"]), "error", found[1]
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target if isinstance(node, ast.AugAssign) else None
            if isinstance(target, ast.Subscript):
                target = target.value
            if not isinstance(target, (ast.Name, ast.Subscript)):
                return None
            name = ast.unparse(target)
            changed = eval(name, execute(before)) if isinstance(node, ast.AugAssign) or not isinstance(node.targets[0], ast.Name) else None
            if not isinstance(changed, (list, dict) if name != ast.unparse(node.target if isinstance(node, ast.AugAssign) else node.targets[0]) else object):
                return None
            return withImports([*before, statement, f"result = {name}"]), "error", type(error).__name__
    finish = FINISH.get(type(scope["result"]).__name__)
    if finish:
        done.append(f"result = {finish}")
        scope = execute(done)
    shown = repr(scope["result"])
    hidden = " at 0x" in shown or "Counter(" in shown or "OrderedDict(" in shown or len(shown) > 400
    return None if hidden else (withImports(done), "result", shown)


def answers(count, seed):
    R.seed(seed)
    for _ in range(count):
        statements = program()
        if len("\n".join(statements)) > 700:
            yield None
            continue
        signal.setitimer(signal.ITIMER_REAL, 1)
        try:
            yield run(statements)
        except (Late, SyntaxError, MemoryError, RecursionError, OverflowError, ValueError):
            yield None
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


class Late(BaseException):
    """A program takes too long."""


def late(*_):
    raise Late


def main():
    count, seed = (int(v) for v in (sys.argv[1:3] + ["5000", "1"][len(sys.argv) - 1 :]))
    if "PYTHONHASHSEED" in os.environ:
        resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31))
        signal.signal(signal.SIGALRM, late)
        for answer in answers(count, seed):
            print(json.dumps(answer))
        return
    runs = [
        subprocess.run([sys.executable, "-W", "ignore", __file__, str(count), str(seed)], env={**os.environ, "PYTHONHASHSEED": h}, capture_output=True, text=True, check=True).stdout.splitlines()
        for h in ("1", "2")
    ]
    seen = set()
    for one, other in zip(*runs):
        answer = json.loads(one)
        if answer and one == other and answer[0] not in seen:
            seen.add(answer[0])
            print(json.dumps({"program": answer[0], answer[1]: answer[2]}))


main()
