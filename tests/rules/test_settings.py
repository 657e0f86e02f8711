"""Settings: strict, and wrong ones refused with a sentence."""

import stat

import pytest

from app import config
from app.config import WrongSetting, read_settings

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
        ("BATON_OIDC_GROUPS", "writers=Content:boss"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_names_itself(name, value):
    with pytest.raises(WrongSetting, match=name):
        read_settings({**SECRET, name: value})


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
