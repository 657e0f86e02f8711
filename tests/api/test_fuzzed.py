"""Schemathesis asks the API what its own description allows, and much that it does not."""

from dataclasses import replace

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from app.clock import now
from app.people.programs import make_token
from app.requests.acts.work import claim
from tests.support.desk import act, ask

# A description cannot say which stale version, or which answer to a form, is refused.
FINE = ["2xx", "401", "403", "404", "409", "412", "422", "428"]
WHOLE_CONFIG = {
    "seed": 20260302,
    "max-time": 40,  # seconds, on a machine that is busy with something else
    "generation": {"max-examples": 4, "deterministic": True},
    "phases": {"stateful": {"enabled": False}},
    "checks": {
        "positive_data_acceptance": {"expected-statuses": FINE},
        "missing_required_header": {"expected-statuses": ["400", "401", "404", "422", "428"]},
    },
}


@pytest.fixture
def described(app, db_session, cast, monkeypatch, request):
    """Return the description of an API in which something is going on, served on this machine."""
    for _ in range(3):
        laptop = ask(db_session, cast.laptop, cast.kim)
        ask(db_session, cast.article, cast.kim)
    claim(db_session, laptop, act=act(cast.ivo))
    about = {"name": "Schemathesis", "may_write": True, "days": 9, "form_key": "fuzz"}
    token = make_token(db_session, cast.ivo, **about, at=now())
    db_session.commit()
    settings = replace(app.extensions["baton"], api_per_minute=1_000_000)
    monkeypatch.setitem(app.extensions, "baton", settings)
    monkeypatch.setattr(app, "testing", False)
    config = WHOLE_CONFIG | {"headers": {"Authorization": f"Bearer {token}"}}
    address = request.getfixturevalue("live_server")
    return schemathesis.openapi.from_url(
        f"{address}/api/v1/openapi.json", config=SchemathesisConfig.from_dict(config)
    )


def test_schemathesis_finds_nothing(described):
    found, asked = set(), 0
    for event in from_schema(described).execute():
        assert not isinstance(event, events.NonFatalError | events.FatalError), event.info
        if isinstance(event, events.ScenarioFinished):
            for checks in event.recorder.checks.values():
                asked += 1
                found |= {said(event.label, check) for check in checks if check.failure_info}
    assert not found, "\n\n".join(sorted(found)[:20])
    assert asked > 100


def said(label, check):
    info = check.failure_info
    return f"{label}: {info.failure}\n{info.code_sample}"
