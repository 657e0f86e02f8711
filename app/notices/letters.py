"""What a letter says: one notice, or those of a morning together. Plain text, kind words."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.notices.rules import Reason
from app.people.rules import DoorChange

WHY = {
    Reason.MENTION: "somebody mentioned you",
    Reason.TURN: "it is your turn",
    Reason.QUESTION: "you are asked something",
    Reason.TAKEN_OVER: "a colleague took it over from you",
    Reason.LEAD: "you lead the team",
    Reason.REMINDER: "something of yours wants a word",
    Reason.THANKS: "you carried it",
    Reason.FEEDBACK: "you gave advice or carried it",
    Reason.MESSAGE: "it is yours",
    Reason.ENDED: "it was yours",
    Reason.MOVED: "you asked for it",
    Reason.NEW: "it is for your team",
    Reason.WATCHING: "you follow it",
}

CHANGED = {
    DoorChange.PASSKEY_ADDED: "A passkey was added: “{what}”.",
    DoorChange.PASSKEY_FORGOTTEN: "A passkey was taken away: “{what}”.",
    DoorChange.APP_SET_UP: "An app for codes was set up.",
    DoorChange.APP_FORGOTTEN: "The app for codes was taken away.",
    DoorChange.CODES_RENEWED: "New recovery codes were made; the old ones are gone.",
    DoorChange.SECOND_STEP_FORGOTTEN: "Your second step was taken away, on the command line.",
    DoorChange.PASSWORD_CHANGED: "Your password was changed, and other browsers signed out.",
    DoorChange.ADDRESS_CHANGED: "Your e-mail address is now {what}.",
    DoorChange.ACCOUNT_LINKED: "Your account at {what} can sign you in from now on.",
    DoorChange.LET_IN: "A link that lets you in was made, on the command line.",
    DoorChange.TOKEN_MADE: "A token for programs was made: “{what}”.",
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
    body = f"""Hello {name},

here is your link to sign in to Baton. It is good once, and for 10 minutes:

{url}

There you can also set a new password.

If you did not ask for this, do nothing: without the link nobody comes in.
"""
    return Text("Your link to sign in", body)


def changed_letter(name: str, change: DoorChange, what: str, *, url: str) -> Text:
    """Return the letter that tells `name` what changed about how they come in."""
    body = f"""Hello {name},

{CHANGED[change].format(what=what)}

If that was you, all is well. If not, somebody else can act as you: go to

{url}/me

change your password and sign out everywhere, and tell somebody who looks after Baton.
"""
    return Text("How you sign in has changed", body)


def _about_one(name: str, news: Sequence[News], *, settings_url: str, can_answer: bool) -> Text:
    first = news[0]
    said = [_said(one) for one in news]
    answer = "\nYou can answer this mail; your words go to everybody there." if can_answer else ""
    body = f"""Hello {name},

{_block(said)}

{first.title}
{first.url}
{answer}
--
You read this because {WHY[first.reason]}.
Change what comes by mail: {settings_url}
"""
    return Text(_subject(first), body)


def _digest(name: str, news: Sequence[News], *, settings_url: str) -> Text:
    by_request: dict[int, list[News]] = {}
    for one in news:
        by_request.setdefault(one.request_id, []).append(one)
    parts = [
        f"{theirs[0].title}\n{theirs[0].url}\n{_block([one.sentence for one in theirs])}"
        for theirs in by_request.values()
    ]
    count = len(by_request)
    body = f"""Hello {name},

here is what moved since yesterday.

{_block(parts)}

--
This comes once, at the start of your working day.
Change what comes by mail: {settings_url}
"""
    return Text(f"What moved: {count} requests", body)


def _subject(news: News) -> str:
    lead = {
        Reason.TURN: "Your turn: ",
        Reason.QUESTION: "A question: ",
        Reason.MENTION: "You are mentioned: ",
        Reason.THANKS: "Thanks: ",
    }
    return f"{lead.get(news.reason, '')}{news.title} [#{news.request_id}]"


def _said(news: News) -> str:
    if not news.words:
        return news.sentence
    quoted = "\n".join(f"> {line}".rstrip() for line in news.words.splitlines())
    return f"{news.sentence}\n\n{quoted}"


def _block(parts: Sequence[str]) -> str:
    return "\n\n".join(parts)
