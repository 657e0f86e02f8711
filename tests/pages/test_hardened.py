"""What every answer carries, what leaves a line for those who look, and who ends whose browsers."""

import logging

import pytest
from sqlalchemy import select

from app.db import db
from app.people.models import LoginSession
from tests.support.cast import PASSWORD, make_cast
from tests.support.doors import knock
from tests.support.forms import fill

ADA = "ada@baton.example"


def test_every_answer_carries_its_policies(make_app):
    app = make_app(BATON_SECURE_COOKIES="yes")
    with app.app_context():
        make_cast(db.session)
        db.session.commit()
    client = app.test_client()
    for path in ("/sign-in", "/static/css/base.css", "/nothing", "/api/v1/me", "/healthz"):
        headers = client.get(path, base_url="https://localhost", buffered=True).headers
        assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains", path
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in headers
        for part in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
            assert part in headers["Content-Security-Policy"], path
    cookie = app.test_client().get("/sign-in", base_url="https://localhost").headers["Set-Cookie"]
    parts = cookie.split("; ")
    assert parts[0].startswith("__Host-baton=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(parts)
    assert not any(part.startswith("Domain") for part in parts)
    for method in ("TRACE", "PUT", "DELETE"):
        assert client.open("/", method=method, base_url="https://localhost").status_code == 405


@pytest.mark.parametrize("button", ["Sign out", "Sign out everywhere"])
def test_who_signs_out_leaves_nothing_in_the_browser(app, client, cast, setting, button):
    client.sign_in(cast.ada)
    page = client.get("/me")
    setting(secure_cookies=True)
    filled = fill(page, button, {})
    answer = client.raw(filled.url, method="POST", data=filled.data)
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.both
def test_coming_in_and_failing_to_leave_a_line_without_what_was_typed(client, cast, caplog):
    caplog.set_level(logging.INFO, "baton.security")
    knock(client, ADA, "wrong wrong wrong", 422)
    knock(client, ADA)
    lines = [r for r in caplog.records if r.name == "baton.security"]
    said = [(line.message, line.door, line.person_id) for line in lines]
    assert said == [
        ("a door did not open", "password", None),
        ("came in", "password", cast.ada.id),
    ]
    assert {getattr(line, "from") for line in lines} == {"127.0.0.1"}
    assert all(line.request_id for line in lines)
    assert "wrong" not in str([vars(line) for line in lines])
    for _ in range(5):
        knock(client, "zoe@baton.example", "wrong wrong wrong", 422)
    knock(client, "zoe@baton.example", "wrong wrong wrong", 429)
    assert "a door is shut for a while" in [record.message for record in caplog.records]


@pytest.mark.both
def test_an_admin_signs_somebody_out_everywhere_and_nobody_else_may(client, cast, db_session):
    client.sign_in(cast.ada)
    cast.eve.is_admin = True
    client.sign_in(cast.eve)
    page = client.submit(client.get(f"/admin/people/{cast.ada.id}"), "Sign them out everywhere")
    assert "signed out everywhere" in page.text
    assert "signed out everywhere the person Ada Lindqvist" in client.get("/admin/log").text
    client.sign_in(cast.ada)
    assert client.get("/").url == "/sign-in?next=/"
    db_session.rollback()
    open_rows = select(LoginSession.person_id).where(LoginSession.revoked_at.is_(None))
    assert db_session.scalars(open_rows).all() == [cast.eve.id]


@pytest.mark.both
def test_everybody_sets_up_a_second_step_where_that_is_asked(client, cast, setting):
    client.sign_in(cast.kim)
    setting(second_step_for_everybody=True)
    page = client.get("/asked")
    assert page.url == "/me/second-step"
    page = client.submit(page, "Go on", current=PASSWORD)
    assert "Here everybody has a second step" in page.text


@pytest.mark.both
def test_a_password_that_everybody_takes_is_refused_where_it_is_chosen(client, cast):
    client.sign_in(cast.ada)
    page = client.get("/me")
    for password in ("123qweasdzxc", "AdaLindqvist2026"):
        wrong = client.submit(page, "Change it", 422, current=PASSWORD, password=password)
        assert wrong.texts(".field-error")
