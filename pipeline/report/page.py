"""One HTML file out of the template, the style, the scripts, the charting library and the data."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping
from importlib import resources
from typing import Any

# In the order in which they build on one another; together they are one script.
SCRIPTS = (
    "base.js",
    "model.js",
    "marks.js",
    "detail.js",
    "table.js",
    "happenings.js",
    "articles.js",
    "draw.js",
    "charts.js",
    "scores.js",
    "main.js",
)
# The Arabic face that the page carries: weight and file; beside them their licence.
FACES = ((400, "face/NotoNaskhArabic-Regular.woff2"), (700, "face/NotoNaskhArabic-Bold.woff2"))
_PLACE = re.compile(r"\{\{(\w+)\}\}")
# What could end a script element or open a comment in it, and what older JavaScript takes for a line end in a string.
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


class Encoded(str):
    """A value that `script_json` has made JSON of already."""


def build_page(title: str, title_ar: str, data: Mapping[str, Any], library: str) -> str:
    """The page as HTML. title, title_ar: its heading in either language; library: the script of the charting library.

    Everything in `data` is inert JSON that the scripts put into the page as text, never as markup; beyond that the
    page forbids itself the network and any script but its own, which it names by hash.
    """
    scripts = {"library": _script(library), "script": _script("\n".join(map(_asset, SCRIPTS)))}
    parts = {
        "title": html.escape(title),
        "policy": _policy(*scripts.values()),
        "style": _faces() + _asset("page.css"),
        "face_licence": html.escape(_asset("face/OFL.txt")),
        "data": _object({"title": title, "title_ar": title_ar, **data}),
        **scripts,
    }
    # One pass, so that what is filled in is never searched for places itself.
    return _PLACE.sub(lambda place: parts[place.group(1)], _asset("template.html"))


def script_json(value: object) -> str:
    """JSON that may stand in a script element: what could end the element is written as an escape of the string."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return re.sub("[<>&\u2028\u2029]", lambda unsafe: _UNSAFE[unsafe.group()], text)


def _object(values: Mapping[str, Any]) -> str:
    """As `script_json` of the whole, where some values may be encoded already."""
    parts = (value if isinstance(value, Encoded) else script_json(value) for value in values.values())
    return "{" + ",".join(f"{script_json(name)}:{part}" for name, part in zip(values, parts, strict=True)) + "}"


def _policy(*scripts: str) -> str:
    """The content security policy: nothing from outside, and only these scripts."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts
    )
    rest = "style-src 'unsafe-inline'; img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'"
    return f"default-src 'none'; script-src {hashes}; {rest}"


def _faces() -> str:
    """The rules that make the carried face known, for Arabic letters alone: Latin names and digits are the system's."""
    home = resources.files("pipeline.report").joinpath("page")
    rules = []
    for weight, name in FACES:
        data = base64.b64encode(home.joinpath(name).read_bytes()).decode()
        rules.append(
            '@font-face { font-family: "Events Naskh"; font-display: swap; '
            f"font-weight: {weight}; unicode-range: U+0600-06FF, U+200C-200F, U+FD3E-FDFA; "
            f'src: url("data:font/woff2;base64,{data}") format("woff2"); }}\n'
        )
    return "".join(rules)


def _script(text: str) -> str:
    """JavaScript that may stand in a script element, with names of its own: what would end the element, or open a
    comment, in a string of it is written as an escape of the string."""
    safe = re.sub(r"<(?=/script|!--)", r"\\x3c", text, flags=re.IGNORECASE)
    return f"(() => {{\n{safe}\n}})();"


def _asset(name: str) -> str:
    return resources.files("pipeline.report").joinpath("page", name).read_text(encoding="utf-8")
