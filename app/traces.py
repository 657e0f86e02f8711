"""Where the time of an answer goes, told by OpenTelemetry to a collector of the house's choice.

A span per answer and one per question to the database, with names of the code and numbers only:
the pattern of an address and not the address, the first word of a statement and not the statement.
"""

from typing import Any

import flask
from sqlalchemy import Engine, event

from app.signing_in_settings import WrongSetting

UNTOLD = frozenset({"static", "door.health", "probes.ready", "probes.metrics"})


def tell_collector(app: flask.Flask, engines: list[Engine], endpoint: str) -> None:
    """Send traces to `endpoint` by OTLP over HTTP; nothing for "". Needs the extra `otel`.

    :raises WrongSetting: when the extra is not installed.
    """
    if not endpoint:
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        raise WrongSetting(
            "BATON_OTLP_ENDPOINT is set, but OpenTelemetry is not installed (see the README)."
        ) from None
    provider = TracerProvider(resource=Resource({"service.name": "baton"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{endpoint}/v1/traces")))
    app.extensions["baton_traces"] = provider
    tracer = provider.get_tracer("baton")
    _of_answers(app, tracer)
    for engine in engines:
        _of_questions(engine, tracer)


def _of_answers(app: flask.Flask, tracer: Any) -> None:
    from opentelemetry import context, propagate, trace

    @app.before_request
    def _begin() -> None:
        if flask.request.endpoint in UNTOLD:
            return
        rule = flask.request.url_rule
        name = f"{flask.request.method} {rule.rule}" if rule else "nowhere"
        known = {"traceparent": flask.request.headers.get("traceparent", "")}
        span = tracer.start_span(name, context=propagate.extract(known), kind=trace.SpanKind.SERVER)
        flask.g.span = span
        flask.g.span_token = context.attach(trace.set_span_in_context(span))

    @app.after_request
    def _answered(response: flask.Response) -> flask.Response:
        if (span := flask.g.get("span")) is not None:
            span.set_attribute("http.response.status_code", response.status_code)
            span.set_attribute("baton.endpoint", flask.request.endpoint or "nowhere")
            span.set_attribute("baton.request_id", flask.g.get("request_id", ""))
        return response

    @app.teardown_request
    def _end(_error: BaseException | None) -> None:
        if (span := flask.g.pop("span", None)) is not None:
            span.end()
            context.detach(flask.g.pop("span_token"))


def _of_questions(engine: Engine, tracer: Any) -> None:
    from opentelemetry import trace

    @event.listens_for(engine, "before_cursor_execute")
    def _begin(
        connection: Any, _cursor: Any, statement: str, _values: Any, at: Any, _many: bool
    ) -> None:
        if trace.get_current_span().is_recording():
            word = statement.lstrip().partition(" ")[0].upper()[:20]
            at.baton_span = tracer.start_span(word, kind=trace.SpanKind.CLIENT)
            at.baton_span.set_attribute("db.system.name", connection.dialect.name)

    @event.listens_for(engine, "after_cursor_execute")
    def _end(
        _connection: Any, _cursor: Any, _statement: str, _values: Any, at: Any, _many: bool
    ) -> None:
        _close(at)

    @event.listens_for(engine, "handle_error")
    def _failed(failure: Any) -> None:
        _close(failure.execution_context)


def _close(at: Any) -> None:
    span = getattr(at, "baton_span", None)
    if span is not None:
        span.end()
        at.baton_span = None
