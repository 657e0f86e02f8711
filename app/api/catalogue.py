"""Teams, what they offer, and people: what one needs to ask the right ones."""

from collections.abc import Mapping
from typing import Any

from marshmallow.fields import String
from marshmallow.validate import Length, Regexp
from sqlalchemy import Select
from werkzeug.exceptions import NotFound

from app.api.blueprint import LINK, READ, Blueprint
from app.api.paging import Id, PageQuery, page, read_cursor
from app.api.shapes import PersonShape, TeamShape, TypeShape, page_of
from app.catalogue.models import RequestType
from app.catalogue.offered import Offered, find_offer
from app.catalogue.queries import find_team, offers
from app.db import db
from app.language import gettext
from app.language.folding import folded
from app.people.models import Person, Team
from app.people.queries import everybody_by_team, people_with_teams

bp = Blueprint("api_catalogue", __name__, url_prefix="/api/v1", description="Teams, types, people")


class TypesQuery(PageQuery):
    """Whose request types."""

    team = Id(metadata={"description": "The id of the team that offers them."})


class PeopleQuery(PageQuery):
    """Which people."""

    q = String(
        validate=[Length(1, 80), Regexp(r"^[^\x00]+$")],
        metadata={"description": "The beginning of the name."},
    )


@bp.route("/teams")
@bp.told(*READ, 422)
@bp.arguments(PageQuery, location="query")
@bp.response(200, page_of(TeamShape, "Teams"), headers=LINK)
def list_teams(wanted: Mapping[str, Any]) -> Any:
    """List all teams by id."""
    return _by_id(everybody_by_team(), Team, wanted)


@bp.route("/teams/<number:team_id>")
@bp.told(*READ)
@bp.response(200, TeamShape)
def show_team(team_id: int) -> Team:
    """Show one team."""
    found = find_team(db.session, team_id)
    if found is None:
        raise NotFound(gettext("There is no such team."))
    return found


@bp.route("/request-types")
@bp.told(*READ, 422)
@bp.arguments(TypesQuery, location="query")
@bp.response(200, page_of(TypeShape, "RequestTypes"), headers=LINK)
def list_types(wanted: Mapping[str, Any]) -> Any:
    """List what is on offer, with the questions of each form, by id."""
    query = offers()
    if "team" in wanted:
        query = query.where(RequestType.team_id == wanted["team"])
    answer, headers = _by_id(query, RequestType, wanted)
    return {"items": [_with_questions(offered) for offered in answer["items"]]}, headers


@bp.route("/request-types/<number:type_id>")
@bp.told(*READ)
@bp.response(200, TypeShape)
def show_type(type_id: int) -> Any:
    """Show one thing on offer, with the questions of its form."""
    found = find_offer(db.session, type_id)
    if found is None:
        raise NotFound(gettext("This is not on offer."))
    return _with_questions(found)


@bp.route("/people")
@bp.told(*READ, 422)
@bp.arguments(PeopleQuery, location="query")
@bp.response(200, page_of(PersonShape, "People"), headers=LINK)
def list_people(wanted: Mapping[str, Any]) -> Any:
    """List people by id, with their teams."""
    query = people_with_teams()
    if "q" in wanted:
        begins = Person.folded_name.startswith(folded(wanted["q"]), autoescape=True)
        query = query.where(begins)
    answer, headers = _by_id(query, Person, wanted)
    return {"items": [_with_teams(person) for person in answer["items"]]}, headers


@bp.route("/people/<number:person_id>")
@bp.told(*READ)
@bp.response(200, PersonShape)
def show_person(person_id: int) -> Any:
    """Show one person, with their teams."""
    found = db.session.scalar(people_with_teams().where(Person.id == person_id))
    if found is None:
        raise NotFound(gettext("There is no such person."))
    return _with_teams(found)


def _by_id(query: Select[Any], model: Any, wanted: Mapping[str, Any]) -> Any:
    key, limit = read_cursor(wanted.get("cursor"), int), wanted["limit"]
    query = query.order_by(None).order_by(model.id).limit(limit + 1)
    found = db.session.scalars(query.where(model.id > key[0]) if key else query).all()
    return page(found, limit, found[:limit][-1].id if found else 0)


def _with_questions(offered: Offered) -> dict[str, Any]:
    plain = {name: getattr(offered, name) for name in TypeShape().fields if name != "questions"}
    return {**plain, "questions": offered.questions}


def _with_teams(person: Person) -> dict[str, Any]:
    teams = sorted((membership.team for membership in person.memberships), key=lambda t: t.id)
    return {"id": person.id, "name": person.name, "teams": teams}
