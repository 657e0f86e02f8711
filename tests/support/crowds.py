"""Teams large enough for their times to be told, and made small again."""

from sqlalchemy import select, update

from app.people.models import Membership, Person


def teams_of(cast):
    return [cast.content, cast.field_office, cast.it_help, cast.finance]


def crowd(session, cast):
    """Give every team five more members, once."""
    for team in teams_of(cast):
        emails = [f"{team.id}-{number}@baton.example" for number in range(5)]
        if session.scalar(select(Person.id).where(Person.email == emails[0])):
            return
        for number, email in enumerate(emails):
            person = Person(name=f"Member {number} of {team.name}", email=email)
            session.add_all([person, Membership(person=person, team=team)])
    session.flush()


def thin_out(session, team, *, left):
    """Let members of a team leave Baton, until so many are left; the newest go first."""
    members = select(Membership.person_id).where(Membership.team_id == team.id)
    active = members.join(Person).where(Person.is_active).order_by(Membership.id)
    gone = session.scalars(active).all()[left:]
    session.execute(update(Person).where(Person.id.in_(gone)).values(is_active=False))
    session.flush()
