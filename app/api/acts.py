"""The acts on a request, as programs reach them. What each needs of its body stands in `bodies`."""

from app.api.bodies import Decline, Gift, Handover, LastWord, Question, Said, Withdrawal
from app.api.offering import Sent, move, talk
from app.api.problems import Refused
from app.db import db
from app.handoffs.actions import hand_to_team, say_done
from app.language import gettext
from app.people.models import Person, Team
from app.requests.acts import settling, words, work
from app.requests.models import Request
from app.requests.record.recording import Act
from app.requests.rules import Outcome, WaitingOn


@talk("messages")
def create_message(request: Request, sent: Sent, act: Act) -> None:
    """Say something that both sides read."""
    words.write_message(db.session, request, words=sent["words"].strip(), act=act)


@talk("notes")
def create_note(request: Request, sent: Sent, act: Act) -> None:
    """Write an internal note for those who carry it."""
    words.write_note(db.session, request, words=sent["words"].strip(), act=act)


@talk("thanks")
def create_thanks(request: Request, sent: Sent, act: Act) -> None:
    """Thank everybody who carried it."""
    settling.thank(db.session, request, words=sent["words"].strip(), act=act)


@move("claims")
def create_claim(request: Request, _sent: Sent, act: Act) -> None:
    """Take it up."""
    work.claim(db.session, request, act=act)


@move("takeovers")
def create_takeover(request: Request, _sent: Sent, act: Act) -> None:
    """Take it over from a colleague."""
    work.take_over(db.session, request, act=act)


@move("gifts", Gift)
def create_gift(request: Request, sent: Sent, act: Act) -> None:
    """Give it to a colleague of the team that has it."""
    to = db.session.get(Person, sent["to"])
    if to is None or not to.is_active:
        raise _nobody("to", gettext("There is no such person."))
    work.give(db.session, request, to=to, act=act)


@move("starts")
def create_start(request: Request, _sent: Sent, act: Act) -> None:
    """Begin to work on it."""
    work.start(db.session, request, act=act)


@move("pauses", Question)
def create_pause(request: Request, sent: Sent, act: Act) -> None:
    """Ask the asking side, or a third party, and wait for the answer."""
    work.pause(
        db.session,
        request,
        question=sent["question"].strip(),
        waiting_on=WaitingOn(sent["waiting_on"]),
        who=sent["who"].strip() if sent["waiting_on"] == WaitingOn.THIRD_PARTY else "",
        until=sent.get("until"),
        act=act,
    )


@move("resumptions")
def create_resumption(request: Request, _sent: Sent, act: Act) -> None:
    """End a wait by hand."""
    work.resume(db.session, request, act=act)


@move("handovers", Handover)
def create_handover(request: Request, sent: Sent, act: Act) -> None:
    """Hand it to another team, with a note for them."""
    to = db.session.get(Team, sent["team"])
    if to is None:
        raise _nobody("team", gettext("There is no such team."))
    hand_to_team(db.session, request, to=to, note=sent["note"].strip(), act=act)


@move("completions", Said)
def create_completion(request: Request, sent: Sent, act: Act) -> None:
    """Say that it is done; who asked has the last word."""
    say_done(db.session, request, words=sent["words"].strip(), act=act)


@move("confirmations", LastWord)
def create_confirmation(request: Request, sent: Sent, act: Act) -> None:
    """Say that it helped, wholly or partly; it ends."""
    said, outcome = sent["words"].strip(), Outcome(sent["outcome"])
    settling.confirm(db.session, request, outcome=outcome, words=said, act=act)


@move("reopenings", Said)
def create_reopening(request: Request, sent: Sent, act: Act) -> None:
    """Say “not yet”: it goes back to who did it."""
    settling.reopen(db.session, request, reason=sent["words"].strip(), act=act)


@move("declines", Decline)
def create_decline(request: Request, sent: Sent, act: Act) -> None:
    """Decline with a reason and another way."""
    reason, change, instead = (sent[part].strip() for part in ("reason", "change", "instead"))
    work.decline(db.session, request, reason=reason, change=change, instead=instead, act=act)


@move("withdrawals", Withdrawal)
def create_withdrawal(request: Request, sent: Sent, act: Act) -> None:
    """Take it back."""
    reason, for_all = sent["reason"].strip(), sent["for_all"]
    settling.withdraw(db.session, request, reason=reason, for_all=for_all, act=act)


def _nobody(part: str, sentence: str) -> Refused:
    return Refused(422, sentence, [{"pointer": f"#/{part}", "detail": sentence}])
