"""The register: complete for the states, and strict about its data files."""

import shutil
from importlib import resources
from pathlib import Path

import pycountry
import pytest

from pipeline.actors.register import build_register, load_register
from pipeline.errors import RuleError

MEMBERS_WITHOUT_ISO_STATE = {"XKX", "YUG"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the register's data files to break."""
    for file in Path(str(resources.files("pipeline.actors"))).glob("*.yaml"):
        shutil.copy(file, tmp_path)
    return tmp_path


def test_every_state_of_iso_3166_has_an_arabic_name() -> None:
    states = {actor.id for actor in load_register().actors.values() if actor.kind == "state"}
    missing = {country.alpha_3 for country in pycountry.countries} - states
    assert missing == {"ABW", "NIU"}  # their CLDR names are left out: أروبا is Europe misspelt, نيوي half a city
    assert states - {country.alpha_3 for country in pycountry.countries} == MEMBERS_WITHOUT_ISO_STATE


def test_the_bodies_and_groups_of_the_contract_are_there() -> None:
    ids = ["UN", "UNSC", "UNGA", "UNHRC", "UNOCHA", "UNESCO", "IAEA", "EU", "LAS", "AU", "NATO"]
    ids += ["HAMAS", "HEZBOLLAH", "HOUTHIS", "TALIBAN"]
    assert [id for id in ids if id not in load_register().actors] == []


def test_labels_are_arabic_names() -> None:
    actors = load_register().actors
    assert [actors[id].label for id in ("USA", "UNSC", "HAMAS", "PSE")] == [
        "الولايات المتحدة",
        "مجلس الأمن",
        "حركة حماس",
        "فلسطين",
    ]


def test_an_actor_is_one_entry_of_yaml(data: Path) -> None:
    with (data / "groups.yaml").open("a", encoding="utf-8") as file:
        file.write("NEWGROUP: {names: [جبهة الإنقاذ الجديدة]}\n")
    register = build_register(data)
    assert register.actors["NEWGROUP"].kind == "group"
    assert [entry.actor for entry in register.lexicon.get("جبهة الإنقاذ الجديدة")] == ["NEWGROUP"]


@pytest.mark.parametrize(
    ("file", "line", "says"),
    [
        ("groups.yaml", "OTHER: {names: [حزب الله]}\n", "OTHER: the name حزب الله is already HEZBOLLAH's"),
        ("bodies.yaml", "OTHER: {names: [روسيا]}\n", "the name روسيا is already RUS's in states.yaml"),
        ("states.yaml", "XXX: {names: [أطلانطس]}\n", "XXX: is no ISO 3166-1 alpha-3 code and has no label"),
        ("states.yaml", "RUS: {names: [روسيا القيصرية]}\n", "the key RUS stands here twice"),
        ("groups.yaml", "HAMAS2: {name: [شيء]}\n", "HAMAS2: unknown key name"),
        ("groups.yaml", "OTHER: {names: شيء}\n", "OTHER: names is not a list of phrases"),
        ("groups.yaml", "lower: {names: [شيء]}\n", "lower: the id is taken or not upper-case Latin"),
        ("bodies.yaml", "RUS: {names: [شيء]}\n", "RUS: the id is taken or not upper-case Latin"),
        ("people.yaml", "NOBODY: [فلان الفلاني]\n", "NOBODY: is no actor of the register"),
        ("groups.yaml", "BROKEN: {names: [شيء\n", "groups.yaml:"),
    ],
)
def test_faults_of_the_data_are_named(data: Path, file: str, line: str, says: str) -> None:
    with (data / file).open("a", encoding="utf-8") as handle:
        handle.write(line)
    with pytest.raises(RuleError) as error:
        build_register(data)
    assert file in str(error.value) and says in str(error.value)


def test_a_missing_file_is_named(data: Path) -> None:
    (data / "bodies.yaml").unlink()
    with pytest.raises(RuleError, match=r"bodies\.yaml: is not there"):
        build_register(data)
