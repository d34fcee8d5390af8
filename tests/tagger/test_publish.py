from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline.errors import ModelError
from pipeline.tagger import publish


class _Api:
    """Takes what would be uploaded."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict]] = []

    def create_repo(self, repository: str, **options: object) -> None:
        self.calls.append((repository, options))

    def upload_folder(self, **options: object) -> SimpleNamespace:
        self.calls.append(("upload", options))
        return SimpleNamespace(commit_url="commit-address")


def test_a_folder_goes_up_as_one_commit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    api = _Api()
    monkeypatch.setattr(publish, "HfApi", lambda: api)
    assert publish.publish(folder, "someone/model", private=True) == "commit-address"
    assert api.calls[0] == ("someone/model", {"private": True, "exist_ok": True})
    assert api.calls[1][1]["folder_path"] == folder


def test_what_is_no_model_is_not_pushed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    api = _Api()
    monkeypatch.setattr(publish, "HfApi", lambda: api)
    with pytest.raises(ModelError, match=r"holds no tagger\.json"):
        publish.publish(tmp_path, "someone/model", private=True)
    assert api.calls == []


def test_a_refusal_of_the_hub_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ConnectionError("no route")

    api = _Api()
    monkeypatch.setattr(api, "create_repo", refuse)
    monkeypatch.setattr(publish, "HfApi", lambda: api)
    with pytest.raises(ModelError, match="hf auth login"):
        publish.publish(folder, "someone/model", private=True)
