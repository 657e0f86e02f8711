"""Settings: strict, and wrong ones refused with a sentence."""

import stat
import subprocess

import pytest

from app import config
from app.config import ROOT, WrongSetting, read_settings
from tests.support.running import BIN, environment

SECRET = {"BATON_SECRET_KEY": "s" * 32}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BATON_DEMO", "maybe"),
        ("BATON_SECURE_COOKIES", "2"),
        ("BATON_TRUSTED_PROXIES", "-1"),
        ("BATON_MAX_BODY_BYTES", "4 MB"),
        ("BATON_SECRET_KEY", "short"),
        ("BATON_SQLITE_SYNCHRONOUS", "OFF"),
        ("BATON_DATABASE_URL", "mysql://localhost/baton"),
        ("BATON_WEBHOOKS_ALLOW_PRIVATE", "everything"),
        ("BATON_API_PER_MINUTE", "many"),
        ("BATON_LANGUAGE", "Deutsch"),
        ("BATON_COLOUR", "red"),
        ("BATON_SESSION_MAX_SECONDS", "a month"),
        ("BATON_SECOND_STEP_FOR_ADMINS", "perhaps"),
        ("BATON_OIDC_ISSUER", "login.example"),
        ("BATON_OIDC_ISSUER", "http://login.example"),
        ("BATON_OIDC_GROUPS", "writers"),
        ("BATON_MAX_BODY_BYTES", "0"),
        ("BATON_SESSION_IDLE_SECONDS", "0"),
        ("BATON_SESSION_MAX_SECONDS", "99999999999"),
        ("BATON_API_PER_MINUTE", "0"),
        ("BATON_ADDRESS", "https://"),
        ("BATON_ADDRESS", "https://x y"),
        ("BATON_ADDRESS", "https://baton.example/path"),
        ("BATON_ADDRESS", "https://baton.example?q"),
        ("BATON_ADDRESS", "https://baton.example:port"),
        ("BATON_ADDRESS", "https://me@baton.example"),
        ("BATON_MAIL_SERVER", "smtp://"),
        ("BATON_MAIL_SERVER", "smtp://mail.example:port"),
        ("BATON_MAIL_SERVER", "smtp://mail.example?starttsl=yes"),
        ("BATON_MAIL_SERVER", "smtp://mail.example?starttls=maybe"),
        ("BATON_MAIL_SERVER", "smtp://me:pa/ss@mail.example"),
        ("BATON_MAIL_FROM", "Baton <bäton@baton.example>"),
        ("BATON_MAIL_FROM", "=%@"),
        ("BATON_OTLP_ENDPOINT", "http://local host:4318"),
        ("BATON_OIDC_GROUPS", "writers=Content:boss"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_names_itself(name, value):
    with pytest.raises(WrongSetting, match=name):
        read_settings({**SECRET, name: value})


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("BATON_ADDRESS", "https://baton.example:8443/", "https://baton.example:8443"),
        ("BATON_ADDRESS", "http://[::1]:8000", "http://[::1]:8000"),
        ("BATON_MAIL_SERVER", "smtps://me%40x:p%2Fw@mail.example", None),
        ("BATON_MAIL_SERVER", "smtp://mail.example:587?starttls=yes", None),
        ("BATON_MAIL_FROM", "Bäton <baton@localhost>", None),
        ("BATON_TRUSTED_PROXIES", "0", 0),
        ("BATON_REPORTS_MAX_LAG_SECONDS", "0", 0),
    ],
)
def test_a_right_setting_is_taken_as_it_is(name, value, read):
    settings = read_settings({**SECRET, name: value})
    assert getattr(settings, name.removeprefix("BATON_").lower()) == (
        value if read is None else read
    )


@pytest.mark.parametrize(
    ("name", "value"), [("BATON_WORKERS", "abc"), ("BATON_THREADS", "0"), ("BATON_ADDRESS", "x")]
)
def test_the_server_says_in_a_line_what_is_wrong(name, value):
    command = [str(BIN / "gunicorn"), "--check-config", "-c", "app/serving.py"]
    given = environment("sqlite:///x", **{name: value})
    ended = subprocess.run(
        command, cwd=ROOT, env=given, capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(f"Error: {name} is “{value}”;")
    assert ended.stderr.count("\n") == 1


PROVIDER = {
    "BATON_OIDC_ISSUER": "https://login.example/realm",
    "BATON_OIDC_CLIENT_ID": "baton",
    "BATON_OIDC_CLIENT_SECRET": "secret",
}


@pytest.mark.parametrize("name", PROVIDER)
def test_a_provider_is_set_whole_or_not_at_all(name):
    with pytest.raises(WrongSetting, match=f"{name} is missing"):
        read_settings({**SECRET, **PROVIDER, name: ""})
    with pytest.raises(WrongSetting, match="is missing"):
        read_settings({**SECRET, "BATON_OIDC_NEW_PEOPLE": "yes"})


def test_groups_are_read_as_places_in_teams():
    groups = "writers=Content, a=b=IT Help:lead"
    settings = read_settings({**SECRET, **PROVIDER, "BATON_OIDC_GROUPS": groups})
    assert settings.oidc_groups == {"writers": ("Content", "member"), "a=b": ("IT Help", "lead")}


def test_what_is_not_ours_is_left_alone():
    assert read_settings({**SECRET, "PATH": "/bin", "BATON_DEMO": ""}).demo is False


def test_without_a_secret_one_is_kept_for_the_next_start(tmp_path, monkeypatch):
    monkeypatch.setattr(config, "ROOT", tmp_path)
    first = read_settings({}).secret_key
    assert len(first) == 64
    assert read_settings({}).secret_key == first
    assert stat.S_IMODE((tmp_path / "var" / "secret").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "var").iterdir()] == ["secret"]


def test_with_a_secret_none_is_kept_nor_a_place_for_it_needed(tmp_path, monkeypatch):
    (tmp_path / "var").touch()  # no folder, and none can be made there
    monkeypatch.setattr(config, "ROOT", tmp_path)
    assert read_settings(SECRET).secret_key == "s" * 32


def test_the_demo_has_a_database_of_its_own_and_speaks_http():
    real, demo = read_settings(SECRET), read_settings({**SECRET, "BATON_DEMO": "yes"})
    assert real.database_url != demo.database_url
    assert (real.secure_cookies, demo.secure_cookies) == (True, False)
