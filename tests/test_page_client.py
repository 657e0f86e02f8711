"""The tests' own browser: it sees what is wrong with a page, and fills forms as a person can."""

from types import SimpleNamespace
from typing import Any

import flask
import pytest

from tests.support.clients import PageClient
from tests.support.forms import fill
from tests.support.pages import Page

GOOD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Tea · Baton</title></head><body>
<h1>Tea</h1>
<form action="/tea" method="post"><input type="hidden" name="csrf_token" value="t">
<input type="hidden" name="key" value="k"><label for="who">Who</label>
<input id="who" name="who" value="Ada"><label><input type="checkbox" name="milk"> Milk</label>
<label>Cup <select name="cup"><option value="s">Small</option><option value="l">Large</option>
</select></label><label>Why <textarea name="why">
thirst</textarea></label><button type="submit" name="do" value="brew">Brew</button></form>
</body></html>"""

BAD = {
    "a second headline": ("</form>", "</form><h1>Coffee</h1>"),
    "a title of something else": ("Tea · Baton", "Baton"),
    "an id twice": ("</form>", '</form><p id="who"></p>'),
    "a form without action": ('action="/tea" ', ""),
    "a form without token": ('name="csrf_token"', 'name="token"'),
    "a form without key": ('name="key"', 'name="other"'),
    "a token by get": ('method="post"', 'method="get"'),
    "a button without its type": ('type="submit" ', ""),
    "a page without its language": (' lang="en"', ""),
    "a field without label": ('for="who"', 'for="whom"'),
    "a handler": ("<h1>", '<h1 onclick="go()">'),
    "a style": ("<h1>", '<h1 style="color: red">'),
    "a script": ("</form>", "</form><script>go()</script>"),
    "an unclosed element": ("</form>", "</form><div>"),
}


def page_of(html: str) -> Page:
    response = flask.Response(html)
    response.request = SimpleNamespace(url="http://localhost/tea")  # type: ignore[attr-defined]
    return Page(response)  # type: ignore[arg-type]


def test_a_good_page_is_accepted() -> None:
    page_of(GOOD).check()


@pytest.mark.parametrize("what", BAD)
def test_a_page_is_refused_for(what: str) -> None:
    html = GOOD.replace(*BAD[what], 1)
    assert html != GOOD
    with pytest.raises(AssertionError, match="/tea"):
        page_of(html).check()


def test_a_form_sends_what_is_hidden_and_what_was_there() -> None:
    filled = fill(page_of(GOOD), "Brew", {"milk": True, "cup": "l"})
    assert (filled.url, filled.method) == ("/tea", "POST")
    assert filled.data == {
        "csrf_token": ["t"],
        "key": ["k"],
        "who": ["Ada"],
        "milk": ["on"],
        "cup": ["l"],
        "why": ["thirst"],
        "do": ["brew"],
    }


@pytest.mark.parametrize("fields", [{"sugar": "2"}, {"cup": "xl"}])
def test_a_form_takes_only_what_it_offers(fields: dict[str, Any]) -> None:
    with pytest.raises(AssertionError, match=next(iter(fields))):
        fill(page_of(GOOD), "Brew", fields)


def test_a_form_is_found_by_its_selector_too() -> None:
    assert fill(page_of(GOOD), "form[action='/tea']", {"who": "Bea"}).data["who"] == ["Bea"]


class Kettle:
    """A session that counts the commits."""

    commits = 0

    def commit(self) -> None:
        self.commits += 1


def test_the_client_commits_follows_and_checks() -> None:
    app = flask.Flask("tea")
    app.add_url_rule("/tea", "ask", lambda: GOOD)
    app.add_url_rule("/tea", "brew", lambda: flask.redirect("/tea", 303), methods=["POST"])
    session = Kettle()

    client = PageClient(app, session)  # type: ignore[arg-type]
    page = client.submit(client.get("/tea"), "Brew")

    assert (page.url, page.h1, session.commits) == ("/tea", "Tea", 3)
