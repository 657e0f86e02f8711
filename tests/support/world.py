"""A world in which every page has something to show, and every form stands on some page.

It is Monday, two hours after everything began. Requests by number: 1 a piece that came back to
Ada, 2 a piece that Bea edits, 3 a laptop nobody took, 4 one that Ivo carries, 5 one he waits with,
6 one that is done, 7 one that was confirmed, 8 one that Eve should agree to, 9 one merged into 4,
10 one that went to Bea a moment ago, 11 one in Ida's hands.
"""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

from sqlalchemy import select

from app.administration import organising
from app.administration.journal import Deed
from app.attachments.actions import keep_file, store_file
from app.catalogue.models import PreparedAnswer
from app.documents.actions import NewVersion, Original
from app.feedback.placing import save_version
from app.feedback.rules import RemarkKind, RemarkWords, Weight
from app.handoffs.actions import hand_on, say_done
from app.handoffs.advice import Advice
from app.imports import actions as imports
from app.people.actions import add_person, digest, open_session
from app.people.app_codes import begin_app
from app.people.calendar_feed import renew_calendar
from app.people.factors import Authenticator, Passkey
from app.people.links import SignInLink
from app.people.models import Absence, Invitation
from app.people.programs import make_token
from app.requests.acts import asking_others, linking, merging, settling, words, work
from app.requests.models import Event
from app.requests.rules import LinkKind, Outcome, WaitingOn
from app.requests.search.saved import SavedView
from app.webhooks.models import Delivery, Webhook
from tests.support.apps import SETTINGS
from tests.support.desk import MONDAY, act, ask
from tests.support.logs_in import GOOD, HEADER, MAPPING
from tests.support.pieces import LATER, MUST, STRENGTH, returned, with_author, with_editor, write

TEXT = "# Ice\n\nIt was cold in the harbour.\n\nThe keeper lit the lamp and waited for the ferry."
NOW = LATER + timedelta(seconds=5)
SOON = datetime(2026, 3, 6, 12, tzinfo=UTC)


def make_world(session, cast, app):
    """Fill the database of `app`, in which there is the cast and nothing else."""
    cast.cy.is_admin = True
    cast.laptop.checklist = ["Charger packed"]
    _pieces(session, cast)
    _laptops(session, cast)
    piece = with_author(session, cast, TEXT, "On its way")
    hand_on(session, piece, advice=Advice(), to=cast.bea, act=act(cast.ada, LATER))
    work.claim(session, ask(session, cast.laptop, cast.kim, "In Ida's hands"), act=act(cast.ida))
    _around(session, cast, app)
    session.commit()


def _pieces(session, cast):
    at = TEXT.index("the lamp")
    suggestion = RemarkWords(
        RemarkKind.SUGGESTION,
        Weight.COULD,
        "A plain word would do here",
        passage=(at, at + 8),
        replacement="a lamp",
    )
    piece = returned(session, cast, [STRENGTH, MUST, suggestion], TEXT, note="Nearly there")
    original = Original("ice.txt", "text/plain", TEXT.encode(), ["A picture was left out."])
    new = NewVersion(TEXT.replace("cold", "icy"), 1, original=original)
    save_version(session, piece, new, act=act(cast.ada, LATER))
    other = with_editor(session, cast, TEXT, "The other piece")
    write(session, other, cast.bea, TEXT.replace("cold", "icy"), on=1)


def _laptops(session, cast):
    ask(session, cast.laptop, cast.kim, "Nobody has it")
    carried = _carried(session, cast, "Ivo has it")
    words.write_message(session, carried, words="I look at it now", act=act(cast.ivo, LATER))
    waits = _carried(session, cast, "Waiting")
    to_kim = {"question": "Which size?", "waiting_on": WaitingOn.REQUESTER, "who": ""}
    work.pause(session, waits, **to_kim, until=SOON, act=act(cast.ivo))
    for title in ("Done", "Confirmed"):
        done = _carried(session, cast, title)
        say_done(session, done, words="Here it is", act=act(cast.ivo))
        if title == "Confirmed":
            settling.confirm(session, done, outcome=Outcome.YES, words="", act=act(cast.kim))
    agreed = _carried(session, cast, "Is it paid?")
    question = {"of": cast.eve, "question": "Agreed?", "until": SOON}
    asking_others.ask_to_agree(session, agreed, **question, act=act(cast.ivo))
    again = _carried(session, cast, "The same again")
    merging.merge(session, again, carried, words="", act=act(cast.ivo))
    part = ask(session, cast.article, cast.kim, "A part")
    linking.link(session, carried, part, kind=LinkKind.CHILD, act=act(cast.ivo))


def _carried(session, cast, title):
    request = ask(session, cast.laptop, cast.kim, title)
    work.start(session, request, act=act(cast.ivo))
    return request


def _around(session, cast, app):
    """What is not about one request: the log, an absence, tokens, a webhook, a second step."""
    deed = Deed(cast.cy, LATER, "a-key-of-the-log")
    organising.name_department(session, cast.content.department, name="Press", deed=deed)
    log = {"name": "desk.csv", "content": (HEADER + GOOD).encode(), "visibility": "open"}
    second = Deed(cast.cy, LATER, "a-key-of-another")
    imports.upload(session, mapping=MAPPING.read_text(), deed=second, **log)
    first, last = date(2026, 3, 9), date(2026, 3, 13)
    session.add(Absence(person_id=cast.dov.id, first_day=first, last_day=last))
    renew_calendar(session, cast.kim, at=NOW)
    make_token(
        session, cast.kim, name="Mine", may_write=False, days=9, form_key="token-key", at=NOW
    )
    session.add(PreparedAnswer(team_id=cast.it_help.id, name="Hello", body="Hello and thanks"))
    session.add(SavedView(person_id=cast.kim.id, name="Open", query="state:open"))
    hook = Webhook(
        team_id=cast.content.id,
        form_key="hook-key-1",
        address="https://example.org/hook",
        secret="whsec_" + "a" * 32,
        events=["raised"],
        made_by_id=cast.dov.id,
        created_at=MONDAY,
    )
    session.add(hook)
    session.flush()
    event = session.execute(select(Event.id, Event.request_id).order_by(Event.id)).first()
    given_up = {"created_at": MONDAY, "tries": 9, "error": "It answered 410.", "body": "{}"}
    session.add(Delivery(webhook_id=hook.id, event_id=event[0], request_id=event[1], **given_up))
    keep_file(
        session,
        store_file(app.extensions["baton_files"], name="list.txt", source=BytesIO(b"a list")),
        person_id=cast.ivo.id,
        form="/requests/4/messages",
        at=NOW,
    )
    _doors(session, cast)


def _doors(session, cast):
    """Ida has a second step, Kim has begun with one; Nia has left; Kim sits at two browsers."""
    begin_app(session, cast.kim, keys=[SETTINGS["BATON_SECRET_KEY"]])
    add_person(
        session, name="Nia Abara", email="nia@baton.example", teams=[], is_admin=False
    ).is_active = False
    open_session(session, cast.kim, browser="Another one", at=NOW)
    good = {"created_at": MONDAY, "expires_at": SOON}
    session.add(Invitation(token_hash=digest("an-invitation"), person_id=cast.lou.id, **good))
    link = {"email": cast.lou.email, "person_id": cast.lou.id, "asked_at": NOW}
    session.add(SignInLink(token_hash=digest("a-link"), expires_at=SOON, **link))
    sealed = {"sealed_secret": "x", "confirmed_at": MONDAY}
    session.add(Authenticator(person_id=cast.ida.id, **sealed))
    key = {"credential_id": "an-id", "public_key": "a-key", "sign_count": 0, "name": "My laptop"}
    session.add(Passkey(person_id=cast.ida.id, created_at=MONDAY, **key))
