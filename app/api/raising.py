"""Raising a request of a type."""

from collections.abc import Mapping, Sequence
from typing import Any

import flask

from app.api.asking import me, now
from app.api.blueprint import ETAG, KEY, WRITE
from app.api.bodies import Wished
from app.api.offering import answer_with, now_told
from app.api.problems import Refused
from app.api.repeating import act_key, keep_answer, kept_answer
from app.api.requests import bp
from app.api.shapes import RequestShape
from app.catalogue.answers import kept
from app.catalogue.offered import find_offer
from app.catalogue.questions import BETWEEN, Field, FieldKind, asked, wrong_answers
from app.db import db
from app.language import gettext
from app.language.folding import folded
from app.people.queries import everybody_by_team, people_called, teams_of
from app.requests.acts.raising import Wish, raise_request
from app.requests.record.recording import Act

PLACE = {"Location": {"description": "Where it is.", "schema": {"type": "string"}}}


@bp.route("", methods=["POST"])
@bp.told(*WRITE)
@bp.doc(parameters=[KEY])
@bp.arguments(Wished)
@bp.response(201, RequestShape, headers=ETAG | PLACE)
def create_request(sent: Mapping[str, Any]) -> flask.Response:
    """Ask for something: a request of a type, with the answers its form asks for."""
    known = kept_answer()
    if known is not None:
        return known
    offered = find_offer(db.session, sent["type"])
    if offered is None:
        raise _wrong("type", gettext("This is not on offer."))
    wish = _wish(sent, offered.questions)
    raised = raise_request(db.session, offered, wish, act=Act(me(), now(), act_key()))
    whole, headers = now_told(raised)
    place = flask.url_for("api_requests.show_request", request_id=raised.id)
    answer = answer_with(RequestShape().dump(whole), 201, headers | {"Location": place})
    keep_answer(answer)
    db.session.commit()
    return answer


def _wish(sent: Mapping[str, Any], questions: Sequence[Field]) -> Wish:
    texts = _texts(sent["answers"], {question.key: question for question in questions})
    names = {folded(texts.get(q.key, "")) for q in questions if q.kind is FieldKind.PERSON}
    some_team = any(question.kind is FieldKind.TEAM for question in questions)
    teams = db.session.scalars(everybody_by_team()).all() if some_team else []
    people = people_called(db.session, names - {""})
    wrong = wrong_answers(
        questions, texts, people=people, teams={folded(team.name) for team in teams}
    )
    if wrong:
        raise Refused(422, gettext("The form needs something else."), _pointed(wrong))
    answers = [
        kept(question, texts[question.key].strip())
        for question in asked(questions, texts)
        if texts.get(question.key, "").strip()
    ]
    title = " ".join(sent["title"].split())
    return Wish(title, sent["details"].strip(), answers, _asking_team(sent))


def _texts(answers: Mapping[str, Any], questions: Mapping[str, Field]) -> dict[str, str]:
    """Return the answers as texts. :raises Refused: for what no question asks, or no text."""
    unasked = gettext("The form has no such question.")
    wrong = dict.fromkeys(answers.keys() - questions.keys(), unasked)
    texts = {}
    for key, value in answers.items():
        several = value if isinstance(value, list) else [value]
        if not all(isinstance(text, str) and "\0" not in text and _whole(text) for text in several):
            wrong.setdefault(
                key, gettext("Please give a text, or a list of texts for several choices.")
            )
        elif key in questions and questions[key].kind is FieldKind.FILE:
            wrong[key] = gettext("Files come by the page for now.")
        else:
            texts[key] = BETWEEN.join(several)
    if wrong:
        raise Refused(422, gettext("Some answers cannot be taken."), _pointed(wrong))
    return texts


def _whole(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _asking_team(sent: Mapping[str, Any]) -> int:
    mine = teams_of(me())
    team: int | None = sent.get("asking_team")
    if team is None and len(mine) != 1:
        several = gettext("You are in several teams, or in none; say which one asks.")
        raise _wrong("asking_team", several)
    if team is not None and team not in mine:
        raise _wrong("asking_team", gettext("You can ask on behalf of your own teams."))
    return team or mine[0]


def _wrong(part: str, sentence: str) -> Refused:
    return Refused(422, sentence, [{"pointer": f"#/{part}", "detail": sentence}])


def _pointed(wrong: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {"pointer": f"#/answers/{key.replace('~', '~0').replace('/', '~1')}", "detail": sentence}
        for key, sentence in wrong.items()
    ]
