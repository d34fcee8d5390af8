"""Office noun phrases: a head (وزير, سفيرة, حكومة) with its complements, resolved to the actor it speaks for.

A phrase is read from left to right as [head] [glue]* [owner] [trailing]* [post]* [purpose]. The owner is an adjective
that agrees in definiteness, a genitive behind a word without the article (a definite noun takes none, so that in
"دعا الرئيس روسيا" the president and Russia stay apart), or what a preposition of the head brings in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from pipeline.actors.lexicon import Entry, Form, Head, Match, nominal_readings, preposition
from pipeline.actors.reader import Phrase, Reader
from pipeline.arabic.clitics import ARTICLE
from pipeline.arabic.normalise import fold

_GENITIVES = frozenset({"name", "capital", "body", "group", "epithet", "person", "parliament", "office"})
_PLACES = frozenset({"name", "capital", "body"})
_AT = frozenset(map(fold, ("لدى", "في", "إلى", "عند")))
_NOT_NOUNS = frozenset(map(fold, ("الذي", "التي", "الذين", "اللذين", "اللتين", "اللواتي", "الآن", "اليوم")))
# No list knows all portfolios (وزير الثروة السمكية); one unknown noun and one adjective to it are let through.
_UNKNOWN = 2
# "رفيع المستوى" qualifies an indefinite head too.
_RANK_OF = fold("مستوى")
_EACH_OF = [["كل", "من"], ["كلا", "من"]]
_IN = frozenset(map(fold, ("في", "ب", "من", "لدى")))
_OF_A_BODY = Head("office", posted=True)


# What the words read so far are: definite, or without the article before a genitive, or indefinite before none.
State = Literal["definite", "construct", "indefinite"]


def _article(word: str) -> State:
    return "definite" if fold(word).startswith(ARTICLE) else "construct"


class PhraseReader(Reader):
    """Reads names and office phrases."""

    def read(self, at: int) -> Phrase | None:
        """The phrase that begins at word `at`: an office phrase where a head opens one, else a name, else None."""
        match = self.match(at)
        if match is None:
            return None
        if any(entry.excluded for entry in match.entries):
            return Phrase.of(match, None, "name")
        for entry in match.entries:
            if entry.head:
                phrase = self._office(match, entry, entry.head)
                if phrase and phrase.actor:
                    return phrase
        named = self.named(match)
        if named and named.form == "office":
            return self._closed(match, _OF_A_BODY, named)
        if named:
            return named
        offices = (self._office(match, entry, entry.head) for entry in match.entries if entry.head)
        return next((office for office in offices if office), None)

    def _office(self, match: Match, entry: Entry, head: Head) -> Phrase | None:
        """The phrase that a head opens: of its owner, of the head's default, or referring back; None for none."""
        if head.form == "pronoun_like":
            return Phrase.of(match, None, "pronoun_like")
        at = reach = match.end
        state = _article(entry.phrase.split()[-1])
        definite = state == "definite"
        unknown = 0
        while at < len(self.ws):
            owner = self._owner(at, head, state, definite)
            if (
                owner
                and owner.actor
                and at == match.end
                and head.adjective == "qualified"
                and owner.form == "adjective"
            ):
                return None
            if owner and owner.actor:
                return self._closed(match, head, owner) if not head.of or owner.form == head.of else None
            if owner:
                reach = owner.end
                break
            step, at = self._step(at, state)
            if step is None:
                if unknown == _UNKNOWN or not self._unknown(at, head, state == "construct" or unknown > 0):
                    break
                unknown += 1
                at += 1
            state = step or "definite"
            definite = definite or state == "definite"
            reach = reach if unknown else at
        if head.default:
            return Phrase.of(match, head.default, head.form)
        if head.anaphor and definite and not unknown and (not head.after_verb or self.after_verb(match)):
            return self._back(match, head, reach)
        return None

    def _back(self, match: Match, head: Head, end: int) -> Phrase:
        """A phrase whose owner is not said: it is a known holder's (الوزير لافروف), or refers back."""
        holder = self.holder(self.titled(end)) if head.form == "office" else None
        if holder and not holder.proclitics:
            return replace(holder, start=match.start, form=head.form, proclitics=match.proclitics)
        if head.posted:
            end = self._posts(end)
        form: Form = "parliament" if head.form == "parliament" else "pronoun_like"
        return replace(Phrase.of(match, None, form), end=end, head=(match.start, end))

    def _owner(self, at: int, head: Head, state: State, definite: bool) -> Phrase | None:
        """Whose the office is, if the words at `at` say so; a phrase without an actor where they refer back."""
        owner = self._brought_in(at, head, definite)
        match = self.match(at)
        if owner or match is None or match.proclitics or any(entry.excluded for entry in match.entries):
            return owner
        for entry in match.entries:
            if entry.form == "adjective" and entry.actor and (head.adjective != "feminine" or entry.gender == "f"):
                with_article = entry.phrase.startswith(ARTICLE)
                if with_article == definite or (with_article and state == "construct"):
                    return Phrase.of(match, entry.actor, "adjective")
        if state != "construct":
            return None
        for entry in match.entries:
            if entry.head:
                inner = self._office(match, entry, entry.head)
                if inner and inner.actor:
                    return inner
        learnt = self.person(at)
        named = (self.meant(match, entry) for entry in match.entries if self._genitive(entry, head))
        return learnt if learnt and not learnt.proclitics else next(named, None)

    def _genitive(self, entry: Entry, head: Head) -> bool:
        """Whether an entry can be whose the office is; a guarded name only behind an organ (not مستشار مالي)."""
        sure = not entry.guarded or head.form in ("ministry", "name", "parliament") or head.posted
        return entry.actor is not None and entry.form in _GENITIVES and sure

    def _brought_in(self, at: int, head: Head, definite: bool) -> Phrase | None:
        """The owner that a preposition brings in: باسم, في and the like as words, ب and ل as clitics.

        After an indefinite head ل says for whom, not whose: "انتخاب رئيس للبنان". A state behind في or ب is most often
        where someone is, not whose: "مسؤول في باريس".
        """
        if not head.by:
            return None
        match = self.match(at)
        if self.ws[at].norm in head.by:
            by, inner = self.ws[at].norm, self.read(at + 1)
            inner = inner if inner and not inner.proclitics else None
        elif match and len(match.proclitics) == 1 and preposition(match.proclitics) in head.by:
            by, inner = match.proclitics[0], self.read(at)
            entry = next((entry for entry in match.entries if entry.not_with_ba), None)
            inner = self.meant(match, entry) if entry else inner if inner and inner.actor else None
        else:
            return None
        placed = by in _IN and not head.places and inner is not None and inner.form in ("name", "capital")
        if inner is None or inner.form == "adjective" or placed or (by == "ل" and not definite):
            return None
        return inner

    def _closed(self, match: Match, head: Head, owner: Phrase) -> Phrase:
        """The whole phrase once its owner is known: with trailing adjectives, place and purpose of the office."""
        end = self._trailing(owner.end)
        if head.posted:
            end = self._posts(end)
        end = self._purpose(end)
        if head.posted:
            end = self._posts(end)
        name = owner.name if end == owner.end else None
        return replace(owner, start=match.start, end=end, form=head.form, proclitics=match.proclitics, name=name)

    def _trailing(self, at: int) -> int:
        while at < len(self.ws) and not self.match(at) and self.bare(at) in self.register.words.trailing:
            at += 1
        return at

    def _posts(self, at: int) -> int:
        """Past all places of an office and the adjectives behind them: الدائم لدى الأمم المتحدة في جنيف."""
        while True:
            end = self._trailing(self._post(at))
            if end == at:
                return at
            at = end

    def _post(self, at: int) -> int:
        """Past one place of an office, in words or with a clitic: في مجلس الأمن, إلى اليمن, بإسرائيل; else `at`."""
        if at >= len(self.ws) or self.ws[at].kind != "word":
            return at
        apart = self.ws[at].norm in _AT
        start = at + 1 if apart else at
        if start >= len(self.ws):
            return at
        expected = ((),) if apart else (("ب",), ("ل",))
        ends = [
            found.end
            for found in (self.register.words.posts.match(self.ws, start), self.match(start))
            if found and found.proclitics in expected and any(e.excluded or e.form in _PLACES for e in found.entries)
        ]
        return max(ends, default=at)

    def _purpose(self, at: int) -> int:
        """Past what an office is for: للشؤون الإنسانية, لشؤون الشرق الأوسط, للأمن القومي; else `at`."""
        state = self._glue(at, "definite") if at < len(self.ws) and self._is_purpose(at) else None
        while state:
            at += 1
            match = self.match(at)
            if match and state == "construct" and any(entry.form in _PLACES for entry in match.entries):
                return match.end  # لشؤون إيران
            state = self._glue(at, state) if at < len(self.ws) and not match else None
        return at

    def _step(self, at: int, state: State) -> tuple[State | None, int]:
        """Past one piece of glue: the state behind it and where to look on; None and `at` where there is none.

        A piece is "كل من" before a list, a further head (نائب وزير, رئيس مجلس السيادة), or a word.
        """
        if state == "construct":
            if [word.norm for word in self.ws[at : at + 2]] in _EACH_OF:
                return state, at + 2
            match = self.match(at)
            heads = [e for e in match.entries if e.head and e.form != "pronoun_like"] if match else []
            if match and heads and not match.proclitics:
                return _article(heads[0].phrase.split()[-1]), match.end
        step = self._glue(at, state)
        return step, at + 1 if step else at

    def _is_purpose(self, at: int) -> bool:
        words = (word for before, word in nominal_readings(self.ws[at].norm) if before == ("ل",))
        return any(word.removeprefix(ARTICLE) in self.register.words.purposes for word in words)

    def _glue(self, at: int, state: State) -> State | None:
        """How a phrase in `state` goes on with a word between head and owner; None where it does not.

        A genitive follows only a word without the article. Adjectives agree in definiteness. و adds a portfolio.
        """
        if self.ws[at].kind != "word":
            return None
        nouns, qualifiers = self.register.words.nouns, self.register.words.qualifiers
        for before, word in nominal_readings(self.ws[at].norm):
            bare, article = word.removeprefix(ARTICLE), word.startswith(ARTICLE)
            noun = bare in nouns
            if state == "construct" and article and bare in self.register.words.private:
                return None
            if before == () and (noun or bare in qualifiers):
                if state == "construct":
                    return "definite" if article else "construct" if noun else "indefinite"
                if bare in qualifiers and article == (state == "definite"):
                    return state
                if state == "indefinite" and article and bare == _RANK_OF:
                    return state
            if before == ("و",) and article and state == "definite" and (noun or bare in qualifiers):
                return "definite"
            if before == ("ل",) and state == "definite" and bare in self.register.words.purposes:
                return "definite" if article else "construct"
        return None

    def _unknown(self, at: int, head: Head, within: bool) -> bool:
        """Whether a word may belong to a portfolio that no list knows: a noun or an adjective with the article.

        It stands within a genitive, or is added with و: وزير الثروة السمكية, وزير الهجرة واللجوء.
        """
        fits = any(
            before == (() if within else ("و",)) and word.startswith(ARTICLE) and len(word) > 4
            for before, word in nominal_readings(self.ws[at].norm)
        )
        known = self.match(at) or self.ws[at].norm in _NOT_NOUNS or self.bare(at) in self.register.words.private
        return fits and head.form in ("office", "ministry") and not known
