"""The second step by a code: set up, asked for, never twice, slowed down, and lost."""

from datetime import UTC, timedelta

import pyotp
import pytest
from freezegun import freeze_time
from sqlalchemy import select

from app.people.factors import Authenticator, RecoveryCode
from app.people.models import LoginSession, Person
from tests.support.cast import PASSWORD
from tests.support.desk import MONDAY
from tests.support.doors import DOOR, ask_for_link, knock

pytestmark = pytest.mark.both
ADA = "ada@baton.example"
CODE = "form:has(input[name=code])"


@pytest.fixture(autouse=True)
def clock():
    with freeze_time(MONDAY) as frozen:
        yield frozen


def code_of(secret, clock, *, steps=0):
    at = clock().replace(tzinfo=UTC) + timedelta(seconds=30 * steps)
    return pyotp.TOTP(secret).at(at)


def set_up(client, cast, clock, who="ada"):
    """Set an app up; return its secret and the recovery codes."""
    client.sign_in(getattr(cast, who))
    page = client.get("/me/second-step")
    if page.all("[name=current]"):
        page = client.submit(page, "Go on", current=PASSWORD)
    page = client.submit(page, "Set up an app")
    secret = page.one("code.secret").text
    page = client.submit(page, CODE, code=code_of(secret, clock))
    assert page.h1 == "Your recovery codes"
    assert page.headers["Cache-Control"] == "no-store"
    return secret, page.texts(".codes code")


def test_a_code_is_asked_for_after_the_password_and_opens_once(client, cast, clock):
    secret, _ = set_up(client, cast, clock)
    clock.tick(timedelta(seconds=30))
    half = knock(client, ADA)
    assert half.h1 == "One more step"
    assert client.get("/").url == "/sign-in?next=/", "the password alone opens nothing"
    with client._browser.session_transaction() as cookie:
        cookie["key"] = cookie["half"]
    assert client.get("/").url == "/sign-in?next=/", "nor does its key in another's place"
    wrong = client.submit(half, CODE, 422, code="000 000")
    assert "does not fit" in wrong.texts(".field-error")[0]
    code = code_of(secret, clock)
    assert client.submit(wrong, CODE, code=f"{code[:3]} {code[3:]}").h1 == "My work"
    page = knock(client, ADA)
    client.submit(page, CODE, 422, code=code)
    clock.tick(timedelta(seconds=30))
    assert client.submit(page, CODE, code=code_of(secret, clock)).h1 == "My work"


def test_a_clock_that_is_half_a_minute_off_is_forgiven_and_not_more(client, cast, clock):
    secret, _ = set_up(client, cast, clock)
    clock.tick(timedelta(minutes=5))
    page = knock(client, ADA)
    client.submit(page, CODE, 422, code=code_of(secret, clock, steps=2))
    client.submit(page, CODE, 422, code=code_of(secret, clock, steps=-2))
    assert client.submit(page, CODE, code=code_of(secret, clock, steps=-1)).h1 == "My work"


def test_a_recovery_code_opens_once_and_is_kept_as_a_hash(client, cast, clock, db_session):
    _, codes = set_up(client, cast, clock)
    assert len(set(codes)) == 10
    hashes = set(db_session.scalars(select(RecoveryCode.code_hash)))
    assert not hashes & set(codes)
    db_session.rollback()
    assert client.submit(knock(client, ADA), CODE, code=codes[0].upper()).h1 == "My work"
    assert "9 of 10" in client.get("/me").text
    page = knock(client, ADA)
    client.submit(page, CODE, 422, code=codes[0])
    assert client.submit(page, CODE, code=codes[1].replace("-", " ")).h1 == "My work"


def test_guessing_codes_is_slowed_down_and_half_a_door_shuts(client, cast, clock):
    _, codes = set_up(client, cast, clock)
    page = knock(client, ADA)
    for number in range(5):
        client.submit(page, CODE, 422, code=f"00000{number}")
    assert client.submit(page, CODE, 429, code=codes[0]).headers["Retry-After"] == "900"
    other = knock(client, ADA)
    client.submit(other, CODE, 429, code=codes[0])
    clock.tick(timedelta(minutes=16))
    assert client.submit(other, CODE, code=codes[0]).url == "/sign-in", "begin again"
    assert client.submit(knock(client, ADA), CODE, code=codes[0]).h1 == "My work"


def test_a_link_asks_for_it_too_and_the_way_goes_on(client, cast, clock, by_mail):
    _, codes = set_up(client, cast, clock)
    ask_for_link(client, ADA)
    page = client.submit(client.get(by_mail()), "Sign in and set a new password")
    assert page.h1 == "One more step"
    assert client.get("/me/new-password").url.startswith("/sign-in")
    assert client.submit(page, CODE, code=codes[0]).h1 == "A new password"
    client.stranger()
    page = client.submit(client.get("/ask"), DOOR, email=ADA, password=PASSWORD)
    assert client.submit(page, CODE, code=codes[1]).url == "/ask"


def test_changing_it_asks_for_the_password_again(client, cast, clock, db_session):
    set_up(client, cast, clock)
    clock.tick(timedelta(minutes=16))
    page = client.get("/me/second-step")
    assert page.all("input[name=current]")
    token = page.one("form[action='/sign-out'] input")["value"]
    for what in ("app", "app/end", "codes", "passkeys", "passkeys/1/end"):
        assert client.post(f"/me/second-step/{what}", {"csrf_token": token}).h1 == page.h1
    client.post("/me/second-step/passkeys/question", {"csrf_token": token}, 403)
    assert db_session.get(Person, cast.ada.id).second_step
    db_session.rollback()
    for _ in range(5):
        client.submit(page, "Go on", 422, current="not this one")
    client.submit(page, "Go on", 429, current=PASSWORD)
    clock.tick(timedelta(minutes=16))
    before = client._browser.get_cookie("baton").value
    page = client.submit(page, "Go on", current=PASSWORD)
    page = client.submit(page, "Forget the app")
    assert "recovery" not in page.text.lower()
    assert knock(client, ADA).h1 == "My work"
    client._browser.set_cookie("baton", before)
    assert client.get("/").url == "/sign-in?next=/", "being asked again renews the key"


def test_the_secret_of_an_app_is_sealed_where_it_lies(client, cast, clock, db_session):
    secret, _ = set_up(client, cast, clock)
    assert secret not in db_session.scalar(select(Authenticator.sealed_secret))


def test_an_admin_sets_it_up_first_where_that_is_asked(
    client, cast, clock, db_session, setting, app
):
    setting(second_step_for_admins=True)
    cast.dov.is_admin = True
    client.sign_in(cast.dov)
    page = client.get("/")
    assert page.url == "/me/second-step"
    client.submit(page, "Go on", current=PASSWORD)
    assert "then everything opens" in client.get("/").text
    set_up(client, cast, clock, "dov")
    assert client.get("/").h1 == "My work"
    client.sign_in(cast.ada)
    assert client.get("/").h1 == "My work", "others are free to"


def test_who_lost_everything_is_helped_on_the_command_line(client, cast, clock, app):
    set_up(client, cast, clock)
    options = ["person", "forget-second-step", "--email", ADA]
    assert app.test_cli_runner().invoke(args=options).exit_code == 0
    assert knock(client, ADA).h1 == "My work"
    nobody = ["person", "forget-second-step", "--email", "zoe@baton.example"]
    assert app.test_cli_runner().invoke(args=nobody).exit_code == 1


def test_a_new_password_ends_what_waits_for_its_second_step(client, cast, clock, db_session):
    _, codes = set_up(client, cast, clock)
    page = knock(client, ADA)
    client.sign_in(cast.ada)
    client.submit(client.get("/me"), "Change it", current=PASSWORD, password="a calm new sentence")
    client._browser = client._browser_of(None)
    assert client.submit(page, CODE, code=codes[0]).url == "/sign-in"
    assert db_session.scalar(select(LoginSession.waits_until).where(LoginSession.id == 2))
