"""Files of models made sure of: hashes, tensors out of a .bin without running any of it, and faults of the libraries
that read them as errors of ours."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import ModelError

WEIGHTS = "model.safetensors"
# The tensors of a .bin together are about as large as the file; tied ones count twice, views of one number thousands of
# times over are meant to fill the memory.
_MOST_TIMES_ITS_FILE = 4
_HEADROOM = 1_000_000


def file_sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_files(folder: Path, expected: Mapping[str, str], by: str, do: str) -> None:
    """Raise ModelError for the first file of `folder` that is not there or not what it was. expected: file name →
    SHA-256, as `by` wrote it down."""
    for name, digest in sorted(expected.items()):
        path = folder / name
        if not path.is_file():
            raise ModelError(folder, f"holds no {name}, which {by} wrote down", do)
        if (found := file_sha256(path)) != digest:
            what = f"is not the file that {by} wrote down: SHA-256 {found[:12]}…, expected {digest[:12]}…"
            raise ModelError(path, what, do)


@contextmanager
def damaged(path: Path, do: str) -> Iterator[None]:
    """Whatever a library raises over a file that is not what it should be, as one ModelError that names the file.

    Readers of foreign formats raise anything at all over damaged bytes: KeyError, struct.error, OverflowError; and
    tokenizers, written in Rust, a panic, which is no Exception."""
    try:
        yield
    except ModelError:
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__module__ != "pyo3_runtime":
            raise
        lines = str(error).strip().splitlines()
        told = f"{type(error).__name__}: {lines[0][:200]}" if lines else type(error).__name__
        raise ModelError(path, f"cannot be loaded: {told}", do) from error


def to_safetensors(source: Path, target: Path) -> None:
    """Turn a .bin of tensors into safetensors. Raises ModelError where it holds anything but tensors, or is damaged;
    nothing of it is run."""
    import torch  # takes a second; who asks for a hash alone needs none
    from safetensors.torch import save_file

    do = "Nothing of it was run; choose another file"
    try:
        with damaged(source, do):
            state = torch.load(source, map_location="cpu", weights_only=True)
    except ModelError as error:
        raise ModelError(source, f"holds more than tensors, or is damaged ({error.what})", do) from error.__cause__
    if not isinstance(state, Mapping) or not state:
        raise ModelError(source, "is not a plain table of tensors", "Choose a file of model weights")
    for key, value in state.items():
        plain = isinstance(value, torch.Tensor) and value.layout == torch.strided and not value.is_quantized
        if not isinstance(key, str) or not plain or value.is_meta:
            raise ModelError(source, "is not a plain table of tensors", "Choose a file of model weights")
    size = sum(value.numel() * value.element_size() for value in state.values())
    if size > _MOST_TIMES_ITS_FILE * source.stat().st_size + _HEADROOM:
        raise ModelError(source, f"says that it holds {size:,} bytes, far more than the file has", do)
    with damaged(source, do):
        save_file({key: value.contiguous().clone() for key, value in state.items()}, target, metadata={"format": "pt"})
