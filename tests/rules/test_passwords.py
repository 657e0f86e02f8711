"""What may be a password: long, and not what everybody would try first."""

from contextlib import suppress
from importlib.util import module_from_spec

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people import passwords
from app.people.passwords import check_new_password, is_known
from app.people.rules import WeakPassword


def choose(password):
    check_new_password(password, email="ada.lindqvist@museum.example", name="Ada Lindqvist")


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("elevenchars", "at least 12"),
        ("x" * 201, "within 200"),
        ("ADA.Lindqvist@museum.example", "e-mail address"),
        ("abababababab", "more different"),
        ("123qweasdzxc", "Many people"),
        ("1QAZ2wsx3EDC", "Many people"),
        ("BatonBaton2026!", "more than your name"),
        ("Ada Lindqvist 1987", "more than your name"),
        ("museum-password1", "more than your name"),
    ],
)
def test_what_anybody_would_try_is_refused_with_the_reason(password, sentence):
    with pytest.raises(WeakPassword, match=sentence):
        choose(password)


@pytest.mark.parametrize(
    "password",
    [
        "a calm new sentence",
        "493027561840293",
        "Baton goes from hand to hand",
        "ночь улица фонарь",
        "👩‍👩‍👧‍👦 four of us",
        "x7#Kq9" * 20,
        " spaces count too ",
    ],
)
def test_any_letters_may_stand_in_one(password):
    choose(password)


@given(st.text(min_size=0, max_size=220))
def test_it_answers_whatever_is_typed(password):
    with suppress(WeakPassword):
        choose(password)


def test_the_list_holds_what_is_guessed_first_and_nothing_made_by_chance():
    assert is_known("Q1W2E3R4T5Y6")
    assert not is_known("correct horse battery")
    assert sum(is_known(f"made by chance {n}") for n in range(2000)) == 0


def test_outside_of_tests_they_are_hashed_as_the_library_advises():
    real = module_from_spec(passwords.__spec__)
    passwords.__spec__.loader.exec_module(real)
    known = real.hash_password("a calm new sentence")
    assert known.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert real.password_fits("a calm new sentence", known)
    assert not real.is_outdated(known)
    assert real.is_outdated(passwords.hash_password("a calm new sentence"))
