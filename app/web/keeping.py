"""Typed words that must not be lost: what was posted, shown again so that it can be sent again."""

import json
from typing import Any

import flask

from app.language import gettext, gettext_noop
from app.web.acting import new_key
from app.web.forms.labels import Asked, asked_by
from app.web.left_over import is_beside
from app.web.render import is_local

OURS = frozenset({"csrf_token", "key", "seen", "kept", "next", "based_on"})
SECRET = frozenset({"password", "current", "code", "credential"})  # never shown again
LIMIT = 200_000
# Fields of forms that `asked_by` does not know, as they read above words that are shown again.
LABELS = {
    "Words": gettext_noop("Your words"),
    "Body": gettext_noop("The text"),
    "Title": gettext_noop("In a few words"),
    **{said: said for said in (gettext_noop("Details"), gettext_noop("Note"))},
    **{said: said for said in (gettext_noop("Team"), gettext_noop("Name"), gettext_noop("Kind"))},
    **{said: said for said in (gettext_noop("Summary"), gettext_noop("Number"))},
}


def posted_words() -> str:
    """Return what this HTTP request posted, as text for a hidden field; "" if nothing."""
    fields = [(k, v) for k, v in flask.request.form.items(multi=True) if k not in OURS | SECRET]
    if not any(value.strip() for _, value in fields):
        return ""
    hidden = {name: flask.request.form.get(name, "") for name in ("key", "seen", "based_on")}
    return json.dumps({"to": flask.request.full_path.rstrip("?"), "fields": fields, **hidden})


def read_kept(text: str) -> dict[str, Any] | None:
    """Read what `posted_words` wrote. It came through a browser: only shapes we know are taken."""
    try:
        kept = json.loads(text[:LIMIT])
        fields = [(str(name), str(value)) for name, value in kept["fields"]]
        to = str(kept["to"])
    except (ValueError, KeyError, TypeError):
        return None
    if not is_local(to):
        return None
    hidden = {name: str(kept.get(name) or "") for name in ("key", "seen", "based_on")}
    return {"to": to, "fields": [field(to, *pair) for pair in fields], **hidden}


def kept_now(*, seen: object = None) -> dict[str, Any] | None:
    """Return this HTTP request's posted words for showing; `seen` replaces the page's version."""
    kept = read_kept(posted_words() or "{}")
    if kept is not None and seen is not None:
        kept["seen"] = str(seen)
    return kept


def field(to: str, name: str, value: str) -> dict[str, Any]:
    """Return one kept field as the template shows it: words to look over, a choice as it reads.

    A choice that nobody can name here, such as a colleague's number, goes along in silence.
    """
    words = not is_beside(name)
    asked = asked_by(to, name) or Asked(_label(name), for_words=words, choices={})
    clean = value.replace("\0", "\ufffd")
    chosen = asked.choices.get(value, "")
    return {"name": name, "value": clean, "chosen": chosen, **asked._asdict()}


def _label(name: str) -> str:
    label = name.replace("_", " ").replace("-", " ").capitalize()
    return gettext(LABELS.get(label, label))


def hidden_values(kept: dict[str, Any]) -> dict[str, str]:
    """Return the hidden fields that go along when kept words are sent again."""
    values = {name: kept[name] for name in ("seen", "based_on") if kept[name]}
    return {"key": kept["key"] or new_key(), **values}
