"""A piece of writing at the point a story needs: with its author, its editor, or given back."""

from app.documents.actions import NewVersion
from app.feedback.placing import save_version
from app.handoffs.actions import hand_back, hand_on
from app.handoffs.advice import Advice
from app.handoffs.rules import Decision
from app.requests.actions import claim
from tests.support.desk import MONDAY, act, ask

TEXT = "It was cold."


def write(session, request, by, body=TEXT, *, on=0, at=MONDAY):
    """Freeze `body` as the version after number `on`."""
    return save_version(session, request, NewVersion(body, on), act=act(by, at))


def with_author(session, cast, body=TEXT, title="The harbour"):
    """An article that Kim asked for and Ada has a first version of."""
    request = ask(session, cast.article, cast.kim, title)
    claim(session, request, act=act(cast.ada))
    if body:
        write(session, request, cast.ada, body)
    return request


def with_editor(session, cast, body=TEXT, title="The harbour"):
    """The same, sent on to Bea, its editor."""
    request = with_author(session, cast, body, title)
    hand_on(session, request, advice=Advice(), to=cast.bea, act=act(cast.ada))
    return request


def give_back(session, request, by, remarks, *, at=MONDAY, decision=Decision.BACK_SMALL, **along):
    """Give a piece back to its author with `remarks`."""
    advice = Advice(remarks, **along)
    hand_back(session, request, decision=decision, stage="author", advice=advice, act=act(by, at))


def returned(session, cast, remarks, body=TEXT, title="The harbour", **along):
    """The same, given back by Bea to Ada with `remarks`."""
    request = with_editor(session, cast, body, title)
    give_back(session, request, cast.bea, remarks, **along)
    return request
