"""Good files made bad at random: bytes as disks and transfers damage them, values as hasty or hostile hands do."""

from __future__ import annotations

import copy
import random
import re
from typing import Any

# What readers stumble over: numbers out of any range, half a character, signs that other formats read as their own.
ODD_BYTES = (
    b"\x00", b"\xff", b"\xd8\x00", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r", b"\n\n", b"\t", b"{", b"[", b"]", b"}",
    b"&a ", b"*a", b"!!python/name:os.system ", b"<<: ", b"-", b"#", b":", b'"', b"\\ud800",
    b"\xe2\x80\xa8", b"\xc2\xb2", b"9" * 30, b"9" * 5000, b"-1", b"1e999", b"NaN", b"null", b"[" * 3000, b"../", b"%",
)  # fmt: skip
ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, -(10**9), 10**30, 1.5, 1e308, "", " ", "²", "٣", "9" * 5000, "../../x",
    "\u202e", "\x00", "\ud800", "[[", "x" * 10_000, [], {}, [[]], [None], {"": {}}, {"a": {"b": []}},
)  # fmt: skip
_NUMBER = re.compile(rb"\d+")


def bytes_mutant(data: bytes, rng: random.Random) -> bytes:
    """The bytes with one to three of them changed, cut, doubled, moved, or odd ones put in."""
    for _ in range(rng.randint(1, 3)):
        at, size = rng.randrange(len(data) + 1), rng.choice((1, 2, 7, 40, 400))
        kind = rng.randrange(6)
        if kind == 0:
            data = data[:at] + rng.choice(ODD_BYTES) + data[at:]
        elif kind == 1:
            data = data[:at] + data[at + size :]
        elif kind == 2:
            data = data[: at + size] + data[at : at + size] + data[at + size :]
        elif kind == 3:
            data = data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
        elif kind == 4:
            data = data[:at]
        elif numbers := list(_NUMBER.finditer(data)):
            chosen = rng.choice(numbers)
            odd = rng.choice((b"0", b"-5", b"1000000000", b"9" * 20, b"9" * 5000, b"1.5", "²".encode()))
            data = data[: chosen.start()] + odd + data[chosen.end() :]
    return data


def value_mutant(value: Any, rng: random.Random) -> Any:
    """A value of JSON or YAML with one or two of its parts replaced, left out, doubled, renamed or exchanged."""
    value = copy.deepcopy(value)
    for _ in range(rng.randint(1, 2)):
        places = list(_places(value))
        if not places:
            return rng.choice(ODD_VALUES)
        holder, key = rng.choice(places)
        kind = rng.randrange(5)
        if kind <= 1:
            holder[key] = copy.deepcopy(rng.choice(ODD_VALUES))
        elif kind == 2:
            del holder[key]
        elif kind == 3:
            if isinstance(holder, list):
                holder.insert(key, copy.deepcopy(holder[key]))
            else:
                holder[f"{key}{rng.choice(('', 's', ' '))}x"] = holder.pop(key)
        else:
            other, place = rng.choice(places)
            holder[key], other[place] = copy.deepcopy(other[place]), copy.deepcopy(holder[key])
    return value


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) within a value."""
    found: list[tuple[Any, Any]] = []
    todo = [value]
    while todo:
        holder = todo.pop()
        keys = range(len(holder)) if isinstance(holder, list) else list(holder) if isinstance(holder, dict) else ()
        for key in keys:
            found.append((holder, key))
            todo.append(holder[key])
    return found
