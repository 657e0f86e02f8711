"""A database that goes away while an error is being answered: 503, not 500."""

from sqlalchemy.exc import OperationalError

from app.web import errors
from tests.support.desk import ask


def test_it_goes_away_while_something_else_is_answered(app, client, db_session, cast, monkeypatch):
    request = ask(db_session, cast.laptop, cast.kim)
    client.sign_in(cast.kim)
    page = client.get(f"/requests/{request.id}")
    data = {field["name"]: field.get("value", "") for field in page.all("#form-message input")}
    asked = []

    def away(*_given, **_more):
        asked.append(1)
        if len(asked) == 1:
            raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))
        return {"me": None, "my_teams": [], "unread": 0}

    monkeypatch.setattr("app.web.render.frame", away)
    monkeypatch.setattr(app, "testing", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    data = {key: value for key, value in data.items() if value} | {"words": "x" * 30_000}
    answer = client.raw(f"/requests/{request.id}/messages", method="POST", data=data)
    assert asked
    assert answer.status_code == 503, answer.status_code
    assert errors.WORDS[503][0] in answer.text
