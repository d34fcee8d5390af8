"""Where the tagger computes: on which device, and with how many threads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pipeline.errors import ModelError

# torch, which takes a second to start, is imported where it is asked something.
if TYPE_CHECKING:
    import torch

Precision = Literal["auto", "fp32", "bf16"]


def choose_device(wanted: str) -> torch.device:
    """The device of that name. Raises ModelError where this machine, or this build of torch, has none."""
    import torch

    kind, _, number = wanted.partition(":")
    there = {"cpu": 1, "cuda": torch.cuda.device_count(), "mps": int(torch.backends.mps.is_available())}.get(kind, 0)
    if int(number or 0) >= there:
        what = f"torch {torch.__version__} finds {there} of {kind} on this machine"
        raise ModelError(f"device {wanted}", what, "Set train.device and ner.device to cpu, or install torch for yours")
    return torch.device(wanted)


def use_threads(number: int) -> None:
    """Compute with this many threads from now on; 0 leaves it to torch, which takes one a core."""
    if number:
        import torch

        torch.set_num_threads(number)


def choose_precision(
    wanted: Precision, capabilities: Mapping[str, Any] | None = None, device: torch.device | None = None
) -> str:
    """The arithmetic for inference. `auto` is bf16 where the processor, or the device, multiplies it natively, else
    fp32; bf16 asked for by name is used anywhere, if slowly. int8 is not offered: with torch's dynamic quantisation
    models/mini lost 2.3 to 5.2 points of F1 on its dev part, by engine and granularity."""
    if wanted != "auto":
        return wanted
    if device is not None and device.type != "cpu":
        import torch

        return "bf16" if device.type == "cuda" and torch.cuda.is_bf16_supported() else "fp32"
    has = processor() if capabilities is None else capabilities
    return "bf16" if has.get("avx512_bf16") or has.get("amx_bf16") or has.get("bf16") else "fp32"


def processor(told: Path = Path("/proc/cpuinfo")) -> Mapping[str, Any]:
    """What the processor can do, by torch's names. Linux tells it in a file, elsewhere torch is asked."""
    if told.is_file():
        lines = re.findall(r"^(?:flags|Features)\s*:(.*)$", told.read_text(encoding="utf-8"), re.MULTILINE)
        return dict.fromkeys((lines or [""])[0].split(), True)
    import torch

    return torch.cpu.get_capabilities()
