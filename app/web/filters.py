"""What templates may say: times, spans, Markdown, addresses of static files."""

import hashlib
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import flask
import nh3
from flask_login import current_user
from markdown_it import MarkdownIt
from markupsafe import Markup

from app.web import wording
from app.web.headers import now

TAGS = frozenset(
    {
        *("p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
        *("h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
    }
)
ATTRIBUTES = {"a": {"href", "title"}, "th": {"align"}, "td": {"align"}}
_markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def init_app(app: flask.Flask) -> None:
    """Give the templates their words."""
    app.jinja_env.filters.update(
        plain_time=plain_time,
        whole_day=wording.whole_day,
        full_time=full_time,
        clock_time=clock_time,
        plain_day=plain_day,
        duration=wording.duration,
        working_duration=wording.working_duration,
        browser_name=wording.browser_name,
        file_size=wording.file_size,
        markdown=markdown,
        request_address=request_address,
    )
    app.jinja_env.globals["static_url"] = static_url


def plain_time(moment: datetime) -> str:
    """Say an instant as people do, in the reader's zone."""
    return wording.plain_time(moment, now=now(), zone=zone())


def full_time(moment: datetime) -> str:
    """Say an instant in full, in the reader's zone."""
    return wording.full_time(moment, zone=zone())


def clock_time(moment: datetime) -> str:
    """Say the time of day to the second, in the reader's zone."""
    return f"{moment.astimezone(zone()):%H:%M:%S}"


def plain_day(day: str) -> str:
    """Say a day that is stored as 2026-03-31 as people do."""
    found = date.fromisoformat(day)
    return f"{found:%A} {found.day} {found:%B}"


def zone() -> tzinfo:
    """Return the zone of the reader's first team; UTC for somebody at the door."""
    if "zone" not in flask.g:
        name = current_user.zone_at(now()) if current_user.is_authenticated else None
        flask.g.zone = ZoneInfo(name) if name else UTC
    found: tzinfo = flask.g.zone
    return found


def markdown(text: str) -> Markup:
    """Return Markdown as clean HTML: no raw HTML, no images, no scripts, headings from h2 down."""
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
    return _address(flask.request.script_root, str(flask.current_app.static_folder), path)


@lru_cache(maxsize=512)
def _address(_root: str, folder: str, path: str) -> str:
    """Return it, worked out once: a page names the icons hundreds of times."""
    stamp = hashlib.sha256(Path(folder, path).read_bytes()).hexdigest()[:8]
    return flask.url_for("static", filename=path, v=stamp)


def request_address(request_id: int, endpoint: str = "requests.show") -> str:
    """Return the address of a request, or of an act on it, as a list says many of them."""
    return _pattern(flask.request.script_root, endpoint).format(request_id)


@lru_cache(maxsize=64)
def _pattern(_root: str, endpoint: str) -> str:
    return flask.url_for(endpoint, request_id=1).replace("/1", "/{}")
