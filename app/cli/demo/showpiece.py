"""A piece in its third round, lived through with the same acts that people use."""

import tomllib
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalogue.models import RequestType
from app.documents.actions import NewVersion
from app.documents.queries import latest_version
from app.feedback.actions import answer_remarks
from app.feedback.echoes import say_helped, settle, thank_adviser
from app.feedback.models import Remark
from app.feedback.placing import save_version
from app.feedback.rules import AnswerKind, Audience, RemarkKind, RemarkWords, Weight
from app.handoffs.actions import hand_back, hand_on
from app.handoffs.advice import Advice
from app.handoffs.rules import Decision, Size
from app.people.models import Membership, Person
from app.people.queries import team_clock
from app.requests.acts.raising import Wish, raise_request
from app.requests.acts.words import write_message
from app.requests.acts.work import claim, start
from app.requests.life.promises import LateCard
from app.requests.models import Request
from app.requests.record.recording import Act

SCRIPT = tomllib.loads((Path(__file__).parent / "showpiece.toml").read_text("utf-8"))
HOUR = 3600
SPAN = 58  # working hours from the wish to the third round


class Story:
    """The people of the piece and its clock; every act comes some working hours after the last."""

    def __init__(self, session: Session, offered: RequestType, now: datetime) -> None:
        """Choose the people: the author and the editor of the team, and somebody who asks."""
        self.session, self.offered = session, offered
        members = _members(session, offered.team_id)
        self.author, self.editor = members[0], members[1]
        others = select(Person).join(Membership).where(Membership.team_id != offered.team_id)
        self.requester = session.scalars(others.order_by(Person.id).limit(1)).one()
        self.clock = team_clock(session, offered.team_id)
        begin = now - timedelta(days=20)
        worked = self.clock.between(begin, now)
        self.at = self.clock.add(begin, max(0, worked - SPAN * HOUR)) or begin
        self.keys = count()

    def act(self, by: Person, hours: float = 0.5) -> Act:
        """Return an act of `by`, so many working hours after the one before."""
        self.at = self.clock.add(self.at, int(hours * HOUR)) or self.at
        return Act(by=by, at=self.at, key=f"showpiece-{next(self.keys)}")


def add_showpiece(session: Session, *, now: datetime) -> Request:
    """Add the piece to the first kind of request that has an editor."""
    types = session.scalars(select(RequestType).order_by(RequestType.id))
    offered = next(t for t in types if any(step["stage"] == "editor" for step in t.stages))
    story = Story(session, offered, now)
    wish = Wish(SCRIPT["title"], SCRIPT["details"], [], story.requester.memberships[0].team_id)
    request = raise_request(session, offered, wish, act=story.act(story.requester, 0))
    _first_round(story, request)
    _second_round(story, request)
    return request


def _first_round(story: Story, request: Request) -> None:
    session, author, editor = story.session, story.author, story.editor
    claim(session, request, act=story.act(author, 1))
    write_message(session, request, words="I begin with the log tomorrow.", act=story.act(author))
    start(session, request, act=story.act(author))
    first = NewVersion(SCRIPT["first"], 0, note="First draft")
    save_version(session, request, first, act=story.act(author, 7))
    wishes = Advice(eyes=SCRIPT["author"]["eyes"], keep=SCRIPT["author"]["keep"])
    hand_on(session, request, advice=wishes, to=editor, act=story.act(author))
    start(session, request, act=story.act(editor, 2))
    _give_back(story, request, SCRIPT["first_advice"], Decision.BACK_LARGER, hours=4)


def _second_round(story: Story, request: Request) -> None:
    session, author, editor = story.session, story.author, story.editor
    start(session, request, act=story.act(author, 1))
    asked = _asking(session, request)
    kinds = [(AnswerKind(kind), words) for kind, words in SCRIPT["author"]["answers"]]
    said = {remark.id: answer for remark, answer in zip(asked, kinds, strict=True)}
    answer_remarks(session, request, said, act=story.act(author))
    say_helped(session, request, asked[0], act=story.act(author, 0.1))
    thank_adviser(
        session,
        request,
        editor,
        words="That was exactly what I could not see.",
        act=story.act(author, 0.1),
    )
    second = NewVersion(SCRIPT["second"], 1, note="Crews first, no ice house")
    save_version(session, request, second, act=story.act(author, 5))
    hand_on(session, request, advice=Advice(), to=None, act=story.act(author))
    start(session, request, act=story.act(editor, 2))
    for remark, settled in zip(asked, SCRIPT["second_advice"]["settled"], strict=True):
        words = "" if settled else SCRIPT["second_advice"]["open"]
        session.expire(remark)
        settle(session, request, remark, settled=settled, words=words, act=story.act(editor, 0.1))
    old, new = SCRIPT["mended"]
    mended = NewVersion(SCRIPT["second"].replace(old, new), 2, note="A candle more")
    save_version(session, request, mended, act=story.act(editor, 13))
    _give_back(story, request, SCRIPT["second_advice"], Decision.BACK_SMALL, hours=1)


def _give_back(
    story: Story, request: Request, said: dict[str, Any], decision: Decision, *, hours: float
) -> None:
    latest = latest_version(story.session, request.id)
    body = latest.body if latest else ""
    advice = Advice(
        [_remark(doc, body) for doc in said["remarks"]],
        summary=said.get("summary", ""),
        size=Size(said["size"]),
        note=said.get("note", ""),
        late=LateCard(*said["late"]) if "late" in said else None,
    )
    hand_back(
        story.session,
        request,
        decision=decision,
        stage="author",
        advice=advice,
        act=story.act(story.editor, hours),
    )


def _remark(doc: dict[str, Any], body: str) -> RemarkWords:
    at = body.index(doc["quote"]) if "quote" in doc else None
    return RemarkWords(
        RemarkKind(doc["kind"]),
        Weight(doc.get("weight", "could")),
        doc["see"],
        doc.get("why", ""),
        doc.get("try_next", ""),
        audience=Audience(doc.get("audience", "author")),
        passage=None if at is None else (at, at + len(doc["quote"])),
        replacement=doc.get("replacement"),
    )


def _asking(session: Session, request: Request) -> list[Remark]:
    return list(
        session.scalars(
            select(Remark)
            .where(
                Remark.request_id == request.id,
                Remark.kind != RemarkKind.STRENGTH,
                Remark.audience == Audience.AUTHOR,
            )
            .order_by(Remark.id)
        )
    )


def _members(session: Session, team_id: int) -> list[Person]:
    query = select(Person).join(Membership).where(Membership.team_id == team_id)
    return list(session.scalars(query.order_by(Person.id)))
