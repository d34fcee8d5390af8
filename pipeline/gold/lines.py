"""YAML whose values know their line, so that an error about a label can name it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import GoldError


class Text(str):
    """A scalar of the YAML file that knows its line."""

    line: int


class Map(dict[str, Any]):
    """A mapping of the YAML file that knows its line."""

    line: int


class _Loader(yaml.BaseLoader):
    """Every scalar stays text as written: no dates, no octal numbers, no `no` for false."""

    def construct_scalar(self, node: yaml.ScalarNode) -> str:
        value = Text(super().construct_scalar(node))
        value.line = node.start_mark.line + 1
        return value

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Map:  # type: ignore[override]
        value = Map()
        value.line = node.start_mark.line + 1
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in value:
                raise yaml.MarkedYAMLError(problem=f"the key {key} stands twice", problem_mark=key_node.start_mark)
            value[key] = self.construct_object(value_node, deep=True)
        return value


_Loader.add_constructor("tag:yaml.org,2002:str", _Loader.construct_scalar)
_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.construct_mapping)


def load_yaml(path: Path) -> Any:
    """The file's content as Text, lists and Maps. Raises GoldError naming the line where it is not YAML."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise GoldError(
            f"{path}:{line}", error.problem or "is not YAML", "Quote words that hold : # [ ] or quotes"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(path, f"cannot be read: {error}", "Write it as UTF-8") from error
