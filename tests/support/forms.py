"""Filling in a form of a page exactly as a browser would send it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bs4 import Tag

from tests.support.pages import Page, text_of

BUTTONS = "button:not([type]), button[type=submit], input[type=submit]"


@dataclass(frozen=True)
class Filled:
    """What the browser sends: `data` maps a name to its value or list of values."""

    url: str
    method: str
    data: dict[str, Any]


def fill(page: Page, form: str, fields: Mapping[str, Any]) -> Filled:
    """Fill in the form with the button, or at the CSS selector, `form`.

    A box is ticked by True, cleared by False; a list chooses several. Naming a field that the form
    does not have, or a choice that it does not offer, fails: a person could not do it either.
    """
    tag, button = _find(page, form)
    data: dict[str, list[Any]] = {}
    names: set[str] = set()
    for control in _controls(page, tag):
        name = str(control["name"])
        names.add(name)
        given = fields.get(name, ...)
        data.setdefault(name, []).extend(
            _sent(control) if given is ... else _chosen(control, given)
        )
    for name, value in fields.items():
        assert name in names, f"the form has no field {name}: {sorted(names)}"
        assert _taken(data[name], value), f"{name} does not offer {value!r}"
    if button is not None and button.get("name"):
        data.setdefault(str(button["name"]), []).append(str(button.get("value", "")))
    pressed = button if button is not None else tag
    url = str(pressed.get("formaction") or tag["action"])
    return Filled(url, str(tag.get("method", "get")).upper(), {k: v for k, v in data.items() if v})


def _find(page: Page, form: str) -> tuple[Tag, Tag | None]:
    pressed = [
        button
        for button in page.all(BUTTONS)
        if form in (text_of(button), button.get("value"), button.get("aria-label"))
    ]
    assert len(pressed) < 2, f"{len(pressed)} buttons “{form}” at {page.url}; take a CSS selector"
    if not pressed:
        seen = ", ".join(page.texts(BUTTONS))
        assert any(sign in form for sign in ".#[>"), f"no button “{form}” at {page.url}: {seen}"
        element = page.one(form)
        if element.name == "form":
            return element, element.select_one(BUTTONS)
        pressed = [element]
    assert not pressed[0].has_attr("disabled"), f"the button “{form}” is disabled"
    owner = pressed[0].get("form")
    parent = page.one(f"form#{owner}") if owner else pressed[0].find_parent("form")
    assert isinstance(parent, Tag), f"the button “{form}” stands outside any form"
    return parent, pressed[0]


def _controls(page: Page, form: Tag) -> list[Tag]:
    inside = form.select("input[name], select[name], textarea[name]")
    if form.get("id"):
        inside += page.all(f'[form="{form["id"]}"][name]:not(button)')
    return [
        control
        for control in inside
        if not control.has_attr("disabled")
        and not control.find_parent("fieldset", disabled=True)
        and control.get("type") not in ("submit", "button", "reset", "image")
    ]


def _sent(control: Tag) -> list[Any]:
    """Return what is sent when the person leaves `control` as it is."""
    if control.name == "textarea":
        return [control.get_text().removeprefix("\n")]
    if control.name == "select":
        options = control.select("option")
        marked = [option for option in options if option.has_attr("selected")]
        return [_value(option) for option in marked or options[:1]]
    if control.get("type") in ("checkbox", "radio"):
        return [control.get("value", "on")] if control.has_attr("checked") else []
    return [] if control.get("type") == "file" else [control.get("value", "")]


def _chosen(control: Tag, given: Any) -> list[Any]:
    """Return what is sent when the person gives `given` to `control`; nothing if not its own."""
    wanted = [str(each) for each in given] if isinstance(given, list | tuple) else [str(given)]
    if control.name == "select":
        return [_value(each) for each in control.select("option") if _value(each) in wanted]
    if control.get("type") in ("checkbox", "radio"):
        mine = str(control.get("value", "on"))
        return [mine] if given is True or mine in wanted else []
    return [given if hasattr(given, "read") else wanted[0]]


def _value(option: Tag) -> str:
    return str(option.get("value", text_of(option)))


def _taken(sent: list[Any], given: Any) -> bool:
    if given is False:
        return not sent
    return len(sent) == len(given) if isinstance(given, list | tuple) else bool(sent)
