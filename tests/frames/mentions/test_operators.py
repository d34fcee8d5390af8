"""What the verbs above a telling make of it, composed from the trigger upward."""

from __future__ import annotations

import pytest

from tests.frames.reading import events

VETO = "الفيتو ضد مشروع القرار"


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        (f"أكد المندوب أن روسيا استخدمت {VETO}", "actual"),
        (f"نجحت روسيا في استخدام {VETO}", "actual"),
        (f"كادت روسيا تستخدم {VETO}", "negated"),
        (f"امتنعت روسيا عن استخدام {VETO}", "negated"),
        (f"نفت روسيا أنها استخدمت {VETO}", "negated"),
        (f"هددت روسيا باستخدام {VETO}", "threatened"),
        (f"تتوقع باريس أن تستخدم روسيا {VETO}", "threatened"),
        (f"خشيت باريس أن تستخدم روسيا {VETO}", "hypothetical"),
        # Two of them: the threat is what was denied.
        (f"نفت بكين أنها هددت باستخدام {VETO}", "negated"),
    ],
)
def test_a_governor_says_whether_it_happened(text: str, modality: str) -> None:
    assert {event.modality for event in events(text, ["veto"])} == {modality}
