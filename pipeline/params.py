"""params.yaml, typed. Unknown keys and wrong types are refused with the key's name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipeline.errors import ParamsError
from pipeline.records import Modality
from pipeline.sources import read_yaml

T = TypeVar("T")


def _unlike(values: list[T]) -> list[T]:
    """The list, where nothing is in it twice."""
    for value in values:
        if values.count(value) > 1:
            raise ValueError(f"{value} is listed twice")
    return values


def _some(values: list[T]) -> list[T]:
    """The list, where anything is in it."""
    if not values:
        raise ValueError("is empty, so that nothing would be done; name at least one")
    return values


Split = Literal["train", "dev", "test"]
Device = Annotated[str, Field(pattern=r"^(cpu|mps|cuda(:[0-9]{1,2})?)$")]
Listed = Annotated[list[T], AfterValidator(_unlike)]


class Section(BaseModel):
    """Base of all sections."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Columns(Section):
    """The columns of tables of articles by what they hold; carry: further ones that every event is to have."""

    id: str = "id"
    text: str = "text"
    title: str = "title"
    published: str = "published"
    outlet: str = "outlet"
    url: str = "url"
    language: str = "language"
    carry: Listed[str] = []


class Ingest(Section):
    on_bad_article: Literal["stop", "skip"] = "stop"
    max_megabytes: float = Field(10, gt=0)
    columns: Columns = Columns()


class Segment(Section):
    max_sentence_chars: int = Field(5000, ge=100)
    max_headline_chars: int = Field(180, ge=20)


class Train(Section):
    base: str = "mini"
    epochs: int = Field(5, ge=0)
    learning_rate: float = Field(5e-5, gt=0)
    batch_tokens: int = Field(1024, ge=512)
    average: float = Field(0.95, ge=0, lt=1)
    patience: int = Field(4, ge=1)
    seed: int = 13
    device: Device = "cpu"
    threads: int = Field(0, ge=0)
    fit_on: Listed[Split] = ["train"]
    stop_on: Listed[Split] = ["dev"]

    @model_validator(mode="after")
    def _splits_apart(self) -> Self:
        both = sorted({*self.fit_on} & {*self.stop_on})
        if both:
            raise ValueError(f"{both[0]} is in fit_on and in stop_on, so training would never see a reason to stop")
        return self


class Ner(Section):
    precision: Literal["auto", "fp32", "bf16"] = "auto"
    batch_tokens: int = Field(1024, ge=512)
    min_score: float = Field(0.0, ge=0, le=1)
    device: Device = "cpu"
    threads: int = Field(0, ge=0)


class Frames(Section):
    types: Annotated[Listed[str], AfterValidator(_some)] = ["veto", "vote_tally", "ceasefire_call"]
    rules_off: Listed[str] = []
    dates: Literal["resolve", "words"] = "resolve"
    use_entities: bool = True


class Events(Section):
    window: int = Field(40, ge=1)
    modalities: Listed[Modality] = ["actual", "threatened", "hypothetical", "negated", "called_for"]


class Happenings(Section):
    news_days: int = Field(4, ge=0, le=31)
    call_days: int = Field(7, ge=0, le=366)
    evidence: float = Field(0.0, ge=-20, le=40)


class Tables(Section):
    undated: Literal["leave", "published"] = "leave"


class Evaluate(Section):
    splits: Annotated[Listed[Split], AfterValidator(_some)] = ["dev", "test"]
    bootstrap: int = Field(1000, ge=0)
    seed: int = 13


class Report(Section):
    title: str = "Political events in Arabic news"
    title_ar: str = "أحداث سياسية في الأخبار العربية"


class Params(Section):
    """All of params.yaml. Every section and key has a default, so a caller may give only what differs."""

    ingest: Ingest = Ingest()
    segment: Segment = Segment()
    train: Train = Train()
    ner: Ner = Ner()
    frames: Frames = Frames()
    events: Events = Events()
    happenings: Happenings = Happenings()
    tables: Tables = Tables()
    evaluate: Evaluate = Evaluate()
    report: Report = Report()


def load_params(path: Path = Path("params.yaml")) -> Params:
    """Read and check params.yaml. Raises ParamsError naming the file and the key, or the line where YAML is broken."""
    if not path.exists():
        raise ParamsError(path, "is not there", "Run from the project's root, or name the file")
    raw = read_yaml(path, ParamsError, do="Compare with params.yaml of the last commit")
    try:
        return Params.model_validate({} if raw is None else raw)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"])) or "the file"
        raise ParamsError(path, f"{key}: {first['msg']}", "See the comments in params.yaml") from error


def named_columns(words: str, base: Columns) -> Columns:
    """`base` with the columns that a caller names, as in id=number,text=body,carry=country+desk. Raises ParamsError for
    a pair that means nothing."""
    named: dict[str, str | list[str]] = {}
    for pair in filter(None, words.split(",")):
        key, _, column = (part.strip() for part in pair.partition("="))
        if key not in Columns.model_fields or not column:
            known = ", ".join(Columns.model_fields)
            raise ParamsError(f"--columns {pair}", "names no column", f"Write ROLE=COLUMN; the roles are {known}")
        named[key] = column.split("+") if key == "carry" else column
    return base.model_copy(update=named)
