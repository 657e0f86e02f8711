"""Every blueprint, in one list."""

from app.web import (
    absences,
    acts,
    answers,
    aside,
    beside,
    catalogue,
    chapters,
    comparing,
    door,
    drafts,
    files,
    finding,
    handoffs,
    lateness,
    many,
    notices,
    offers,
    people,
    piece,
    prepared,
    pulse,
    remarks,
    requests,
    talk,
    teams,
    turnaround,
    unsubscribe,
    work,
)

MODULES = (
    *(door, unsubscribe, people, absences, notices, drafts),
    *(work, finding, catalogue, offers, teams, prepared, many),
    *(requests, acts, beside, talk, pulse, files, lateness, turnaround, chapters),
    *(piece, comparing, handoffs, aside, answers, remarks),
)
BLUEPRINTS = [module.bp for module in MODULES]
