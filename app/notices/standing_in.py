"""The letter to whoever is asked to stand in for a colleague."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.language import gettext, speaking
from app.language.writing import whole_day
from app.notices.letters import BECAUSE, Text, foot, hello
from app.notices.models import Letter
from app.notices.rules import Reason
from app.notices.wanting import wanted_by
from app.people.models import Absence, Person


def ask_to_stand_in(
    session: Session, substitute: Person, absence: Absence, *, url: str, at: datetime
) -> None:
    """Write to who stands in, as they want to hear of questions."""
    mail_at = wanted_by(session, [substitute.id])[substitute.id].mail_at(Reason.QUESTION, at)
    if mail_at is None:
        return
    with speaking(substitute.language):
        text = _words(substitute, absence, url=url)
    session.add(
        Letter(
            person_id=substitute.id,
            to=substitute.email,
            subject=text.subject[:300],
            body=text.body,
            reason=Reason.QUESTION,
            created_at=at,
            next_try_at=mail_at,
        )
    )


def _words(substitute: Person, absence: Absence, *, url: str) -> Text:
    name = absence.person.name
    days = {"first": whole_day(absence.first_day), "last": whole_day(absence.last_day)}
    parts = [
        hello(substitute.first_name),
        gettext(
            "%(name)s is away from %(first)s to %(last)s and asks you to stand in.",
            name=name,
            **days,
        )
        if absence.first_day < absence.last_day
        else gettext("%(name)s is away on %(first)s and asks you to stand in.", name=name, **days),
        gettext(
            "Then you find what waits on them in your work, are told what cannot wait, "
            "and can take it over:"
        ),
        f"{url}/",
        gettext("Should you be away yourself, please tell them."),
        foot(
            gettext("You read this %(because)s.", because=gettext(BECAUSE[Reason.QUESTION])),
            f"{url}/me/notices",
        ),
    ]
    return Text(gettext("You stand in for %(name)s", name=name), "\n\n".join(parts))
