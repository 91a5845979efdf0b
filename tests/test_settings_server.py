"""Tests for the settings that name the user's own server."""

import json
from pathlib import Path

import pytest

from rlm_desktop.engine.openai import OpenAIEngine
from rlm_desktop.engine.process import ProcessEngine
from rlm_desktop.errors import ModelError, UsageError
from rlm_desktop.session import SERVER, open_session
from rlm_desktop.settings import Settings, server_parts
from tests.models.small_gguf import CHAT, small_gguf


def test_there_is_no_server_at_first(tmp_path: Path) -> None:
    assert Settings().server_address == ""
    with pytest.raises(ModelError):  # the model of the library, which is not here
        open_session(Settings())


@pytest.mark.parametrize(
    "address",
    [
        "ftp://x",
        "localhost:80",
        "http://",
        "http:///v1",
        "http://x:0",
        "http://x:99999",
        "http://x\n",
    ],
)
def test_what_is_no_address_is_refused_with_an_example(address: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"server_address": address}))
    with pytest.raises(UsageError, match=r"'server_address' .*http://192\.168\.1\.5:8080"):
        Settings.read(path)


@pytest.mark.parametrize(
    "address", ["http://ada:secret@x", "http://x/?key=secret", "http://x#secret"]
)
def test_a_key_in_the_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(UsageError, match="RLM_DESKTOP_SERVER_KEY") as told:
        Settings(server_address=address)
    assert "secret" not in str(told.value)


def test_a_window_below_zero_is_refused() -> None:
    with pytest.raises(UsageError, match="server_window"):
        Settings(server_window=-1)


def test_parts_of_an_address() -> None:
    parts = server_parts("https://[::1]:8443/llm")
    assert (parts.scheme, parts.hostname, parts.port, parts.path) == ("https", "::1", 8443, "/llm")


def test_the_key_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RLM_DESKTOP_SERVER_KEY", "opensesame")
    Settings(server_address="http://127.0.0.1:9").write(tmp_path / "settings.json")
    assert "opensesame" not in (tmp_path / "settings.json").read_text()


def test_the_server_is_used_unless_a_model_is_named(tmp_path: Path) -> None:
    path = tmp_path / "m.gguf"
    path.write_bytes(small_gguf(CHAT))
    settings = Settings(server_address="http://192.0.2.7:8080", server_model="m")
    for model, kind, address in (
        (None, OpenAIEngine, "192.0.2.7:8080"),
        (SERVER, OpenAIEngine, "192.0.2.7:8080"),
        (str(path), ProcessEngine, ""),
    ):
        session = open_session(settings, model)
        assert isinstance(session.engine, kind)
        assert session.address == address
        session.close()


def test_a_smaller_model_of_ours_may_serve_the_sub_calls(tmp_path: Path) -> None:
    path = tmp_path / "m.gguf"
    path.write_bytes(small_gguf(CHAT))
    session = open_session(Settings(server_address="http://192.0.2.7:8080", sub_model=str(path)))
    assert isinstance(session.sub_engine, ProcessEngine)
    assert session.address == "192.0.2.7:8080"
    session.close()
