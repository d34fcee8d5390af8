"""Numbers spelled out at random: either gender, any case, the spellings newsrooms use, agreement or none.

Written apart from the reader's lexicon, from Ryding, A Reference Grammar of Modern Standard Arabic (2005), ch. 15.
"""

from random import Random

_UNITS = {
    1: ["واحد", "واحدة"],
    2: ["اثنان", "اثنين", "اثنتان", "اثنتين"],
    3: ["ثلاثة", "ثلاث"],
    4: ["أربعة", "أربع", "اربعة"],
    5: ["خمسة", "خمس"],
    6: ["ستة", "ست", "سته"],
    7: ["سبعة", "سبع"],
    8: ["ثمانية", "ثماني", "ثمان"],
    9: ["تسعة", "تسع"],
}
_BEFORE_TEN = {**_UNITS, 1: ["أحد", "إحدى", "احدى"], 2: ["اثنا", "اثني", "اثنتا", "اثنتي", "إثنا"]}
_TENS = {2: "عشر", 3: "ثلاث", 4: "أربع", 5: "خمس", 6: "ست", 7: "سبع", 8: "ثمان", 9: "تسع"}
_SCALES = [
    (1_000_000, ["مليون", "مليونا", "مليوناً"], ["مليونان", "مليونين"], ["ملايين"]),
    (1_000, ["ألف", "ألفا", "ألفاً"], ["ألفان", "ألفين"], ["آلاف"]),
]


def spelled(value: int, random: Random) -> str:
    """`value`, from 1 to 999,999,999, in words."""
    parts = []
    for size, singular, dual, plural in _SCALES:
        count, value = divmod(value, size)
        if count == 1:
            parts.append(singular[0])
        elif count == 2:
            parts.append(random.choice(dual))
        elif count:
            parts.append(f"{_below_thousand(count, random)} {random.choice(plural if count <= 10 else singular)}")
    if value:
        parts.append(_below_thousand(value, random))
    return _joined(parts, random)


def _below_thousand(value: int, random: Random) -> str:
    hundreds, value = divmod(value, 100)
    parts = []
    if hundreds:
        hundred = random.choice(["مئة", "مائة"])
        if hundreds == 1:
            parts.append(hundred)
        elif hundreds == 2:
            parts.append(hundred[:-1] + random.choice(["تان", "تين"]))
        else:
            unit = {8: "ثمان", **{n: forms[1] for n, forms in _UNITS.items() if n != 8}}[hundreds]
            parts.append(unit + random.choice(["", " "]) + hundred)
    if value:
        parts.append(_below_hundred(value, random))
    return _joined(parts, random)


def _below_hundred(value: int, random: Random) -> str:
    tens, unit = divmod(value, 10)
    if tens == 0:
        return random.choice(_UNITS[unit])
    if tens == 1:
        ten = random.choice(["عشر", "عشرة"])
        return f"{random.choice(_BEFORE_TEN[unit])} {ten}" if unit else ten
    written = _TENS[tens] + random.choice(["ون", "ين"])
    return _joined([random.choice(_UNITS[unit]), written], random) if unit else written


def _joined(parts: list[str], random: Random) -> str:
    return random.choice([" و", " و "]).join(parts)
