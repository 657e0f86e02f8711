"""Templates, compiled once for each language, so that a page in another one costs nothing more.

`gettext("…")` and `{% trans %}` without values are put into words while a template is compiled;
only sentences with values in them are looked up when a page is drawn.
"""

from collections.abc import Mapping
from typing import Any

import flask
from flask.templating import Environment
from jinja2 import StrictUndefined, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from app import language


class Pages(Environment):
    """The templates in one language, which is `code`."""

    code = language.ENGLISH

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        return _InWords(self.code).visit(tree)


class _InWords(NodeTransformer):
    """Puts sentences without values into words."""

    def __init__(self, code: str) -> None:
        self._words = language.catalogue(code)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802, as the visitor calls it
        self.generic_visit(node)
        by_name = isinstance(node.node, nodes.Name) and node.node.name == "gettext"
        has_values = node.kwargs or node.dyn_kwargs
        if not by_name or has_values or not isinstance(node.args[0], nodes.Const):
            return node
        # A sentence of {% trans %} has its percent signs doubled, with values and without.
        said = self._words.gettext(node.args[0].value).replace("%%", "%")
        return nodes.MarkSafe(nodes.Const(said, lineno=node.lineno), lineno=node.lineno)


class Flask(flask.Flask):
    """Flask with templates in several languages."""

    jinja_environment = Pages


def init_app(app: flask.Flask) -> None:
    """Set the templates up; before the first one is read."""
    env = app.jinja_env
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    env.add_extension("jinja2.ext.i18n")
    env.add_extension("app.web.steady.Steady")
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(  # type: ignore[attr-defined]
        language.gettext, language.ngettext, newstyle=True
    )
    # Jinja's own do the same by way of its context and of `Markup`, which takes five times as long.
    env.globals.update(gettext=_say, ngettext=_say_how_many)


def _say(text: str, /, **values: Any) -> Markup:
    return _filled(language.gettext(text), values)


def _say_how_many(one: str, many: str, n: int, /, **values: Any) -> Markup:
    said = language.catalogue(language.spoken()).ngettext(one, many, n)
    return _filled(said, {"num": n, **values})


def _filled(said: str, values: Mapping[str, Any]) -> Markup:
    """Return a sentence as HTML, its values escaped."""
    return Markup(said % {name: escape(value) for name, value in values.items()})


def in_all_languages(app: flask.Flask) -> None:
    """Compile for every language what all pages ask of `ui`; after the templates have all words."""
    app.extensions["baton_pages"] = {code: _in(app, code) for code in language.LANGUAGES}


def _in(app: flask.Flask, code: str) -> Any:
    pages: Any = app.jinja_env.overlay()
    pages.code = code
    direction = language.locale_of(code).text_direction
    pages.globals = {**app.jinja_env.globals, "language_code": code, "direction": direction}
    with language.speaking(code):
        pages.globals["ui"] = pages.get_template("ui.html").module
    return pages


def draw(template: str, **context: Any) -> str:
    """Return a template as HTML, in the language spoken."""
    pages = flask.current_app.extensions["baton_pages"][language.spoken()]
    drawn: str = pages.get_template(template).render(context)
    return drawn
