"""What an author reads about where their piece stands: one sentence for every situation."""

from dataclasses import dataclass

from app.requests.rules import State

NOTHING = "Nothing for you to do now."
SIZES = {"minutes": "a matter of minutes", "hours": "a few hours", "more": "more than a day"}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


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
    if now.state in (State.DECLINED, State.WITHDRAWN):
        return f"It was {now.state} before it was finished. Your text stays here."
    if now.state in (State.DONE, State.CONFIRMED):
        return _delivered(now)
    if now.arriving:
        return f"{now.arriving} is just handing it to you; it arrives in a moment."
    if now.changed_by:
        return f"{now.changed_by} made small changes. Have a look and say whether they are fine."
    if now.waiting_for:
        return f"The work waits for an answer from {now.waiting_for}. {NOTHING}"
    return _mine(now) if now.mine else _theirs(now)


def _delivered(now: Situation) -> str:
    if not now.carriers:
        return "Delivered. Well done."
    return f"Delivered. {_and(now.carriers)} carried it with you. Say thanks?"


def _mine(now: Situation) -> str:
    if not now.versions:
        return "Yours to write. Nobody reads it before you send it on."
    if not now.sent_back:
        return f"Version {now.versions} is saved and still with you. Send it on when you are ready."
    counts = now.counts
    if counts.all_answered:
        return f"You answered {counts.answered} of {counts.asked}. Send it on when you are ready."
    opening = "Back to you with a question" if now.question else "Back to you"
    parts = [f"{counts.musts} to do"] if counts.musts else []
    parts += [f"{counts.ideas} {'idea' if counts.ideas == 1 else 'ideas'}"] if counts.ideas else []
    parts += [SIZES[now.size]] if now.size else []
    listed = f"{opening}: {', '.join(parts)}." if parts else f"{opening}."
    return f"{listed} {_keep(counts.strengths)}".strip()


def _theirs(now: Situation) -> str:
    if now.holder is None:
        return f"{now.team} has it since {now.since}; nobody has picked it up yet. {NOTHING}"
    if now.late:
        said = f" {now.holder}: “{now.said_words}”" if now.said_words else ""
        return (
            f"{now.holder}’s answer was due {now.expected}.{said} The lead of {now.team} sees it."
        )
    if now.said_when:
        return f"{now.holder} will look {now.said_when}. {NOTHING}"
    if now.counts.all_answered:
        answered = f"You answered {now.counts.answered} of {now.counts.asked}."
        return f"{answered} With {now.holder} for another look."
    expected = f" Expected by {now.expected}." if now.expected else ""
    return f"{now.holder} has it since {now.since}.{expected} {NOTHING}"


def _keep(strengths: int) -> str:
    if not strengths:
        return ""
    count = NUMBERS[strengths] if strengths < len(NUMBERS) else str(strengths)
    passages = "passage" if strengths == 1 else "passages"
    return f"{count.capitalize()} {passages} to keep."


def _and(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
