"""What a letter says: one notice, or those of a morning together. Plain text, kind words.

All of it speaks the language spoken; whoever writes a letter speaks that of who gets it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.language import gettext, gettext_noop, ngettext
from app.notices.rules import Reason

BECAUSE = {
    Reason.MENTION: gettext_noop("because somebody mentioned you"),
    Reason.TURN: gettext_noop("because it is your turn"),
    Reason.QUESTION: gettext_noop("because you are asked something"),
    Reason.TAKEN_OVER: gettext_noop("because a colleague took it over from you"),
    Reason.LEAD: gettext_noop("because you lead the team"),
    Reason.REMINDER: gettext_noop("because something of yours wants a word"),
    Reason.THANKS: gettext_noop("because you carried it"),
    Reason.FEEDBACK: gettext_noop("because you gave advice or carried it"),
    Reason.MESSAGE: gettext_noop("because it is yours"),
    Reason.ENDED: gettext_noop("because it was yours"),
    Reason.MOVED: gettext_noop("because you asked for it"),
    Reason.NEW: gettext_noop("because it is for your team"),
    Reason.WATCHING: gettext_noop("because you follow it"),
}

SUBJECTS = {
    Reason.TURN: gettext_noop("Your turn: %(title)s"),
    Reason.QUESTION: gettext_noop("A question: %(title)s"),
    Reason.MENTION: gettext_noop("You are mentioned: %(title)s"),
    Reason.THANKS: gettext_noop("Thanks: %(title)s"),
}


@dataclass(frozen=True)
class News:
    """One notice in words: of which request, what happened, what was said, and why it is told.

    `instead_of` names whom the reader stands in for, where it is theirs; else it is empty.
    """

    request_id: int
    title: str
    reason: Reason
    sentence: str
    words: str
    url: str
    instead_of: str = ""


@dataclass(frozen=True)
class Text:
    """The subject and the body of a letter."""

    subject: str
    body: str


def letter(
    name: str, news: Sequence[News], *, settings_url: str, can_answer: bool, at_once: bool
) -> Text:
    """Return the letter to `name`: about one thing, or about all that `news` holds.

    `at_once` says that none of it waited for the morning.
    """
    if len({one.request_id for one in news}) == 1:
        return _about_one(name, news, settings_url=settings_url, can_answer=can_answer)
    return _about_many(name, news, settings_url=settings_url, at_once=at_once)


def hello(name: str) -> str:
    """Return how a letter begins."""
    return gettext("Hello %(name)s,", name=name)


def foot(why: str, settings_url: str) -> str:
    """Return how a letter ends: why it came, and where one says what comes."""
    settings = gettext("Change what comes by mail: %(address)s", address=settings_url)
    return f"--\n{why}\n{settings}\n"


def _about_one(name: str, news: Sequence[News], *, settings_url: str, can_answer: bool) -> Text:
    first = news[0]
    parts = [hello(name), *(_said(one) for one in news), f"{first.title}\n{first.url}"]
    body = in_parts(parts)
    if can_answer:
        answer = gettext("You can answer this mail; your words go to everybody there.")
        body = f"{body}\n\n{answer}"
    else:
        body = f"{body}\n"
    return Text(_subject(first), f"{body}\n{foot(_why(first), settings_url)}")


def _why(news: News) -> str:
    if news.instead_of:
        return gettext("You read this because you stand in for %(name)s.", name=news.instead_of)
    return gettext("You read this %(because)s.", because=gettext(BECAUSE[news.reason]))


def _about_many(name: str, news: Sequence[News], *, settings_url: str, at_once: bool) -> Text:
    by_request: dict[int, list[News]] = {}
    for one in news:
        by_request.setdefault(one.request_id, []).append(one)
    parts = [
        f"{theirs[0].title}\n{theirs[0].url}\n{in_parts([one.sentence for one in theirs])}"
        for theirs in by_request.values()
    ]
    if at_once:
        begun, why = gettext("Here is what came for you."), _why_at_once(news)
        subject = ngettext("For you: %(num)s request", "For you: %(num)s requests", len(parts))
    else:
        begun = gettext("Here is what moved since yesterday.")
        why = gettext("This comes once, at the start of your working day.")
        subject = ngettext(
            "What moved: %(num)s request", "What moved: %(num)s requests", len(parts)
        )
    return Text(subject, in_parts([hello(name), begun, *parts, foot(why, settings_url)]))


def _why_at_once(news: Sequence[News]) -> str:
    """Return the one reason of all of it, if there is one."""
    said = {_why(one) for one in news}
    return said.pop() if len(said) == 1 else gettext("You hear of such things at once.")


def _subject(news: News) -> str:
    if news.instead_of:
        said = gettext("You stand in for %(name)s: %(what)s", name=news.instead_of, what=news.title)
        return f"{said} [#{news.request_id}]"
    lead = SUBJECTS.get(news.reason)
    said = gettext(lead, title=news.title) if lead else news.title
    return f"{said} [#{news.request_id}]"


def _said(news: News) -> str:
    if not news.words:
        return news.sentence
    quoted = "\n".join(f"> {line}".rstrip() for line in news.words.splitlines())
    return f"{news.sentence}\n\n{quoted}"


def in_parts(parts: Sequence[str]) -> str:
    """Return paragraphs as the text of a letter."""
    return "\n\n".join(parts)
