"""Files that people write or send, read within bounds: a plain file, not too large, UTF-8, and the form that it claims.

Whatever is wrong is one error of the caller's kind that names the file and, where there is one, the line; nothing of a
file is ever run, and no file can make its reader hang or fill the memory.
"""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import PipelineError

Kind = type[PipelineError]

MEGABYTE = 1_000_000
# YAML that people write: the longest of ours has 120 kB. Aliases count as often as they are used.
_YAML_BYTES = 4 * MEGABYTE
_YAML_NODES = 500_000
_JSON_BYTES = 512 * MEGABYTE


def read_bytes(path: Path, kind: Kind, limit: int) -> bytes:
    """The content of a plain file. Raises `kind` where it is not there, is no file, cannot be read or is larger than
    `limit` bytes."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise kind(path, "is no file", "Name a file, no folder and no device")
        if found.st_size > limit:
            what = f"has {found.st_size / MEGABYTE:.1f} megabytes, more than the {limit / MEGABYTE:g} that are read"
            raise kind(path, what, "Split it, if it is what it should be")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise kind(path, "is not there", "Name a file that is, or put it back") from error
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        raise kind(path, f"cannot be read: {getattr(error, 'strerror', None) or error}", "Check its rights") from error


def read_text(path: Path, kind: Kind, limit: int = _JSON_BYTES) -> str:
    """The text of a UTF-8 file; a byte-order mark before it, as editors under Windows leave it, is passed over. Raises
    `kind` as `read_bytes` does, and naming the line of what is no UTF-8."""
    data = read_bytes(path, kind, limit)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"is not UTF-8: byte 0x{data[error.start]:02x} at byte {error.start}"
        raise kind(f"{path}:{line}", what, "Save it as UTF-8") from error


def read_json(path: Path, kind: Kind, limit: int = _JSON_BYTES) -> Any:
    """The value of a JSON file. Raises `kind` naming the line of what is no JSON, of a key given twice, and of half a
    character (a lone surrogate) in a string."""
    text = read_text(path, kind, limit)
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        raise kind(f"{path}:{error.lineno}", f"is no JSON: {error.msg}", "Export or restore it again") from error
    except UnicodeEncodeError as error:
        half = f"\\u{ord(error.object[error.start]):04x}"
        line = next((n for n, row in enumerate(text.split("\n"), 1) if half in row.lower()), 1)
        what = f"holds half a character, {half}, which is no text"
        raise kind(f"{path}:{line}", what, "Export it again from a tool that writes whole characters") from error
    except RecursionError as error:
        raise kind(path, "is nested too deeply to be read", "Export or restore it again") from error
    except ValueError as error:
        raise kind(path, f"is no JSON: {_short(error)}", "Export or restore it again") from error
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON, no key of which is given twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


# The parser in C is ten times as fast; PyYAML has it wherever it was built with libyaml, as its wheels are.
SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
BaseLoader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_yaml(path: Path, kind: Kind, loader: Any = SafeLoader, do: str = "Mend the YAML there") -> Any:
    """The value of a YAML file of one document. Raises `kind` naming the line of what is no YAML, of a key given twice
    or that is no word, of aliases that hold themselves or that add up to more than a person would write."""
    text = read_text(path, kind, _YAML_BYTES)
    reader = None
    try:
        reader = loader(text)
        node = reader.get_single_node()
        if node is None:
            return None
        _check_nodes(node)
        return reader.construct_document(node)
    except _Refused as error:
        raise kind(f"{path}:{error.line}", str(error.problem), do) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # What is missing at the end is told of the line after it.
        line = min(mark.line + 1, max(1, len(text.splitlines()))) if mark else 1
        raise kind(f"{path}:{line}", f"is not YAML: {_problem(error)}", do) from error
    except yaml.YAMLError as error:  # a character that YAML does not take, at `position`
        line = text.count("\n", 0, max(0, getattr(error, "position", 0))) + 1
        raise kind(f"{path}:{line}", f"is not YAML: {_short(error)}", do) from error
    except RecursionError as error:
        raise kind(path, "is not YAML that can be read: it is nested too deeply", do) from error
    except (ValueError, OverflowError) as error:  # a date that is none, such as 2024-02-31
        raise kind(path, f"is not YAML: {_short(error)}", do) from error
    finally:
        if reader is not None:
            reader.dispose()


class _Refused(yaml.MarkedYAMLError):
    """YAML as such, but not as anybody should write it."""

    line = 1


def _problem(error: yaml.MarkedYAMLError) -> str:
    """What PyYAML has against a file, in a line."""
    return _short(error.problem or error.context or "it cannot be understood")


def _short(what: object) -> str:
    """The first line of a library's message."""
    lines = str(what).strip().splitlines() or [type(what).__name__]
    return lines[0][:200]


def _check_nodes(root: yaml.Node) -> None:
    """Raise _Refused for a key given twice, one that is no scalar, and for aliases without end or measure."""
    sizes: dict[int, int] = {}
    open_nodes: set[int] = set()
    todo: list[tuple[yaml.Node, bool]] = [(root, False)]
    while todo:
        node, done = todo.pop()
        children = _children(node)
        if done:
            open_nodes.discard(id(node))
            sizes[id(node)] = 1 + sum(sizes[id(child)] for child in children)
            if sizes[id(node)] > _YAML_NODES:
                raise _wrong(f"holds more than {_YAML_NODES:,} values, aliases counted as often as used", node)
            continue
        if id(node) in sizes:
            continue
        if isinstance(node, yaml.MappingNode):
            _check_keys(node)
        open_nodes.add(id(node))
        todo.append((node, True))
        for child in children:
            if id(child) in open_nodes:
                raise _wrong("an alias stands within what it names", child)
            todo.append((child, False))


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _check_keys(node: yaml.MappingNode) -> None:
    seen = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _wrong("a key should be a word", key)
        if (key.tag, key.value) in seen and key.tag != "tag:yaml.org,2002:merge":
            raise _wrong(f"the key {key.value} stands here twice", key)
        seen.add((key.tag, key.value))


def _wrong(problem: str, node: yaml.Node) -> _Refused:
    error = _Refused(problem=problem)
    error.line = node.start_mark.line + 1
    return error
