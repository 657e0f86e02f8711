"""Every blueprint, in one list."""

from app.web import (
    absences,
    acts,
    answers,
    aside,
    beside,
    catalogue,
    comparing,
    door,
    drafts,
    files,
    finding,
    handoffs,
    lateness,
    links,
    many,
    notices,
    offers,
    people,
    piece,
    prepared,
    provider,
    pulse,
    remarks,
    requests,
    second,
    second_step,
    talk,
    teams,
    turnaround,
    unsubscribe,
    work,
)

MODULES = (
    *(door, links, provider, second, second_step),
    *(unsubscribe, people, absences, notices, drafts),
    *(work, finding, catalogue, offers, teams, prepared, many),
    *(requests, acts, beside, talk, pulse, files, lateness, turnaround),
    *(piece, comparing, handoffs, aside, answers, remarks),
)
BLUEPRINTS = [module.bp for module in MODULES]
