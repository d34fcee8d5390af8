"""The measurement of growth: what is measured, and that a runaway is stopped; no test asks how fast anything is."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from pipeline import growth, segmentation
from pipeline.frames.engine import Engine
from pipeline.growth import SHAPES, benchmark, chosen, exponent, measure, text_of
from pipeline.params import Params
from pipeline.tagger.load import load_tagger
from tests.tagger.conftest import describe, make_model


@functools.cache
def engine() -> Engine:
    return Engine.configured(Params().frames)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_has_the_size_asked_for_and_goes_on_in_the_same_way(shape: str) -> None:
    small, large = text_of(shape, 3000), text_of(shape, 6000)
    assert large.startswith(small)
    for text, size in ((small, 3000), (large, 6000)):
        assert size - 500 < len(text.encode()) <= size + 10


@pytest.mark.parametrize("power", [0.5, 1, 2])
def test_the_exponent_of_a_power_is_that_power(power: float) -> None:
    assert exponent([(size, 3 * size**power) for size in (10, 20, 40, 80)]) == pytest.approx(power)
    assert exponent([(10, 1)]) is None


def test_every_part_of_the_work_is_measured() -> None:
    made = measure(text_of("vetoes, a sentence each", 300), engine(), Params(), 30)
    assert set(made.seconds) == {"segment", "frames", "events", "tables"} and not made.failed
    assert made.size == len(text_of("vetoes, a sentence each", 300).encode())


def test_a_taggers_part_is_measured_where_there_is_one(tmp_path: Path) -> None:
    make_model(tmp_path, seed=3)
    describe(tmp_path, context=64)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        made = measure(text_of("sentences", 600), engine(), Params(), 60, load_tagger(tmp_path))
    finally:
        torch.set_num_threads(threads)
    assert list(made.seconds) == ["segment", "ner", "frames", "events", "tables"] and not made.failed


def busy(*_: Any) -> None:
    while True:
        pass


def greedy(*_: Any) -> None:
    raise MemoryError


def deep(*_: Any) -> None:
    deep()


@pytest.mark.parametrize(("work", "told"), [(busy, "over 1 s"), (greedy, "MemoryError"), (deep, "RecursionError")])
def test_what_takes_too_much_is_stopped_and_told(
    work: Callable[..., None], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segmentation, "segment", work)
    assert measure("خبر", engine(), Params(), 1).failed == told


def test_a_line_a_shape_and_what_came_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Engine, "configured", lambda _: engine())
    monkeypatch.setattr(growth, "_TELLING_SECONDS", 0)
    head, *lines, last = benchmark(["commas", "sentences"], 8000, Params(), 30)
    assert "1.0 kB     2.0 kB     4.0 kB     8.0 kB" in head
    assert [line.split()[0] for line in lines] == ["commas", "sentences"]
    assert all("MB" in line and line.split()[-1] in {"segment", "frames", "events", "tables"} for line in lines)
    assert last.startswith(("2 of 2", "1 of 2", "0 of 2")) and "exponent below 1.3, 10 s and 500 MB" in last


def test_sizes_above_one_that_failed_are_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Engine, "configured", lambda _: engine())
    tried: list[int] = []

    def fails(text: str, *_: Any) -> growth.Measured:
        tried.append(len(text))
        return growth.Measured(len(text), {}, 0.0, "killed" if len(tried) == 2 else "")

    monkeypatch.setattr(growth, "measure", fails)
    *_, line, last = benchmark(["commas"], 800, Params(), 30)
    assert len(tried) == 2 and "killed" in line and last.startswith("0 of 1")


def test_shapes_are_chosen_by_how_their_names_begin() -> None:
    assert chosen(["brackets", "tag"]) == ["brackets", "brackets of two kinds", "tags"]
    assert chosen([]) == list(SHAPES) and chosen(["none"]) == []
