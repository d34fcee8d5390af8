"""From what a text says of a day to an ISO date, or to None where it leaves a choice: nothing is guessed."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.arabic.date_words import Direction

# A day without its year is read as past. Where it next comes round sooner than this, it may as well be to come.
_SOON = timedelta(days=92)


def full_date(year: int, month: int, day: int) -> str | None:
    """YYYY-MM-DD, or None where there is no such day."""
    found = _day(year, month, day)
    return found.isoformat() if found else None


def numeric_date(first: int, second: int, third: int) -> str | None:
    """Three numbers as printed: year first, else the day first as Arabic news has it, unless only the month can be."""
    if first > 31:
        return full_date(first, second, third)
    day, month = (second, first) if second > 12 else (first, second)
    return full_date(third, month, day)


def day_of_month(month: int, day: int, weekday: int | None, direction: Direction, published: date | None) -> str | None:
    """A day without its year: the last one up to publication, or where `direction` says the next or this year's.

    A weekday settles the year where it fits one of the three around publication. Else None where the day comes round
    again within about three months of publication, since it may be that one.
    """
    if published is None or direction == "after":
        return None
    years = (published.year - 1, published.year, published.year + 1)
    days = [found for year in years if (found := _day(year, month, day))]
    fitting = [found for found in days if found.weekday() == weekday]
    if weekday is not None and len(fitting) == 1:
        return fitting[0].isoformat()
    if direction == "this":
        return full_date(published.year, month, day)
    past, future = [d for d in days if d <= published], [d for d in days if d > published]
    if direction == "next":
        return future[0].isoformat() if future else None
    if direction is None and future and future[0] - published < _SOON:
        return past[-1].isoformat() if past and past[-1] == published else None
    return past[-1].isoformat() if past else None


def month_without_year(month: int, direction: Direction, published: date | None) -> str | None:
    """YYYY-MM of the last such month up to publication, or the next or this year's; None as for `day_of_month`."""
    if published is None or direction == "after":
        return None
    year = published.year
    ahead = (month - published.month) % 12
    if direction == "next":
        year += month <= published.month
    elif direction == "last":
        year -= month >= published.month
    elif direction is None:
        if 0 < ahead <= 3:
            return None
        year -= month > published.month
    return f"{year:04}-{month:02}"


def weekday_date(weekday: int, direction: Direction, published: date | None, weeks: int = 0) -> str | None:
    """The last such weekday up to publication, that day included; for الماضي strictly before it, for المقبل after it.

    weeks: further weeks back (الخميس قبل الماضي: 1).
    """
    if published is None or direction == "after":
        return None
    back = (published.weekday() - weekday) % 7
    if direction == "next":
        return (published + timedelta(days=(weekday - published.weekday() - 1) % 7 + 1)).isoformat()
    if direction == "last" and back == 0:
        back = 7
    return (published - timedelta(days=back + 7 * weeks)).isoformat()


def coming_weekday(weekday: int, published: date | None) -> str | None:
    """The first such weekday from publication on, that day included."""
    return (published + timedelta(days=(weekday - published.weekday()) % 7)).isoformat() if published else None


def days_away(days: int, weekday: int | None, published: date | None) -> str | None:
    """`days` after publication. A weekday beside it (أمس الثلاثاء) wins by up to a day, for pages are dated in another
    time zone or after midnight; None where it fits not even so."""
    if published is None:
        return None
    said = published + timedelta(days=days)
    near = (said, said - timedelta(days=1), said + timedelta(days=1))
    return next((day.isoformat() for day in near if weekday in (None, day.weekday())), None)


def month_away(direction: Direction, published: date | None) -> str | None:
    """YYYY-MM of last, this or the next month."""
    step = _STEPS.get(direction)
    if published is None or step is None:
        return None
    months = published.year * 12 + published.month - 1 + step
    return f"{months // 12:04}-{months % 12 + 1:02}"


def year_away(direction: Direction, published: date | None) -> int | None:
    """Last, this or the next year."""
    step = _STEPS.get(direction)
    return published.year + step if published and step is not None else None


_STEPS: dict[Direction, int] = {"last": -1, "this": 0, "next": 1}


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # the calendar's own answer to "is there such a day?"
        return None
