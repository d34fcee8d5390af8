"""The loop against the real Label Studio: a project with our configuration, our tasks, annotations submitted, exported.

Needs the `label-studio` program, from the extra of that name or an environment of its own: on the PATH, or named by the
variable LABEL_STUDIO. It runs on the loopback interface with a data folder that is thrown away.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from pipeline.gold.exchange import Format, export
from pipeline.gold.studio_import import read_export
from tests.gold.example import NAME, TEXT, example

PROGRAM = os.environ.get("LABEL_STUDIO") or shutil.which("label-studio")
TOKEN = "0123456789abcdef0123456789abcdef01234567"
START_SECONDS = 600

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PROGRAM, reason="label-studio is not installed; see the extra of that name"),
]


class Studio:
    """Label Studio's HTTP interface."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}"
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Token {TOKEN}"

    def up(self) -> bool:
        try:
            return self.session.get(f"{self.root}/health", timeout=5).ok
        except requests.ConnectionError:
            return False

    def call(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.session.request(method, self.root + path, json=body, timeout=60)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text[:500]}"
        return answer.json()


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    folder = tmp_path_factory.mktemp("studio")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "COLLECT_ANALYTICS": "false",
        "LABEL_STUDIO_BASE_DATA_DIR": str(folder),
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
    }
    arguments = ["--internal-host", "127.0.0.1", "--port", str(port), "--data-dir", str(folder), "--no-browser"]
    arguments += ["--username", "me@example.org", "--password", "not a secret", "--user-token", TOKEN]
    with (folder / "log.txt").open("wb") as log:
        server = subprocess.Popen(
            [str(PROGRAM), "start", *arguments], env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            client = Studio(port)
            until = time.monotonic() + START_SECONDS
            while not client.up():
                said = (folder / "log.txt").read_text(errors="replace")[-2000:]
                assert server.poll() is None and time.monotonic() < until, f"Label Studio did not start:\n{said}"
                time.sleep(1)
            yield client
        finally:
            server.terminate()
            server.wait(timeout=30)


def test_the_loop_through_the_real_server(studio: Studio, tmp_path: Path) -> None:
    draft = example(tmp_path)
    tasks, config = export(Format.studio, [draft], {NAME: TEXT}, tmp_path / "out")
    project = studio.call(
        "POST", "/api/projects", {"title": "Events", "label_config": config.read_text(encoding="utf-8")}
    )
    number = project["id"]
    told = studio.call("POST", f"/api/projects/{number}/import", json.loads(tasks.read_text(encoding="utf-8")))
    assert (told["task_count"], told["prediction_count"]) == (1, 1)

    (task,) = studio.call("GET", f"/api/tasks?project={number}&fields=all")["tasks"]
    result = studio.call("GET", f"/api/tasks/{task['id']}")["predictions"][0]["result"]
    for region in result:
        if region.get("id") == "entity-2":  # what a selection from right to left does
            region["value"]["start"] += 1
            region["value"]["end"] += 1
    studio.call("POST", f"/api/tasks/{task['id']}/annotations", {"result": result, "lead_time": 3.5})

    path = tmp_path / "export.json"
    exported = studio.call("GET", f"/api/projects/{number}/export?exportType=JSON")
    path.write_text(json.dumps(exported, ensure_ascii=False), encoding="utf-8")
    (gold,), _ = read_export(path, {NAME: TEXT})
    assert gold.annotator.startswith("label-studio:")
    assert gold.model_copy(update={"annotator": draft.annotator}) == draft
