"""Every word that Baton says on a page is marked, so that it can be said in another language.

The world is read in a language in which each sentence stands in ⟦brackets⟧. What stands outside of
them must be somebody's own words, which the database holds, or a name that no language changes.
"""

import re

import pytest
from babel.support import NullTranslations
from bs4.element import PreformattedString
from freezegun import freeze_time
from sqlalchemy import select, update

from app import language
from app.db import Base
from app.notices.tokens import unsubscribe_token
from app.people.models import LoginSession, Person
from app.web import listening, pages
from app.worktime.public_holidays import regions, suggestions
from tests.support.apps import SETTINGS
from tests.support.clients import PageClient
from tests.support.every_page import all_pages
from tests.support.hostile import look
from tests.support.world import NOW, make_world

ODD = "eo"  # a language that Babel knows, so that days and months have names
WORD = re.compile(r"[^\W\d_]{2,}")
SAID = ("aria-label", "title", "placeholder", "alt", "data-done")
# Names, units, and what a machine reads. Languages are called as their own speakers call them.
NO_WORDS = {
    *("baton", "english", "deutsch", "csv", "json", "markdown", "firefox", "chrome", "safari"),
    *("kb", "mb", "utc", "cet", "url", "https", "example", "org"),
}
UNREAD = {"script", "style", "template", "code", "pre"}


class Brackets(NullTranslations):
    """A catalogue in which each sentence stands in brackets."""

    def gettext(self, message):
        return f"⟦{message}⟧"

    def ngettext(self, msgid1, msgid2, num):
        return f"⟦{msgid1 if num == 1 else msgid2}⟧"


@pytest.fixture
def odd(app, db_session, cast, setting, monkeypatch):
    """Let everybody read in the odd language; return the words that are in the database."""
    setting(mail_server="smtp://127.0.0.1:9", demo=True)
    english = language.catalogue
    monkeypatch.setitem(language.LANGUAGES, ODD, "Odd")
    monkeypatch.setattr(
        language, "catalogue", lambda code: Brackets() if code == ODD else english(code)
    )
    monkeypatch.setattr(listening, "_asked_for", lambda: ODD)
    before = app.extensions["baton_pages"]
    pages.in_all_languages(app)
    with freeze_time(NOW):
        make_world(db_session, cast, app)
        db_session.execute(update(Person).values(language=ODD))
        db_session.commit()
        theirs = [*texts_in(db_session), *names_in(ODD), *holiday_words()]
        yield {word.casefold() for text in theirs for word in WORD.findall(text)}
    app.extensions["baton_pages"] = before


def texts_in(session):
    """Yield every text that the database holds."""
    for table in Base.metadata.sorted_tables:
        for row in session.execute(select(table)):
            yield from (str(value) for value in row if isinstance(value, str | dict | list))
            yield from (value.decode(errors="replace") for value in row if isinstance(value, bytes))


def outside_brackets(text):
    """Return what stands outside of all brackets, in lines."""
    depth, kept = 0, []
    for letter in text:
        depth += (letter == "⟦") - (letter == "⟧")
        kept.append(letter if depth == 0 and letter != "⟧" else "\n")
    return "".join(kept)


def said_on(page):
    """Yield what a reader is told: the texts as one, since a sentence may go on in a tag."""
    told = (text for text in page.soup.find_all(string=True) if is_read(text))
    yield "\n".join(told)
    for tag in page.soup.find_all(True):
        yield from (str(tag[name]) for name in SAID if tag.has_attr(name))


def is_read(text):
    """Say whether a text of a page is one for readers."""
    unread = UNREAD & {tag.name for tag in text.parents}
    is_avatar = "avatar" in text.parent.get("class", [])
    return not (isinstance(text, PreformattedString) or unread or is_avatar)


def names_in(code):
    """Yield the words that a language itself has for days, months and countries."""
    locale = language.locale_of(code)
    for names in (*locale.days["format"].values(), *locale.months["format"].values()):
        yield from names.values()
    yield from locale.territories.values()


def holiday_words():
    """Yield what the library of holidays says of one country, which is not ours to translate."""
    yield from (name for _, name in regions("DE"))
    yield from (one.name for one in suggestions("DE", "", [2026]))


def test_what_stands_outside_of_all_brackets_is_found():
    assert outside_brackets("⟦a ⟦b⟧ c⟧ d").split() == ["d"]


def test_every_page_says_only_what_is_marked(app, db_session, cast, odd):
    client = PageClient(app, db_session)
    people = {who for who, _ in all_pages() if who}
    for who in people:
        client.sign_in(getattr(cast, who))
    seen_lately = update(LoginSession).values(door="link", sure_at=NOW)
    db_session.execute(seen_lately.where(LoginSession.person_id != cast.bea.id))
    token = unsubscribe_token(1, "digest", secret=SETTINGS["BATON_SECRET_KEY"])
    unmarked = set()
    for who, path in all_pages():
        client.sign_in(getattr(cast, who)) if who else client.stranger()
        page = look(client, path.format(unsubscribe=token))
        lines = [line for text in said_on(page) for line in outside_brackets(text).splitlines()]
        for line in lines:
            left = {word.casefold() for word in WORD.findall(line)}
            if unknown := left - odd - NO_WORDS:
                said = " ".join(line.split())[:90]
                unmarked.add(f"{path}: {said} ({', '.join(sorted(unknown))})")
    assert not unmarked, "\n".join(sorted(unmarked))
