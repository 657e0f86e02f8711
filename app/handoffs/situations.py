"""What an author reads about where their piece stands: one sentence for every situation."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.language import gettext, gettext_noop, ngettext
from app.language.writing import begun, listed
from app.requests.rules import State

NOTHING = gettext_noop("Nothing for you to do now.")
SIZES = {
    "minutes": gettext_noop("a matter of minutes"),
    "hours": gettext_noop("a few hours"),
    "more": gettext_noop("more than a day"),
}
NUMBERS = (
    *("no", gettext_noop("one"), gettext_noop("two"), gettext_noop("three"), gettext_noop("four")),
    *(gettext_noop("five"), gettext_noop("six"), gettext_noop("seven"), gettext_noop("eight")),
    *(gettext_noop("nine"), gettext_noop("ten")),
)


@dataclass(frozen=True)
class Counts:
    """`musts` and `ideas` wait for an answer, `strengths` are to be kept.

    `answered` of `asked` remarks have their answer.
    """

    musts: int = 0
    ideas: int = 0
    strengths: int = 0
    answered: int = 0
    asked: int = 0

    @property
    def all_answered(self) -> bool:
        """Whether something was asked and nothing waits any more."""
        return bool(self.asked) and not (self.musts or self.ideas)


@dataclass(frozen=True)
class Situation:
    """Where a piece stands for one of its authors; times are words already ("Tuesday 10:00").

    `mine` says that the author holds it, `arriving` that it comes within the minute of undoing.
    `changed_by` made changes that wait for the author's word.
    """

    state: str
    stage: str
    mine: bool
    holder: str | None = None
    team: str = ""
    since: str = ""
    expected: str | None = None
    late: bool = False
    said_when: str | None = None
    said_words: str = ""
    arriving: str | None = None
    versions: int = 0
    sent_back: bool = False
    question: bool = False
    size: str | None = None
    counts: Counts = Counts()
    changed_by: str | None = None
    carriers: tuple[str, ...] = ()
    waiting_for: str | None = None


def author_line(now: Situation) -> str:
    """Return where the piece stands, in one to three short sentences."""
    if now.state == State.DECLINED:
        return gettext("It was declined before it was finished. Your text stays here.")
    if now.state == State.WITHDRAWN:
        return gettext("It was withdrawn before it was finished. Your text stays here.")
    if now.state in (State.DONE, State.CONFIRMED):
        return _delivered(now)
    if now.arriving:
        return gettext(
            "%(name)s is just handing it to you; it arrives in a moment.", name=now.arriving
        )
    if now.changed_by:
        return gettext(
            "%(name)s made small changes. Have a look and say whether they are fine.",
            name=now.changed_by,
        )
    if now.waiting_for:
        waits = gettext("The work waits for an answer from %(whom)s.", whom=now.waiting_for)
        return f"{waits} {gettext(NOTHING)}"
    return _mine(now) if now.mine else _theirs(now)


def _delivered(now: Situation) -> str:
    if not now.carriers:
        return gettext("Delivered. Well done.")
    return ngettext(
        "Delivered. %(names)s carried it with you. Say thanks?",
        "Delivered. %(names)s carried it with you. Say thanks?",
        len(now.carriers),
        names=listed(now.carriers),
    )


def _mine(now: Situation) -> str:
    if not now.versions:
        return gettext("Yours to write. Nobody reads it before you send it on.")
    if not now.sent_back:
        return gettext(
            "Version %(number)s is saved and still with you. Send it on when you are ready.",
            number=now.versions,
        )
    if now.counts.all_answered:
        ready = gettext("Send it on when you are ready.")
        return f"{_answered(now.counts)} {ready}"
    said = ", ".join(_asked(now))
    return f"{_back(said, question=now.question)} {_keep(now.counts.strengths)}".strip()


def _answered(counts: Counts) -> str:
    return gettext(
        "You answered %(answered)s of %(asked)s.", answered=counts.answered, asked=counts.asked
    )


def _asked(now: Situation) -> Iterator[str]:
    """Yield what waits for the author, and how much it is."""
    if now.counts.musts:
        yield gettext("%(musts)s to do", musts=now.counts.musts)
    if now.counts.ideas:
        yield ngettext("%(num)s idea", "%(num)s ideas", now.counts.ideas)
    if now.size:
        yield gettext(SIZES[now.size])


def _back(said: str, *, question: bool) -> str:
    if not said:
        return gettext("Back to you with a question.") if question else gettext("Back to you.")
    if question:
        return gettext("Back to you with a question: %(said)s.", said=said)
    return gettext("Back to you: %(said)s.", said=said)


def _theirs(now: Situation) -> str:
    nothing = gettext(NOTHING)
    if now.holder is None:
        return _in_the_queue(now)
    if now.late:
        return _late(now, now.holder)
    if now.said_when:
        looks = gettext("%(name)s will look %(when)s.", name=now.holder, when=now.said_when)
        return f"{looks} {nothing}"
    if now.counts.all_answered:
        there = gettext("With %(name)s for another look.", name=now.holder)
        return f"{_answered(now.counts)} {there}"
    parts = [gettext("%(name)s has it since %(since)s.", name=now.holder, since=now.since)]
    if now.expected:
        parts.append(gettext("Expected by %(when)s.", when=now.expected))
    return " ".join([*parts, nothing])


def _in_the_queue(now: Situation) -> str:
    there = gettext(
        "%(team)s has it since %(since)s; nobody has picked it up yet.",
        team=now.team,
        since=now.since,
    )
    return f"{there} {gettext(NOTHING)}"


def _late(now: Situation, holder: str) -> str:
    parts = [gettext("%(name)s’s answer was due %(when)s.", name=holder, when=now.expected)]
    if now.said_words:
        parts.append(gettext("%(name)s: “%(words)s”", name=holder, words=now.said_words))
    parts.append(gettext("The lead of %(team)s sees it.", team=now.team))
    return " ".join(parts)


def _keep(strengths: int) -> str:
    if not strengths:
        return ""
    count = gettext(NUMBERS[strengths]) if strengths < len(NUMBERS) else str(strengths)
    return ngettext(
        "%(count)s passage to keep.", "%(count)s passages to keep.", strengths, count=begun(count)
    )
