"""Writes ../src/unicode-tables.ts from the Python that runs this: python3.11 make-unicode-tables.py"""

import _sre
import sys
import unicodedata
from pathlib import Path
from re._casefix import _EXTRA_CASES

POINTS = range(0x110000)


def base36(number):
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    sign, number, text = "-" if number < 0 else "", abs(number), ""
    while True:
        number, digit = divmod(number, 36)
        text = digits[digit] + text
        if not number:
            return sign + text


def ranges(test):
    """Pairs of a gap since the last range and a length."""
    numbers, last, start = [], 0, None
    for point in range(0x110001):
        inside = point < 0x110000 and test(chr(point))
        if inside and start is None:
            start = point
        elif not inside and start is not None:
            numbers += [start - last, point - start]
            last, start = point, None
    return numbers


def mapping(convert):
    """Quadruples of a gap since the last run's start, how many, how far apart, and what to add."""
    changed = [(point, convert(point) - point) for point in POINTS if convert(point) != point]
    numbers, last, i = [], 0, 0
    while i < len(changed):
        first, delta = changed[i]
        stride = changed[i + 1][0] - first if i + 1 < len(changed) else 1
        count = 1
        while i + count < len(changed) and changed[i + count] == (first + stride * count, delta):
            count += 1
        if count == 1:
            stride = 1
        numbers += [first - last, count, stride, delta]
        last = first
        i += count
    return numbers


def table(name, comment, numbers):
    text = " ".join(map(base36, numbers))
    return f'/** {comment} */\nexport const {name} =\n  "{text}";\n'


fixes = [number for lower, others in _EXTRA_CASES.items() for other in others for number in (lower, other)]
version = ".".join(map(str, sys.version_info[:2]))
out = f"""// Made by scripts/make-unicode-tables.py with CPython {version}, Unicode {unicodedata.unidata_version}. All numbers are in base 36.
// Our own tables, because each JavaScript engine brings another version of Unicode.

"""
out += "\n".join(
    [
        table("WORD_RANGES", "`\\w`: `str.isalnum` and the underscore, as gaps and lengths.", ranges(lambda c: c == "_" or c.isalnum())),
        table("DIGIT_RANGES", "`\\d`: `str.isdecimal`, as gaps and lengths.", ranges(str.isdecimal)),
        table("SPACE_RANGES", "`\\s`: `str.isspace`, as gaps and lengths.", ranges(str.isspace)),
        table("LOWER_RUNS", "To lower case: gap since the last start, count, stride, what to add.", mapping(_sre.unicode_tolower)),
        table(
            "UPPER_RUNS",
            "To upper case, as `LOWER_RUNS`.",
            # _sre does not show its own function; it is the first character of str.upper().
            mapping(lambda point: ord(chr(point).upper()[0])),
        ),
        table("CASE_FIXES", "Pairs of lower-case letters that share an upper-case one (`re._casefix`).", fixes),
    ]
)
Path(__file__).parent.parent.joinpath("src", "unicode-tables.ts").write_text(out, encoding="utf-8")
