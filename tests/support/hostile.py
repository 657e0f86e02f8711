"""Every form there is, found on the pages of the world, and what a hostile browser does with it."""

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from app.notices.tokens import unsubscribe_token
from tests.support.apps import SETTINGS
from tests.support.cast import PASSWORD
from tests.support.every_page import all_pages
from tests.support.forms import BUTTONS, _controls, _sent
from tests.support.gate import REQUEST, SEERS
from tests.support.pages import Page

HIDDEN = frozenset({"csrf_token", "key", "seen", "based_on", "next", "kept", "credential"})
STRANGE = "<script>alert(1)</script> 👩‍👩‍👧‍👦 \u202eمرحبا\u202c"
LONG = "long " * 60_000
TYPED = {"date": "2026-03-20", "time": "10:00", "number": "2", "url": "https://example.org/x"}
TYPED |= {"email": "nobody@baton.example", "month": "2026-03", "datetime-local": "2026-03-20T10:00"}


# Fields that take one shape only: their own value stays, or this one is given.
SANE = {"number": "4", "of": "eve@baton.example", "person": "eve@baton.example"}
SANE |= {"address": "https://example.org/x", "zone": "Europe/Berlin", "asked_if": ""}
KEPT = re.compile(rf"(week|days|questions)-|({'|'.join(SANE)})$")
WORDS = frozenset({"words", "reason", "question", "missing", "note", "instead", "sorry", "why"})


@dataclass(frozen=True)
class Form:
    """A form as it stands on a page: what its reader would send, and which fields hold words."""

    endpoint: str
    who: str
    page: str
    url: str
    data: dict[str, list[Any]]
    words: tuple[str, ...]

    def filled(self, text: str) -> "Form":
        """Return it with `text` in each field for words."""
        return replace(self, data=self.data | {name: [text] for name in self.words})

    def changed(self, **values: str) -> "Form":
        """Return it with other hidden values."""
        return replace(self, data=self.data | {name: [value] for name, value in values.items()})

    def without(self, name: str) -> "Form":
        """Return it without a field."""
        return replace(self, data={k: v for k, v in self.data.items() if k != name})


# Sent by a script: (who, on which page, to which address, what).
BY_SCRIPT = {
    "drafts.keep": ("kim", "/requests/3", "/drafts", {"form": "/requests/3/messages", "words": ""}),
    "drafts.drop": ("kim", "/requests/3", "/drafts/drop", {"form": "/requests/3/messages"}),
    "notices.create_look": ("kim", "/requests/3", "/requests/3/seen", {}),
    "pulse.create_pulse": ("kim", "/requests/3", "/requests/3/pulse", {"form": "messages"}),
    "second_step.offer": ("ada", "/me", "/me/second-step/passkeys/question", {}),
}


def forms_of(app, sits, pages=None):
    """Return by endpoint one form for each route that takes a POST; `sits(who)` gives a browser."""
    found: dict[str, Form] = {}
    token = unsubscribe_token(1, "digest", secret=SETTINGS["BATON_SECRET_KEY"])
    for who, path in pages or all_pages():
        page = look(sits(who), path.format(unsubscribe=token))
        for tag in page.all("form"):
            for url, button in _ways(tag, page):
                form = _form(app, who, page, tag, url, button)
                if form is not None:
                    found.setdefault(form.endpoint, form)
    for endpoint, (who, path, url, data) in BY_SCRIPT.items():
        token = look(sits(who), path).all("[name=csrf_token]")[0]["value"]
        sent = {name: [value] for name, value in ({"csrf_token": token} | data).items()}
        words = ("words",) if "words" in data else ()
        found[endpoint] = Form(endpoint, who, path, url, sent, words)
    for endpoint, (sample, allowed) in REQUEST.items():
        if endpoint not in found and _takes_posts(app, endpoint):
            who = min(allowed or SEERS)
            found[endpoint] = _by_hand(app, sits(who), who, endpoint, sample)
    return found


def look(client, path):
    """Return a page as it is; that it is well made is looked at elsewhere."""
    page = Page(client.raw(path, method="GET"))
    assert page.status == 200, (path, page.status)
    return page


def _takes_posts(app, endpoint):
    return any("POST" in rule.methods for rule in app.url_map.iter_rules(endpoint))


def _by_hand(app, client, who, endpoint, sample):
    """Return what somebody sends to a route of the piece whose form stands on no page just now."""
    page = look(client, "/requests/1")
    token = page.all("[name=csrf_token]")[0]["value"]
    known = {"request_id": 1, "number": 1, "remark_id": 1, "visit_seq": 2, "adviser_id": 2}
    known |= {"seq": 1, "file_id": 1}
    wanted = next(app.url_map.iter_rules(endpoint)).arguments
    with app.test_request_context():
        url = app.url_for(endpoint, **{name: known[name] for name in wanted})
    hidden = {"csrf_token": token, "key": f"by-hand-{endpoint}", "seen": "9"}
    data = {name: [value] for name, value in (hidden | sample).items()}
    words = tuple(name for name in sample if name in WORDS)
    return Form(endpoint, who, page.url, url, data, words)


def _ways(tag, page):
    """Yield (address, button) for each place to which a form may go."""
    buttons = tag.select(BUTTONS)
    if tag.get("id"):
        buttons += page.all(f'button[form="{tag["id"]}"]')
    seen = set()
    for button in buttons or [None]:
        url = (button.get("formaction") if button else None) or tag["action"]
        if url not in seen:
            seen.add(url)
            yield url, button


def _form(app, who, page, tag, url, button):
    if str(tag.get("method")).lower() != "post":
        return None
    url = urljoin(page.url, url)
    endpoint, _ = app.url_map.bind("localhost").match(urlsplit(url).path, method="POST")
    data: dict[str, list[Any]] = {}
    words = []
    for control in _controls(page, tag):
        name = str(control["name"])
        data.setdefault(name, []).extend(_answer(control, data.get(name)))
        if name not in HIDDEN and not KEPT.match(name) and _is_words(control):
            words.append(name)
    if button is not None and button.get("name"):
        data.setdefault(str(button["name"]), []).append(str(button.get("value", "")))
    return Form(endpoint, who, page.url, url, data, tuple(words))


def _is_words(control):
    kind = control.get("type", "text")
    return control.name == "textarea" or (control.name == "input" and kind in ("text", "search"))


def _answer(control, before):
    """Return what somebody would answer who fills everything in."""
    kind = control.get("type", "text")
    if kind == "radio":
        return [] if before else [control.get("value", "on")]
    if kind == "checkbox":
        return [control.get("value", "on")]
    if kind == "password":
        return [PASSWORD]
    if control.name == "select" and control.has_attr("required"):
        return [_sent(control)[0] or control.select("option")[1]["value"]]
    sent, name = _sent(control), str(control["name"])
    if any(str(each).strip() for each in sent) or KEPT.match(name):
        return [SANE[name]] if name in SANE else sent
    if control.name == "textarea" or (control.name == "input" and kind == "text"):
        return ["Some words"]
    return sent if any(sent) else [TYPED[kind]] if kind in TYPED else sent
