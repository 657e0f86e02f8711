"""The page on security names each requirement of ASVS 5.0.0 (levels 1, 2) once; its paths exist."""

import re
from collections import Counter

from app.config import ROOT

PAGE = (ROOT / "app" / "SECURITY.md").read_text("utf-8")
# How many requirements of levels 1 and 2 a section has; they come first in each.
SECTIONS = {
    "1.1": 2,
    "1.2": 9,
    "1.3": 11,
    "1.4": 3,
    "1.5": 2,
    "2.1": 3,
    "2.2": 3,
    "2.3": 4,
    "2.4": 1,
    "3.2": 2,
    "3.3": 4,
    "3.4": 6,
    "3.5": 5,
    "3.7": 2,
    "4.1": 3,
    "4.2": 1,
    "4.3": 2,
    "4.4": 4,
    "5.1": 1,
    "5.2": 3,
    "5.3": 2,
    "5.4": 3,
    "6.1": 3,
    "6.2": 12,
    "6.3": 4,
    "6.4": 4,
    "6.5": 5,
    "6.6": 3,
    "6.8": 4,
    "7.1": 3,
    "7.2": 4,
    "7.3": 2,
    "7.4": 5,
    "7.5": 2,
    "7.6": 2,
    "8.1": 2,
    "8.2": 3,
    "8.3": 1,
    "8.4": 1,
    "9.1": 3,
    "9.2": 4,
    "10.1": 2,
    "10.2": 2,
    "10.3": 4,
    "10.4": 11,
    "10.5": 5,
    "10.6": 2,
    "10.7": 3,
    "11.1": 2,
    "11.2": 3,
    "11.3": 3,
    "11.4": 4,
    "11.5": 1,
    "11.6": 1,
    "12.1": 3,
    "12.2": 2,
    "12.3": 4,
    "13.1": 1,
    "13.2": 5,
    "13.3": 2,
    "13.4": 5,
    "14.1": 2,
    "14.2": 4,
    "14.3": 3,
    "15.1": 3,
    "15.2": 3,
    "15.3": 7,
    "16.1": 1,
    "16.2": 5,
    "16.3": 4,
    "16.4": 3,
    "16.5": 3,
    "17.1": 1,
    "17.2": 4,
    "17.3": 2,
}
ANSWERS = {"met", "operator", "no such thing", "not met"}
ROW = re.compile(r"^\| ([\d.,– ]+) \| ([a-z ]+) \| (.+) \|$", re.M)


def named(text):
    for part in text.split(", "):
        first, _, last = part.partition("–")
        section, _, number = first.rpartition(".")
        for each in range(int(number), int((last or first).rpartition(".")[2]) + 1):
            yield f"{section}.{each}"


def test_every_requirement_stands_there_once():
    found = Counter(one for row in ROW.findall(PAGE) for one in named(row[0]))
    wanted = [f"{name}.{n}" for name, count in SECTIONS.items() for n in range(1, count + 1)]
    assert sorted(found.elements()) == sorted(wanted)
    assert {row[1] for row in ROW.findall(PAGE)} <= ANSWERS


def test_every_path_it_names_is_there():
    paths = re.findall(r"`((?:app|tests|static|migrations|templates)(?:/[\w./]+)?)`", PAGE)
    assert len(paths) > 60
    assert [path for path in paths if not (ROOT / path).exists()] == []
