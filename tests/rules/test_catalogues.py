"""The catalogues say every sentence that the code marks, with the same values in it."""

import ast
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.language import CATALOGUES, ENGLISH, LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
MARKS = {"gettext", "ngettext", "lazy_gettext", "gettext_noop"}
OTHERS = sorted(LANGUAGES.keys() - {ENGLISH})


def catalogue_of(code):
    with (CATALOGUES / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """Return the ids of all sentences that are marked, found as `make words` finds them."""
    found = tmp_path_factory.mktemp("words") / "words.pot"
    keywords = ("--keywords", "lazy_gettext", "--keywords", "gettext_noop")
    command = ["pybabel", "--quiet", "extract", "--mapping", "pyproject.toml", *keywords]
    subprocess.run(
        [Path(sys.executable).with_name(command[0]), *command[1:], "-o", found, "app", "templates"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        check=True,
    )
    with found.open("rb") as file:
        return {message.id for message in read_po(file) if message.id}


@pytest.mark.parametrize("code", OTHERS)
def test_every_marked_sentence_has_its_words(code, marked):
    said = {
        message.id
        for message in catalogue_of(code)
        if message.id and not message.fuzzy and all(_forms(message))
    }
    assert marked - said == set()
    assert said - marked == set()


@pytest.mark.parametrize("code", OTHERS)
def test_the_same_values_stand_in_each_sentence(code):
    wrong = {
        message.id: message.string
        for message in catalogue_of(code)
        if message.id and any(values_in(form) != values_in(message.id) for form in _forms(message))
    }
    assert wrong == {}


@pytest.mark.parametrize("code", OTHERS)
def test_values_can_be_put_into_each_sentence(code):
    for message in catalogue_of(code):
        values = dict.fromkeys(values_in(message.id) | {"num"}, "x") if message.id else {}
        if values.keys() != {"num"}:
            assert all(form % values for form in _forms(message))


def values_in(said):
    """Return the names of the values in a sentence; how many there are may be said in a word."""
    both = said if isinstance(said, str) else " ".join(said)
    return set(re.findall(r"%\((\w+)\)s", both)) - {"num"}


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_read_was_made_of_what_is_written(code):
    made = BytesIO()
    write_mo(made, catalogue_of(code))
    kept = (CATALOGUES / code / "LC_MESSAGES" / "messages.mo").read_bytes()
    assert kept == made.getvalue(), "run make words"


def test_no_sentence_hides_in_an_f_string_where_it_is_not_found():
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in (ROOT / "app").rglob("*.py")
        for string in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in MARKS
        if isinstance(call.args[0], ast.Constant)
    ]
    assert hidden == []


def _forms(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)
