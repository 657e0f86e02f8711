"""Looking after people, teams and calendars: for admins, and leads for their own; else nothing."""

import pytest

from tests.support.gate import ADMINS, LOOKED_AFTER
from tests.support.walking import ask, rules_of, same


@pytest.mark.parametrize("who", ["kim", "ada", "dov", "eve", "eve as admin"])
def test_it_is_hidden_from_all_others(app, client, cast, db_session, who):
    person = getattr(cast, who[:3])
    person.is_admin = who.endswith("admin")
    db_session.commit()
    client.sign_in(person)
    missing = same(client.raw("/no/such/page"))
    # Pages first: what a form did would be told on the next page.
    for endpoint, method in sorted(rules_of(app), key=lambda rule: rule[1]):
        values = {**ADMINS, **LOOKED_AFTER}.get(endpoint)
        if values is None or 999_999 in values.values():
            continue
        with app.test_request_context():
            url = app.url_for(endpoint, **values)
        answer = ask(client, url, method, {}, f"key-{endpoint}")
        allowed = person.is_admin or (who == "dov" and endpoint in LOOKED_AFTER)
        assert (answer.status_code == 404) != allowed, (endpoint, method)
        if not allowed and method == "GET":
            assert same(answer) == missing, endpoint
