"""A webhook's secret renewed, and messages over https to whom the installation trusts."""

import ssl
from dataclasses import replace
from datetime import timedelta

import pytest
from freezegun import freeze_time
from standardwebhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from app.config import WrongSetting, read_settings
from app.webhooks.actions import make_webhook, renew_secret
from app.webhooks.models import Delivery
from tests.support.certificates import make_ca, make_certificate
from tests.support.desk import MONDAY, ask


def fits(secret, message):
    headers, body, _ = message
    try:
        Verifier(secret).verify(body, headers)
    except WebhookVerificationError:
        return False
    return True


def test_for_a_day_both_secrets_sign(db_session, cast, receiver, listen, work_off):
    with freeze_time(MONDAY) as clock:
        webhook = listen(cast.it_help, "raised")
        old = webhook.secret
        new = renew_secret(db_session, webhook, form_key="first-key", at=MONDAY)
        assert renew_secret(db_session, webhook, form_key="first-key", at=MONDAY) == new != old
        ask(db_session, cast.laptop, cast.kim)
        work_off()
        (during,) = receiver.got
        assert (fits(new, during), fits(old, during)) == (True, True)
        clock.tick(timedelta(hours=24))
        ask(db_session, cast.laptop, cast.kim)
        work_off()

        after = receiver.got[1]
        assert [part[:3] for part in during[0]["webhook-signature"].split(" ")] == ["v1,", "v1,"]
        assert (fits(new, after), fits(old, after)) == (True, False)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return make_ca(tmp_path_factory.mktemp("ca"), "An authority of our own")


@pytest.fixture
def over_tls(receiver, authority, tmp_path):
    """Let the receiver speak https as `localhost`, certified by that authority."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*make_certificate(tmp_path, authority, "localhost"))
    receiver.socket = context.wrap_socket(receiver.socket, server_side=True)
    return f"https://localhost:{receiver.server_port}/baton"


@pytest.fixture
def send(app, db_session, cast, loopback, over_tls, work_off, monkeypatch):
    """Return a sender of one message that trusts `ca_file`; it returns what came of it."""

    def run(ca_file="", address=over_tls):
        settings = replace(app.extensions["baton"], webhooks_ca_file=str(ca_file))
        monkeypatch.setitem(app.extensions, "baton", settings)
        about = {
            "by": cast.ivo,
            "form_key": f"key-{len(str(ca_file))}",
            "plain": False,
            "at": MONDAY,
        }
        make_webhook(db_session, cast.it_help, address=address, events=["raised"], **about)
        ask(db_session, cast.laptop, cast.kim)
        work_off()
        return db_session.query(Delivery).order_by(Delivery.id.desc()).first()

    return run


def test_a_receiver_certified_by_an_authority_of_the_house_is_reached(send, receiver, authority):
    sent = send(authority.file)
    assert (sent.taken_at is not None, sent.error, len(receiver.got)) == (True, "", 1)


def test_a_receiver_that_nobody_known_certified_is_not_told_a_word(send, receiver, tmp_path):
    for ca_file in ("", make_ca(tmp_path, "Somebody else").file):
        sent = send(ca_file)
        assert sent.taken_at is None
        assert "CERTIFICATE_VERIFY_FAILED" in sent.error
    assert receiver.got == []


def test_a_certificate_of_another_name_is_not_enough(send, receiver, authority, over_tls):
    sent = send(authority.file, over_tls.replace("localhost", "127.0.0.1"))
    assert "CERTIFICATE_VERIFY_FAILED" in sent.error
    assert receiver.got == []


def test_a_file_that_holds_no_certificates_stops_the_start(tmp_path):
    (tmp_path / "ca.pem").write_text("none")
    for path in (tmp_path / "ca.pem", tmp_path / "nowhere.pem"):
        with pytest.raises(WrongSetting, match="BATON_WEBHOOKS_CA_FILE"):
            read_settings({"BATON_SECRET_KEY": "s" * 32, "BATON_WEBHOOKS_CA_FILE": str(path)})
