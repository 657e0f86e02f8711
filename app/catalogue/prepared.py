"""Answers a team has prepared, to begin with; a person's own words go around them."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.catalogue.models import PreparedAnswer

NAME = "{name}"  # stands for the first name of who asked


def prepared_of(team_id: int) -> Select[PreparedAnswer]:
    """Select what a team has prepared, by name."""
    return (
        select(PreparedAnswer)
        .where(PreparedAnswer.team_id == team_id)
        .order_by(PreparedAnswer.name, PreparedAnswer.id)
    )


def prepare(session: Session, team_id: int, *, name: str, body: str) -> PreparedAnswer:
    """Keep an answer under `name`; one of this name is replaced."""
    known = session.scalar(prepared_of(team_id).where(PreparedAnswer.name == name))
    answer = known or PreparedAnswer(team_id=team_id, name=name)
    answer.body = body
    session.add(answer)
    session.flush()
    return answer


def filled(answer: PreparedAnswer, *, first_name: str) -> str:
    """Return the words with the name of whom they go to."""
    return answer.body.replace(NAME, first_name)
