"""What templates may say: times, spans, Markdown, addresses of static files."""

import hashlib
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import flask
import nh3
from flask_login import current_user
from markdown_it import MarkdownIt
from markupsafe import Markup

from app.catalogue.answers import as_read
from app.catalogue.rules import stage_word
from app.language import writing
from app.requests.naming import kind_word, state_word
from app.web import wording
from app.web.headers import now
from app.web.sessions import csrf_token

TAGS = frozenset(
    {
        *("p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
        *("h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
    }
)
STATIC = Path(__file__).parents[2] / "static"
SHORT = 4000  # characters; bounds what a worker keeps of drawn texts to some tens of megabytes
PLAIN = (int, str)
ATTRIBUTES = {"a": {"href", "title"}, "th": {"align"}, "td": {"align"}}
_markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def init_app(app: flask.Flask) -> None:
    """Give the templates their words."""
    app.jinja_env.filters.update(
        plain_time=plain_time,
        whole_day=writing.whole_day,
        weekday=writing.weekday,
        dated=writing.dated,
        short_day=writing.short_day,
        short_weekday=writing.short_weekday,
        month_and_year=writing.month_and_year,
        begun=writing.begun,
        state_word=state_word,
        kind_word=kind_word,
        as_read=as_read,
        stage_word=stage_word,
        seconds_to=seconds_to,
        clock_time=clock_time,
        plain_day=plain_day,
        duration=wording.duration,
        working_duration=wording.working_duration,
        working_hours=wording.working_hours,
        browser_name=wording.browser_name,
        file_size=wording.file_size,
        markdown=markdown,
    )
    app.jinja_env.globals.update(static_url=static_url, url_for=address, csrf_token=csrf_token)


class Reader(NamedTuple):
    """Who reads this page, as far as its words depend on it, and where addresses begin for them."""

    times: wording.Times
    root: str


def reader() -> Reader:
    """Return the reader of this page; worked out once, because a page says hundreds of times.

    While the database is away nobody is known, and it is told in UTC.
    """
    found: Reader | None = flask.g.get("reader")
    if found is None:
        known = not flask.g.get("database_away") and current_user.is_authenticated
        name = current_user.zone_at(now()) if known else None
        zone = ZoneInfo(name) if name else UTC
        flask.g.reader = found = Reader(wording.Times(now(), zone), flask.request.script_root)
    return found


def plain_time(moment: datetime) -> str:
    """Say an instant as people do, in the reader's zone."""
    return reader().times.plain(moment)


def seconds_to(moment: datetime) -> int:
    """Return how many seconds there are until an instant, 0 when it is over."""
    return max(0, int((moment - now()).total_seconds()))


def clock_time(moment: datetime) -> str:
    """Say the time of day to the second, in the reader's zone."""
    return f"{moment.astimezone(zone()):%H:%M:%S}"


def plain_day(day: str) -> str:
    """Say a day that is stored as 2026-03-31 as people do."""
    return writing.whole_day(date.fromisoformat(day))


def zone() -> tzinfo:
    """Return the zone of the reader's first team; UTC for somebody at the door."""
    return reader().times.zone


def markdown(text: str) -> Markup:
    """Return Markdown as clean HTML: no raw HTML, no images, no scripts, headings from h2 down.

    What is read is read again by the next one, so the last short texts are kept.
    """
    return _kept(text) if len(text) <= SHORT else _drawn(text)


@lru_cache(maxsize=1024)
def _kept(text: str) -> Markup:
    return _drawn(text)


def _drawn(text: str) -> Markup:
    html = _markdown.render(text).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    return Markup(
        nh3.clean(
            html,
            tags=set(TAGS),
            attributes=ATTRIBUTES,
            link_rel="nofollow noopener",
            url_schemes={"http", "https", "mailto"},
        )
    )


def static_url(path: str) -> str:
    """Return the address of a static file, which changes when the file does."""
    return _address_of(flask.request.script_root, path)


@lru_cache(maxsize=512)
def _address_of(_root: str, path: str) -> str:
    """Return it, worked out once: a page names the icons hundreds of times."""
    stamp = hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:8]
    return flask.url_for("static", filename=path, v=stamp)


def address(endpoint: str, **values: Any) -> str:
    """Return what Flask's `url_for` does; where only numbers and words go into it, worked out once.

    A blueprint may add values of its own, by what page it is asked on: those are worked out anew.
    """
    known = None
    if all(type(value) in PLAIN for value in values.values()):
        known = _address(flask.request.script_root, endpoint, *values.items())
    return known or flask.url_for(endpoint, **values)


@lru_cache(maxsize=8192)
def _address(_root: str, endpoint: str, *values: tuple[str, Any]) -> str | None:
    if endpoint.partition(".")[0] in flask.current_app.url_default_functions:
        return None
    return flask.url_for(endpoint, **dict(values))


def request_address(request_id: int, endpoint: str = "requests.show") -> str:
    """Return the address of a request, or of an act on it, as a list says many of them."""
    return request_pattern(endpoint) % request_id


def request_pattern(endpoint: str) -> str:
    """Return that address with "%d" for the request's id, for lists of them."""
    return _pattern(reader().root, endpoint)


@lru_cache(maxsize=64)
def _pattern(_root: str, endpoint: str) -> str:
    return flask.url_for(endpoint, request_id=1).replace("/1", "/%d")
