"""What Sentry and OpenTelemetry are told, at a receiver on this machine: nothing of anybody's."""

import gzip
import json
import logging
import sys
from urllib.parse import unquote

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from app.config import WrongSetting
from tests.support.cast import make_cast
from tests.support.clients import PageClient

SECRET = "Kim's broken heart"


def bodies(receiver):
    plain = (
        gzip.decompress(body) if headers.get("Content-Encoding") == "gzip" else body
        for headers, body, _ in receiver.got
    )
    return [bytes(body) for body in plain]


@pytest.fixture
def no_sentry():
    yield
    import sentry_sdk

    sentry_sdk.get_client().close(timeout=2)
    sentry_sdk.init()


def test_sentry_is_told_where_it_failed_and_no_word_of_anybody(make_app, receiver, no_sentry):
    import sentry_sdk

    dsn = f"http://public@127.0.0.1:{receiver.server_port}/1"
    app = make_app(BATON_SENTRY_DSN=dsn)
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("baton.worker").exception("left undone: %s", SECRET)
    with app.test_request_context(f"/find?q={SECRET}", headers={"Cookie": SECRET}):
        app.logger.error("unforeseen", exc_info=ValueError(SECRET))
    sentry_sdk.flush(5)

    told = b"\n".join(bodies(receiver)).decode()
    events = [json.loads(line) for line in told.splitlines() if '"exception"' in line]
    assert [event["logentry"]["message"] for event in events] == ["left undone: %s", "unforeseen"]
    assert {event["exception"]["values"][0]["type"] for event in events} == {"ValueError"}
    frames = events[0]["exception"]["values"][0]["stacktrace"]["frames"]
    assert frames[-1]["function"].startswith("test_sentry_is_told")
    assert events[1]["tags"] == {"endpoint": "finding.find", "method": "GET"}
    assert "heart" not in unquote(told)
    assert not {"request", "user", "server_name", "modules", "extra"} & set(events[1])


def test_a_collector_is_told_patterns_and_times_and_no_word_of_anybody(make_app, receiver):
    from app.db import db

    app = make_app(BATON_OTLP_ENDPOINT=f"http://127.0.0.1:{receiver.server_port}")
    with app.app_context():
        kim = make_cast(db.session).kim
        client = PageClient(app, db.session)
        client.sign_in(kim)
        client.get("/find?q=heart", traceparent=f"00-{'a' * 32}-{'b' * 16}-01")
        client.get("/requests/7?words=heart", 404)
        db.session.remove()
    provider = app.extensions["baton_traces"]
    provider.force_flush()
    provider.shutdown()

    sent = [ExportTraceServiceRequest.FromString(body) for body in bodies(receiver)]
    spans = [
        span
        for each in sent
        for resource in each.resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    ]
    by_name = {span.name: span for span in spans}
    assert {"GET /find", "GET /requests/<int:request_id>", "SELECT"} <= by_name.keys()
    assert by_name["GET /find"].trace_id.hex() == "a" * 32
    answers = {span.span_id for span in spans if " /" in span.name}
    assert all(span.parent_span_id in answers for span in spans if span.name == "SELECT")
    about = {a.key for span in spans for a in span.attributes}
    assert about == {
        "http.response.status_code", "baton.endpoint", "baton.request_id", "db.system.name"
    }  # fmt: skip
    told = repr(sent)
    for word in ("heart", "/requests/7", "kim@", "Kim", "FROM person"):
        assert word not in told


@pytest.mark.parametrize(
    ("module", "setting"),
    [("sentry_sdk", "BATON_SENTRY_DSN"), ("opentelemetry.sdk.trace", "BATON_OTLP_ENDPOINT")],
)
def test_without_the_extra_the_start_says_what_is_missing(make_app, monkeypatch, module, setting):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(WrongSetting, match=f"{setting} is set, but"):
        make_app(**{setting: "http://public@127.0.0.1:9/1"})
