"""A missing or wrong variable explains itself."""

import os
import stat
from pathlib import Path

import pytest

from musubi.base.tiles.source import GSI
from musubi.config.env import WrongEnvironment, read_env

PRODUCTION = {
    "MUSUBI_MODE": "production",
    "MUSUBI_SECRET_KEY": "s" * 50,
    "MUSUBI_HOSTS": "musubi.example.jp,www.example.jp",
    "MUSUBI_BASE_URL": "https://musubi.example.jp/",
    "DATABASE_URL": "postgres://u:p@db:5432/musubi",
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "MUSUBI_FROM_EMAIL": "結浜市 <musubi@example.jp>",
}

OIDC = {"MUSUBI_OIDC_CLIENT_ID": "1", "MUSUBI_OIDC_CLIENT_SECRET": "2"}


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:
        if name.startswith("MUSUBI_") or name in ("DATABASE_URL", "EMAIL_URL", "CACHE_URL"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("MUSUBI_DATA_DIR", str(tmp_path / "data"))


def set_all(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def refusal(capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(WrongEnvironment) as stopped:
        read_env()
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith("Musubi を始められません: ")
    return said


def test_nothing_is_needed_for_the_demonstration(tmp_path: Path) -> None:
    env = read_env()

    assert env.demonstration
    assert env.database_url == f"sqlite:///{tmp_path / 'data' / 'musubi.sqlite3'}"
    assert set(env.hosts) == {"localhost", "127.0.0.1", "[::1]"}
    assert (env.openid_connect, env.line) == (None, None)
    assert (env.vectors, env.embedding, env.offline) == (True, None, True)


def test_an_operators_model_is_a_folder_with_both_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    set_all(monkeypatch, {"MUSUBI_EMBEDDING": str(tmp_path), "MUSUBI_VECTORS": "off"})
    (tmp_path / "model.onnx").touch()
    assert "vocab.txt" in refusal(capsys)
    (tmp_path / "vocab.txt").touch()
    env = read_env()
    assert (env.vectors, env.embedding) == (False, tmp_path)


def test_the_fonts_of_paper_may_lie_in_a_folder_of_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_env().fonts is None
    set_all(monkeypatch, {"MUSUBI_FONTS": str(tmp_path)})
    assert read_env().fonts == tmp_path


def test_the_demonstrations_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    first, second = read_env(), read_env()

    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 50
    assert stat.S_IMODE((tmp_path / "data" / "secret_key").stat().st_mode) == 0o600


def test_production_takes_what_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, PRODUCTION)
    env = read_env()

    assert not env.demonstration
    assert env.hosts == ("musubi.example.jp", "www.example.jp")
    assert env.base_url == "https://musubi.example.jp"
    assert env.secret_key == "s" * 50


@pytest.mark.parametrize("name", [name for name in PRODUCTION if name != "MUSUBI_MODE"])
def test_production_names_what_is_missing(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    set_all(monkeypatch, PRODUCTION)
    monkeypatch.delenv(name)

    said = refusal(capsys)
    assert [line.split(" ")[2] for line in said.splitlines() if "…" in line] == [name]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"MUSUBI_MODE": "prod"}, "MUSUBI_MODE"),
        ({"MUSUBI_SECRET_KEY": "short"}, "MUSUBI_SECRET_KEY"),
        ({"MUSUBI_BASE_URL": "http://musubi.example.jp"}, "MUSUBI_BASE_URL"),
        ({"DATABASE_URL": "mysql://u@db/musubi"}, "DATABASE_URL"),
        ({"MUSUBI_LINE_CLIENT_ID": "1"}, "MUSUBI_LINE_CLIENT_SECRET"),
        ({"MUSUBI_OIDC_CLIENT_ID": "1", "MUSUBI_OIDC_CLIENT_SECRET": "2"}, "MUSUBI_OIDC_SERVER_URL"),
        ({"MUSUBI_DATA_DIR": "/proc/nowhere"}, "MUSUBI_DATA_DIR"),
        ({"MUSUBI_VECTORS": "no"}, "MUSUBI_VECTORS"),
        ({"MUSUBI_ACCENT": "#ffcc00"}, "MUSUBI_ACCENT"),
        ({"MUSUBI_ACCENT": "green"}, "MUSUBI_ACCENT"),
        ({"MUSUBI_EMBEDDING": "/nowhere"}, "MUSUBI_EMBEDDING"),
        ({"MUSUBI_FONTS": "/nowhere"}, "MUSUBI_FONTS"),
        ({"MUSUBI_TRUSTED_PROXIES": "-1"}, "MUSUBI_TRUSTED_PROXIES"),
        ({"MUSUBI_TRUSTED_PROXIES": "one"}, "MUSUBI_TRUSTED_PROXIES"),
        (OIDC | {"MUSUBI_OIDC_SERVER_URL": "id.example.jp"}, "MUSUBI_OIDC_SERVER_URL"),
        (OIDC | {"MUSUBI_OIDC_SERVER_URL": "https://a.jp; script-src *"}, "MUSUBI_OIDC_SERVER_URL"),
        (OIDC | {"MUSUBI_OIDC_SERVER_URL": "https://*.jp/"}, "MUSUBI_OIDC_SERVER_URL"),
    ],
)
def test_a_wrong_value_is_named(
    wrong: dict[str, str], named: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    set_all(monkeypatch, PRODUCTION | wrong)

    assert named in refusal(capsys)


def test_sign_in_services_are_ready_when_their_variables_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(
        monkeypatch,
        {
            "MUSUBI_OIDC_CLIENT_ID": "a",
            "MUSUBI_OIDC_CLIENT_SECRET": "b",
            "MUSUBI_OIDC_SERVER_URL": "https://id.example.jp",
        },
    )
    set_all(monkeypatch, {"MUSUBI_LINE_CLIENT_ID": "c", "MUSUBI_LINE_CLIENT_SECRET": "d"})
    env = read_env()

    assert env.openid_connect is not None
    assert (env.openid_connect.client_id, env.openid_connect.server_url) == ("a", "https://id.example.jp")
    assert env.line is not None
    assert "secret" not in repr(env.line)


def test_the_demonstration_answers_on_this_machine_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MUSUBI_HOSTS", "musubi.example.jp")

    said = refusal(capsys)
    assert "MUSUBI_HOSTS を外してください" in said
    assert "MUSUBI_MODE=production" in said


def test_no_proxy_is_trusted_until_somebody_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_env().trusted_proxies == 0
    monkeypatch.setenv("MUSUBI_TRUSTED_PROXIES", "2")
    assert read_env().trusted_proxies == 2


def test_the_map_is_that_of_the_survey_unless_another_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_env().tiles == GSI
    set_all(monkeypatch, {"MUSUBI_TILES": "off"})
    assert read_env().tiles is None
    own = {
        "MUSUBI_TILES": "https://maps.example.jp/t/{z}/{x}/{y}.png",
        "MUSUBI_TILES_SOURCE": "結浜市",
        "MUSUBI_TILES_ZOOM": "8-17",
        "MUSUBI_TILES_DAYS": "0",
    }
    set_all(monkeypatch, own)
    tiles = read_env().tiles
    assert tiles is not None
    assert tiles.address_of(10, 909, 403) == "https://maps.example.jp/t/10/909/403.png"
    assert (tiles.maker, tiles.about, tiles.lowest, tiles.highest, tiles.days) == ("結浜市", "", 8, 17, 0)


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"MUSUBI_TILES": "https://maps.example.jp/{z}/{x}.png"}, "MUSUBI_TILES"),
        ({"MUSUBI_TILES": "file:///etc/{z}/{x}/{y}"}, "MUSUBI_TILES"),
        ({"MUSUBI_TILES": "https://maps.example.jp/{z}/{x}/{y}/{y}.png"}, "MUSUBI_TILES"),
        ({"MUSUBI_TILES": "https://maps.example.jp/{z}/{x}/{y}.png"}, "MUSUBI_TILES_SOURCE"),
        ({"MUSUBI_TILES_ZOOM": "18-5"}, "MUSUBI_TILES_ZOOM"),
        ({"MUSUBI_TILES_ZOOM": "all"}, "MUSUBI_TILES_ZOOM"),
        ({"MUSUBI_TILES_DAYS": "-1"}, "MUSUBI_TILES_DAYS"),
    ],
)
def test_a_map_that_cannot_be_is_refused(
    values: dict[str, str], named: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    set_all(monkeypatch, values)
    assert named in refusal(capsys)


def test_what_stays_on_devices_can_be_switched_off(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MUSUBI_OFFLINE", "off")
    assert read_env().offline is False
    monkeypatch.setenv("MUSUBI_OFFLINE", "no")
    assert "MUSUBI_OFFLINE は on か off です（いまの値: no）。" in refusal(capsys)
