"""From notices to letters: rows at first, which `sending` brings on their way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from app.catalogue.rules import Visibility
from app.language import gettext, speaking
from app.notices.letters import News, letter
from app.notices.models import Letter, Notice
from app.notices.queries import Said, sentences, wishes_of
from app.notices.rules import How, Reason
from app.people.models import Person
from app.requests.models import Event, Message, Request
from app.requests.queries import visibility

AT_MOST: Final = 40  # notices in one letter


@dataclass(frozen=True)
class House:
    """What a letter says of this installation: its address, and whether mail can be answered."""

    url: str
    can_answer: bool


def people_with_mail_due(session: Session, *, at: datetime, limit: int) -> Sequence[int]:
    """Return the ids of people for whom something waits to be written by `at` (UTC)."""
    return session.scalars(
        select(Notice.person_id)
        .where(Notice.letter_id.is_(None), Notice.mail_at <= at)
        .distinct()
        .order_by(Notice.person_id)
        .limit(limit)
    ).all()


def write_letter(session: Session, person_id: int, house: House, *, at: datetime) -> bool:
    """Write one letter of what is due for a person.

    What they read meanwhile is left out, and what was new and has found its hands.
    """
    person = session.get(Person, person_id, with_for_update={"key_share": True})
    if person is None:
        return False
    due = list(session.scalars(_due(person_id, at)))
    for notice in due:
        taken = notice.reason == Reason.NEW and notice.request.holder_id is not None
        if notice.read_at is not None or taken or not person.is_active:
            notice.mail_at = None
    wanted = [notice for notice in due if notice.mail_at is not None]
    seen = set(session.scalars(_visible_ids(person, [n.request_id for n in wanted])))
    for notice in wanted:
        if notice.request_id not in seen:
            notice.mail_at = None
    told = [notice for notice in wanted if notice.mail_at is not None][:AT_MOST]
    if told:
        _write(session, person, told, house, at=at)
    session.flush()
    return bool(due)


def _due(person_id: int, at: datetime) -> Select[Notice]:
    return (
        select(Notice)
        .where(Notice.person_id == person_id, Notice.letter_id.is_(None), Notice.mail_at <= at)
        .options(
            joinedload(Notice.request),
            joinedload(Notice.event).joinedload(Event.actor),
            joinedload(Notice.event).joinedload(Event.message),
        )
        .order_by(Notice.id)
    )


def _visible_ids(person: Person, ids: Sequence[int]) -> Select[int]:
    return select(Request.id).where(Request.id.in_(ids), visibility(person))


def _write(
    session: Session, person: Person, told: Sequence[Notice], house: House, *, at: datetime
) -> None:
    said = _said_along(session, told)
    wishes = wishes_of(session, person)
    at_once = all(wishes[Reason(notice.reason)] is How.AT_ONCE for notice in told)
    with speaking(person.language):
        pairs = zip(told, sentences(session, person, told), strict=True)
        text = letter(
            person.first_name,
            [_news(notice, happened, house, said) for notice, happened in pairs],
            settings_url=f"{house.url}/me/notices",
            can_answer=house.can_answer,
            at_once=at_once,
        )
    only = {notice.request_id for notice in told}
    written = Letter(
        person_id=person.id,
        to=person.email,
        subject=text.subject[:300],
        body=text.body,
        request_id=told[0].request_id if len(only) == 1 else None,
        reason=told[0].reason if len(only) == 1 else None,
        created_at=at,
        next_try_at=at,
    )
    session.add(written)
    session.flush()
    for notice in told:
        notice.letter_id = written.id


def _said_along(session: Session, told: Sequence[Notice]) -> dict[tuple[int, datetime], str]:
    """Return the visible words that came with each act, by request and time of the act."""
    rows = session.execute(
        select(Event.request_id, Event.at, Message.body)
        .join(Message, Message.id == Event.message_id)
        .where(
            Event.request_id.in_({notice.request_id for notice in told}),
            Event.at.in_({notice.event.at for notice in told}),
            Message.internal.is_(False),
        )
    )
    return {(row[0], row[1]): row[2] for row in rows}


def _news(
    notice: Notice, happened: Said, house: House, said: Mapping[tuple[int, datetime], str]
) -> News:
    event, request = notice.event, notice.request
    private = request.visibility == Visibility.CONFIDENTIAL
    # What was merged leads on to where none of these words are, unless it is told to stay.
    stay = "?stay=1" if request.merged_into_id else ""
    return News(
        request_id=request.id,
        title=gettext("A confidential request") if private else request.title,
        reason=Reason(notice.reason),
        sentence=happened.words,
        words="" if private else _words(event, said),
        url=f"{house.url}/requests/{request.id}{stay}",
        instead_of=happened.instead_of,
    )


def _words(event: Event, said: Mapping[tuple[int, datetime], str]) -> str:
    return event.message.body if event.message else said.get((event.request_id, event.at), "")
