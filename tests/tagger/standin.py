"""A stand-in for the model hub on loopback: as much of its protocol as huggingface_hub asks of it."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from huggingface_hub import constants


class Hub:
    """Serves repositories: {"owner/name": (commit, folder)}. `asked` lists the files that were sent."""

    def __init__(self) -> None:
        self.repositories: dict[str, tuple[str, Path]] = {}
        self.asked: list[str] = []
        self.address = ""

    def __enter__(self) -> Hub:
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                self._answer(body=False)

            def do_GET(self) -> None:
                self._answer(body=True)

            def log_message(self, *_: object) -> None:
                pass

            def _answer(self, body: bool) -> None:
                owner, name, *rest = self.path.removeprefix("/api/models").split("?")[0].strip("/").split("/")
                commit, folder = hub.repositories.get(f"{owner}/{name}", ("", Path()))
                if not commit:
                    return self._send(401, {"X-Error-Code": "RepoNotFound"})
                if self.path.startswith("/api/"):
                    told = json.dumps({"id": f"{owner}/{name}", "sha": commit, "siblings": []}).encode()
                    return self._send(200, {"Content-Type": "application/json"}, told, body)
                revision, file = rest[1], "/".join(rest[2:])
                if revision not in (commit, "main"):
                    return self._send(404, {"X-Error-Code": "RevisionNotFound"})
                if not (folder / file).is_file():
                    return self._send(404, {"X-Error-Code": "EntryNotFound", "X-Repo-Commit": commit})
                content = (folder / file).read_bytes()
                if body:
                    hub.asked.append(file)
                etag = hashlib.sha256(content).hexdigest()
                self._send(200, {"X-Repo-Commit": commit, "ETag": f'"{etag}"'}, content, body)

            def _send(self, status: int, headers: dict[str, str], content: bytes = b"", body: bool = False) -> None:
                self.send_response(status)
                for key, value in headers.items():
                    self.send_header(key, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if body:
                    self.wfile.write(content)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def reached_by(hub_address: str, cache: Path, patch: pytest.MonkeyPatch, offline: bool = False) -> Iterator[None]:
    """Point huggingface_hub at an address and an empty cache of its own."""
    with patch.context() as changed:
        changed.setattr(constants, "ENDPOINT", hub_address)
        changed.setattr(
            constants, "HUGGINGFACE_CO_URL_TEMPLATE", hub_address + "/{repo_id}/resolve/{revision}/{filename}"
        )
        changed.setattr(constants, "HF_HUB_CACHE", str(cache))
        changed.setattr(constants, "HF_HUB_OFFLINE", offline)
        # Between tries at an address that does not answer it waits, seconds each time.
        changed.setattr("huggingface_hub.utils._http.time.sleep", lambda seconds: None)
        yield
