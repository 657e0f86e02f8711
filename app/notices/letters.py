"""What a letter says: one notice, or those of a morning together. Plain text, kind words.

All of it speaks the language spoken; whoever writes a letter speaks that of who gets it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.language import gettext, gettext_noop, ngettext
from app.notices.rules import Reason
from app.people.rules import DoorChange

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

CHANGED = {
    DoorChange.PASSKEY_ADDED: gettext_noop("A passkey was added: “%(what)s”."),
    DoorChange.PASSKEY_FORGOTTEN: gettext_noop("A passkey was taken away: “%(what)s”."),
    DoorChange.APP_SET_UP: gettext_noop("An app for codes was set up."),
    DoorChange.APP_FORGOTTEN: gettext_noop("The app for codes was taken away."),
    DoorChange.CODES_RENEWED: gettext_noop("New recovery codes were made; the old ones are gone."),
    DoorChange.SECOND_STEP_FORGOTTEN: gettext_noop(
        "Your second step was taken away, on the command line."
    ),
    DoorChange.PASSWORD_CHANGED: gettext_noop(
        "Your password was changed, and other browsers signed out."
    ),
    DoorChange.ADDRESS_CHANGED: gettext_noop("Your e-mail address is now %(what)s."),
    DoorChange.ACCOUNT_LINKED: gettext_noop(
        "Your account at %(what)s can sign you in from now on."
    ),
    DoorChange.LET_IN: gettext_noop("A link that lets you in was made, on the command line."),
    DoorChange.TOKEN_MADE: gettext_noop("A token for programs was made: “%(what)s”."),
}
SUBJECTS = {
    Reason.TURN: gettext_noop("Your turn: %(title)s"),
    Reason.QUESTION: gettext_noop("A question: %(title)s"),
    Reason.MENTION: gettext_noop("You are mentioned: %(title)s"),
    Reason.THANKS: gettext_noop("Thanks: %(title)s"),
}


@dataclass(frozen=True)
class News:
    """One notice in words: of which request, what happened, what was said, and why it is told."""

    request_id: int
    title: str
    reason: Reason
    sentence: str
    words: str
    url: str


@dataclass(frozen=True)
class Text:
    """The subject and the body of a letter."""

    subject: str
    body: str


def letter(name: str, news: Sequence[News], *, settings_url: str, can_answer: bool) -> Text:
    """Return the letter to `name`: about one thing, or about all that `news` holds."""
    if len({one.request_id for one in news}) == 1:
        return _about_one(name, news, settings_url=settings_url, can_answer=can_answer)
    return _digest(name, news, settings_url=settings_url)


def sign_in_letter(name: str, url: str) -> Text:
    """Return the letter with a link that lets `name` in."""
    body = _block(
        [
            hello(name),
            gettext("here is your link to sign in to Baton. It is good once, and for 10 minutes:"),
            url,
            gettext("There you can also set a new password."),
            gettext("If you did not ask for this, do nothing: without the link nobody comes in."),
        ]
    )
    return Text(gettext("Your link to sign in"), f"{body}\n")


def changed_letter(name: str, change: DoorChange, what: str, *, url: str) -> Text:
    """Return the letter that tells `name` what changed about how they come in."""
    body = _block(
        [
            hello(name),
            gettext(CHANGED[change], what=what),
            gettext("If that was you, all is well. If not, somebody else can act as you: go to"),
            f"{url}/me",
            gettext(
                "change your password and sign out everywhere, "
                "and tell somebody who looks after Baton."
            ),
        ]
    )
    return Text(gettext("How you sign in has changed"), f"{body}\n")


def refusal_letter(name: str | None, sentence: str, *, subject: str = "", words: str = "") -> Text:
    """Return the answer to a mail that was not taken: why not, and its own words, if any.

    `name` is None for a stranger.
    """
    named = subject or gettext("your mail")
    begun = hello(name) if name else gettext("Hello there,")
    own = [gettext("Your words:"), words[:5000]] if words else []
    body = _block([begun, sentence, *own])
    return Text(f"Re: {named}", f"{body}\n")


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
    body = _block(parts)
    if can_answer:
        answer = gettext("You can answer this mail; your words go to everybody there.")
        body = f"{body}\n\n{answer}"
    else:
        body = f"{body}\n"
    why = gettext("You read this %(because)s.", because=gettext(BECAUSE[first.reason]))
    return Text(_subject(first), f"{body}\n{foot(why, settings_url)}")


def _digest(name: str, news: Sequence[News], *, settings_url: str) -> Text:
    by_request: dict[int, list[News]] = {}
    for one in news:
        by_request.setdefault(one.request_id, []).append(one)
    parts = [
        f"{theirs[0].title}\n{theirs[0].url}\n{_block([one.sentence for one in theirs])}"
        for theirs in by_request.values()
    ]
    why = gettext("This comes once, at the start of your working day.")
    body = _block(
        [
            hello(name),
            gettext("here is what moved since yesterday."),
            *parts,
            foot(why, settings_url),
        ]
    )
    count = len(by_request)
    return Text(
        ngettext("What moved: %(num)s request", "What moved: %(num)s requests", count), body
    )


def _subject(news: News) -> str:
    lead = SUBJECTS.get(news.reason)
    said = gettext(lead, title=news.title) if lead else news.title
    return f"{said} [#{news.request_id}]"


def _said(news: News) -> str:
    if not news.words:
        return news.sentence
    quoted = "\n".join(f"> {line}".rstrip() for line in news.words.splitlines())
    return f"{news.sentence}\n\n{quoted}"


def _block(parts: Sequence[str]) -> str:
    return "\n\n".join(parts)
