"""YAML whose values know their line, so that an error about a label can name it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import GoldError
from pipeline.sources import BaseLoader, read_yaml


class Text(str):
    """A scalar of the YAML file that knows its line."""

    line: int


class List(list[Any]):
    """A list of the YAML file that knows its line."""

    line: int


class Map(dict[str, Any]):
    """A mapping of the YAML file that knows its line."""

    line: int


class _Loader(BaseLoader):
    """Every scalar stays text as written: no dates, no octal numbers, no `no` for false."""

    def construct_scalar(self, node: yaml.ScalarNode) -> str:
        value = Text(super().construct_scalar(node))
        value.line = node.start_mark.line + 1
        return value

    def construct_sequence(self, node: yaml.SequenceNode, deep: bool = False) -> List:
        value = List(self.construct_object(child, deep=True) for child in node.value)
        value.line = node.start_mark.line + 1
        return value

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Map:
        value = Map()
        value.line = node.start_mark.line + 1
        for key, child in node.value:
            value[self.construct_object(key, deep=True)] = self.construct_object(child, deep=True)
        return value

    def construct_unknown(self, node: yaml.Node) -> Any:
        raise yaml.MarkedYAMLError(problem=f"the tag {node.tag} means nothing here", problem_mark=node.start_mark)


_Loader.add_constructor("tag:yaml.org,2002:str", _Loader.construct_scalar)
_Loader.add_constructor("tag:yaml.org,2002:seq", _Loader.construct_sequence)
_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.construct_mapping)
_Loader.add_constructor(None, _Loader.construct_unknown)


def load_yaml(path: Path) -> Any:
    """The file's content as Text, Lists and Maps. Raises GoldError naming the line where it is not YAML, or not as a
    person would write it (see sources.read_yaml)."""
    return read_yaml(path, GoldError, _Loader, "Quote words that hold : # [ ] or quotes")
