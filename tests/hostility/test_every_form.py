"""Every form of every page, in the hands of somebody hasty, or of somebody who means ill.

The forms are found on the pages themselves: a new route that takes a POST fails here until a page
of tests/support/every_page.py shows its form.
"""

import html

import pytest
from freezegun import freeze_time
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from app.people.models import LoginSession, Person
from app.web.keeping import SECRET
from tests.support.clients import PageClient
from tests.support.gate import PUBLIC
from tests.support.hostile import LONG, STRANGE, forms_of
from tests.support.pages import Page
from tests.support.rewinding import Rewinding
from tests.support.walking import rules_of
from tests.support.world import NOW, make_world

PEOPLE = ("ada", "bea", "cy", "dov", "eve", "ida", "ivo", "kim", "lou")
# A second step stands behind a password: tests/pages/test_second_step.py.
BEHIND_A_PASSWORD = {"second.ask_key", "second.enter_code", "second.enter_key"}
# One log at a time: while one waits there is no form. Its trials: tests/pages/test_log_imports.py.
ONE_AT_A_TIME = {"imports.logs"}
# Its address is signed, and mail programs post to it by themselves (RFC 8058).
WITHOUT_TOKEN = {"unsubscribe.end"}
# Words, and what is only one's own, never conflict with what somebody else did meanwhile.
NEVER_STALE = {
    *("acts.create_thanks", "aside.create_when", "beside.create_decision", "beside.create_tick"),
    *("beside.end_link", "comparing.looked", "files.drop", "files.keep", "lateness.create_rating"),
    *("piece.new_version", "piece.restore", "remarks.create_helped"),
    *("talk.create_message", "talk.create_note"),
}
# The name of a view is said to be too long on the page of the search; a button reads no words.
SHORTENED = {"finding.keep", "files.drop"}
# Not possible in this world, or not with such words; each has stories of its own.
REFUSED_HERE = {
    *("beside.create_link", "beside.create_merge", "beside.create_rest", "handoffs.handoff"),
    *("door.sign_in_with_password", "remarks.confirm", "remarks.create_verdict"),
    *("remarks.create_word", "second_step.add", "second_step.confirm", "talk.end_words"),
    "imports.read_otherwise",
}
# Each click does it anew, and says so.
ANEW = {"door.sign_in_as", "second_step.renew_codes"}
TRIES = {"sign_in_attempt", "sign_in_link"}  # counted, that is what they are for


@pytest.fixture
def world(app, db_session, cast, setting):
    setting(mail_server="smtp://127.0.0.1:9", demo=True)
    with freeze_time(NOW):
        make_world(db_session, cast, app)
        yield cast


@pytest.fixture
def sits(app, db_session, world):
    """Sit down at the browser of somebody as it is now; all but Bea just showed that it is them."""
    client = PageClient(app, db_session)
    for who in PEOPLE:
        client.sign_in(getattr(world, who))
        client.raw("/me", method="GET")  # from here on the cookie holds what forms are signed by
    others = LoginSession.person_id != world.bea.id
    db_session.execute(update(LoginSession).where(others).values(door="link", sure_at=NOW))
    db_session.execute(update(Person).where(Person.id == world.ida.id).values(second_step=True))
    db_session.commit()
    browsers = {who: client._browser_of(getattr(world, who).id) for who in PEOPLE}
    browsers[""] = client._browser_of(None)
    browsers[""].get("/sign-in")
    cookies = {who: browser.get_cookie("baton").value for who, browser in browsers.items()}

    def sit(who):
        client._browser = browsers[who]
        client._browser.set_cookie("baton", cookies[who])
        return client

    sit.as_it_is = client
    return sit


@pytest.fixture
def forms(app, sits):
    return sorted(forms_of(app, sits).items())


def test_every_form_withstands_it(app, engine, sits, forms, db_session):
    posts = {endpoint for endpoint, method in rules_of(app) if method == "POST"}
    web = {endpoint for endpoint in posts if not endpoint.startswith("api")}
    assert web - dict(forms).keys() == BEHIND_A_PASSWORD | ONE_AT_A_TIME

    rewinding, wrong = Rewinding(db_session), []
    for endpoint, form in forms:
        found = [*too_long(sits, form), *out_of_date(sits, form)]
        if engine == "sqlite":  # what is refused before anything is written is refused on both
            found += refused(sits, form)
        changed = rewinding.changed()
        if meant := set(changed) - TRIES:
            found += [] if endpoint in NEVER_STALE else [f"it changed {meant}"]
        rewinding.back(changed)
        found += too_large(sits, form, engine)
        rewinding.back()
        found += odd_and_twice(sits, form, db_session)
        rewinding.back()
        wrong += [f"{endpoint} by {form.who or 'a stranger'}: {each}" for each in found]
    assert not wrong, "\n".join(wrong)


def send(sits, form, **options):
    """Send a form; the answer as a page, well made."""
    answer = sits(form.who).raw(form.url, method="POST", data=form.data, **options)
    page = Page(answer)
    page.check()
    return page


def refused(sits, form):
    """No token, an invisible character, another kind of content, and somebody signed out."""
    if form.endpoint not in WITHOUT_TOKEN:
        if (status := send(sits, form.without("csrf_token")).status) != 400:
            yield f"{status} without a token"
        plain = sits(form.who).raw(
            form.url, method="POST", data="words=x", content_type="text/plain"
        )
        if plain.status_code != 400:
            yield f"{plain.status_code} for text/plain"
    if form.words and (status := send(sits, form.filled("Before\0after")).status) != 400:
        yield f"{status} for a NUL"
    if form.endpoint not in PUBLIC:
        yield from _signed_out(sits, form.filled("Typed while away"))


def _signed_out(sits, form):
    with sits(form.who)._browser.session_transaction() as cookie:
        cookie.pop("key")
    page = Page(sits.as_it_is.raw(form.url, method="POST", data=form.data))
    if page.status != 401:
        yield f"{page.status} for somebody signed out"
    elif set(form.words) - SECRET and "Typed while away" not in html.unescape(page.html):
        yield "the words of somebody signed out are lost"


def too_long(sits, form):
    if not form.words:
        return
    page = send(sits, form.filled(LONG))
    if page.status not in (400, 413, 422) and form.endpoint not in SHORTENED:
        yield f"{page.status} for words that are too long"
    if page.status == 422 and "long long long" not in html.unescape(page.html):
        yield "words that are too long are lost"


def too_large(sits, form, engine):
    """A number that no row can have in the place of each: by then SQLite takes none, either."""
    number = str(10**20 if engine == "sqlite" else 2**31)
    for name, values in form.data.items():
        if any(str(value).isdigit() for value in values):
            try:
                send(sits, form.changed(**{name: number, "key": f"large-{name}"[:60]}))
            except (OverflowError, DBAPIError) as error:
                yield f"{type(error).__name__} for {number} as {name}"


def out_of_date(sits, form):
    if not form.data.get("seen", [""])[0]:
        return
    old = form.changed(seen=str(int(form.data["seen"][0]) - 1), key="a-key-from-before")
    status = send(sits, old).status
    if (status in (403, 409, 422)) == (form.endpoint in NEVER_STALE):
        yield f"{status} from a page that is out of date"


def odd_and_twice(sits, form, session):
    first = send(sits, form.filled(STRANGE))
    if (first.status in (200, 204, 303)) == (form.endpoint in REFUSED_HERE):
        yield f"{first.status} for emoji, script and right-to-left"
    if first.status == 303:
        there = Page(sits(form.who).raw(first.headers["Location"], method="GET"))
        there.check()
        if there.status >= 500 or there.all("script:not([src])"):
            yield f"{there.status} after it"
    after = Rewinding(session)
    send(sits, form.filled(STRANGE))
    if (grown := set(after.grown()) - TRIES) and form.endpoint not in ANEW:
        yield f"the second click wrote into {grown}"
