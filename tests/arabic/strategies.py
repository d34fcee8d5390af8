"""Texts to try: any Unicode, and text dense in what news pages hold."""

from hypothesis import strategies as st

_ARABIC = st.characters(min_codepoint=0x0600, max_codepoint=0x06FF)
_PRESENTATION = st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFC, exclude_categories=("Cn",))
_CONTROL = st.sampled_from("\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u2066\u2069\ufeff\u00ad\u0640\u064b\u0651\u0670")
_COMMON = st.sampled_from(" \n\u00a0.,،:-/%0٣۴")
TEXT = st.text(st.one_of(st.characters(), _ARABIC, _PRESENTATION, _CONTROL, _COMMON)) | st.text()
