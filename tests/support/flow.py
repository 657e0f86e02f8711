"""Acts by their plain names, and time that does its work."""

from app.handoffs.actions import hand_to_team, say_done
from app.requests.acts import settling, words, work
from app.requests.acts.ticking import fire, timers_due
from app.requests.rules import Outcome, WaitingOn


def let_time_do(session, at):
    """Fire what has come, as the worker does."""
    for due in timers_due(session, at=at, limit=100):
        fire(session, due, at=at)


def do(session, request, act, cast, name):
    """Try one act through its action."""
    calls = {
        "message": lambda: words.write_message(session, request, words="Hello", act=act),
        "note": lambda: words.write_note(session, request, words="Psst", act=act),
        "claim": lambda: work.claim(session, request, act=act),
        "take over": lambda: work.take_over(session, request, act=act),
        "start": lambda: work.start(session, request, act=act),
        "pause": lambda: work.pause(
            session,
            request,
            question="Which?",
            waiting_on=WaitingOn.REQUESTER,
            who="",
            until=None,
            act=act,
        ),
        "resume": lambda: work.resume(session, request, act=act),
        "decline": lambda: work.decline(
            session, request, reason="No", change="", instead="There", act=act
        ),
        "withdraw": lambda: settling.withdraw(session, request, reason="", act=act),
        "done": lambda: say_done(session, request, words="Here", act=act),
        "confirm": lambda: settling.confirm(
            session, request, outcome=Outcome.YES, words="", act=act
        ),
        "reopen": lambda: settling.reopen(session, request, reason="Not yet", act=act),
        "wait": lambda: let_time_do(session, act.at),
        "thank": lambda: settling.thank(session, request, words="Thanks", act=act),
        "hand": lambda: hand_to_team(session, request, to=cast.content, note="Yours", act=act),
    }
    calls[name]()


def tries(engine, most):
    """Return how many random scripts to try: what acts mean is one code, only its SQL differs."""
    return most if engine == "sqlite" else most // 3
