"""What sector an actor is of: government, legislature, military, rebels, an organisation of states …; sectors.yaml."""

from __future__ import annotations

from pipeline.actors.register import load_register
from pipeline.records import Filler
from pipeline.tables.codes import load_codes
from pipeline.tables.organs import organ, sectors


def sector(filler: Filler) -> str | None:
    """The sector of who fills a slot, None where the register does not know them."""
    known = load_register().actors.get(filler.actor or "")
    if known is None:
        return None
    if known.kind == "body":
        return "NGO" if filler.actor in load_codes().ngos else "IGO"
    if known.kind == "group":
        return str(sectors()["groups"].get(filler.actor, "REB"))
    return organ(filler.text) or "GOV"
