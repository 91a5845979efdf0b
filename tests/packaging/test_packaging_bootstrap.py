import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import bootstrap
import bootstrap_commands
import bootstrap_sample
import bootstrap_steps
import bootstrap_system
import bootstrap_tests
import bootstrap_venv
import pytest

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_an_old_python_gets_one_sentence_with_the_way_out() -> None:
    assert bootstrap.version_sentence((3, 11), []) is None
    assert bootstrap.version_sentence((3, 14), []) is None
    assert bootstrap.version_sentence((3, 9), ["python3.12"]) == (
        "RLM Desktop needs Python 3.11 or newer, and this is 3.9: run it with python3.12."
    )
    sentence = bootstrap.version_sentence((3, 10), [])
    assert sentence is not None
    assert "install python3.11" in sentence


def test_the_first_lines_are_readable_for_old_versions() -> None:
    source = (ROOT / "packaging" / "bootstrap.py").read_text("utf-8")
    compile(source, "bootstrap.py", "exec", dont_inherit=True)
    # New syntax would hide the sentence behind a SyntaxError; new annotations a TypeError.
    tree = ast.parse(source, feature_version=(3, 8))
    annotations = [
        annotation
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for annotation in [node.returns, *(argument.annotation for argument in node.args.args)]
        if annotation is not None
    ]
    assert all(isinstance(annotation, ast.Constant | ast.Name) for annotation in annotations)


LDD = """
\tlinux-vdso.so.1 (0x00007ffc)
\tlibEGL.so.1 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)
/path/libqoffscreen.so:
\tlibEGL.so.1 => not found
\tlibxcb-cursor.so.0 => not found
\tlibstrange.so.3 => not found
"""


def test_missing_libraries_become_packages_of_the_system() -> None:
    missing = bootstrap_system.missing_libraries(LDD)
    assert missing == {"libEGL.so.1", "libxcb-cursor.so.0", "libstrange.so.3"}
    packages = bootstrap_system.packages_for(missing)
    assert packages == ["libegl1", "libxcb-cursor0"]
    assert bootstrap_system.apt_command(packages) == (
        "sudo apt-get install --no-install-recommends libegl1 libxcb-cursor0"
    )


def test_who_is_not_root_is_told_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap_system, "is_root", lambda: False)
    with pytest.raises(bootstrap_steps.StepFailed, match=r"The window needs .*libegl1"):
        bootstrap_system.install(["libegl1"], "The window", tmp_path / "log")
    bootstrap_system.install([], "The window", tmp_path / "log")
    assert not (tmp_path / "log").exists()


def test_the_core_is_everything_but_qt_and_llama() -> None:
    names = {bootstrap_venv.name_of(item) for item in bootstrap_venv.core_requirements(PROJECT)}
    assert {"pytest", "hypothesis", "psutil", "sqlite-utils", "pypdfium2"} <= names
    assert not {"pyside6-essentials", "llama-cpp-python", "pytest-qt", "ruff"} & names


def test_a_stamp_changes_with_what_is_installed_and_nothing_else() -> None:
    stamp = bootstrap_venv.stamp_of(PROJECT, ROOT, "3.11")
    assert stamp == bootstrap_venv.stamp_of({**PROJECT, "tool": {}}, ROOT, "3.11")
    more = {**PROJECT["project"], "dependencies": ["one-more"]}
    assert stamp != bootstrap_venv.stamp_of({**PROJECT, "project": more}, ROOT, "3.11")
    assert stamp != bootstrap_venv.stamp_of(PROJECT, ROOT / "moved", "3.11")
    assert stamp != bootstrap_venv.stamp_of(PROJECT, ROOT, "3.12")


def test_llama_is_built_with_all_cores_and_without_amx() -> None:
    chosen = bootstrap_venv.build_environment({"CFLAGS": "-g"}, "flags : fpu amx_tile avx2")
    assert chosen["CMAKE_BUILD_PARALLEL_LEVEL"] == str(os.cpu_count())
    assert chosen["CFLAGS"].startswith("-g -mno-amx-tile ")
    assert chosen["CXXFLAGS"].startswith("-mno-amx-tile ")
    plain = bootstrap_venv.build_environment({"CFLAGS": "-g"}, "flags : fpu avx2")
    assert set(plain) == {"CMAKE_BUILD_PARALLEL_LEVEL", "CMAKE_ARGS"}


def test_llama_is_built_with_our_attention() -> None:
    chosen = bootstrap_venv.build_environment({"CMAKE_ARGS": "-DGGML_CUDA=on"}, "")
    option, include = chosen["CMAKE_ARGS"].split(maxsplit=1)
    assert option == "-DGGML_CUDA=on"
    path = include.partition("=")[2].rstrip("'")
    assert Path(path).read_text("utf-8").startswith("# Lets llama.cpp's attention")


def test_an_environment_without_a_whole_stamp_is_not_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = bootstrap_venv.Environment(".venv")
    environment.folder = tmp_path
    (tmp_path / "pyvenv.cfg").write_text("version = 3.11.7")
    assert not environment.has([])
    stamp = bootstrap_venv.stamp_of(PROJECT, ROOT, "version = 3.11.7")
    kept = tmp_path / "bootstrap-stamp.json"
    kept.write_text(json.dumps({"stamp": stamp, "groups": ["test"]}))
    assert environment.has([])
    assert environment.has(["test"])
    assert not environment.has(["test", "check"])
    kept.write_text(json.dumps({"stamp": "", "groups": ["test"]}))
    assert not environment.has(["test"])
    kept.write_text("{")
    assert not environment.has([])


def test_a_quiet_step_shows_the_end_of_its_log_when_it_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log"
    code = "print('first'); print('last words'); raise SystemExit(3)"
    with pytest.raises(bootstrap_steps.StepFailed) as caught:
        bootstrap_steps.quietly("Trying", [sys.executable, "-c", code], log)
    assert "last words" in str(caught.value)
    assert f"Trying failed (exit code 3). The whole log is {log}" in str(caught.value)
    bootstrap_steps.quietly("Again", [sys.executable, "-c", "print('fine')"], log)
    printed = capsys.readouterr().out
    assert "Again ...\n  done in 0 s\n" in printed
    assert "fine" not in printed
    assert "first" in log.read_text()


def test_a_step_that_takes_long_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap_steps, "_HEARTBEAT_SECONDS", 0.05)
    code = "import time; time.sleep(0.4)"
    bootstrap_steps.quietly("Waiting", [sys.executable, "-c", code], tmp_path / "log")
    assert "still at it after 0 s" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("seconds", "text"), [(3.4, "3 s"), (59.6, "1 min 00 s"), (605, "10 min 05 s")]
)
def test_times_in_words(seconds: float, text: str) -> None:
    assert bootstrap_steps.minutes(seconds) == text


ANSWERED: dict[str, Any] = {
    "run": 7,
    "answer": "255",
    "status": "computed by code",
    "coverage": 1.0,
    "turns": 2,
    "calls": 2,
    "seconds": 75.2,
    "error": None,
    "evidence": [
        {"document": "a.log", "start": 5, "end": 9, "line": 12, "page": None, "quote": "one"},
        {"document": "b.pdf", "start": 5, "end": 9, "line": 1, "page": 3, "quote": "two"},
        {"document": "c", "start": 5000, "end": 9, "line": None, "page": None, "quote": "\u20ac"},
    ],
}


def test_the_report_of_an_answer() -> None:
    assert bootstrap_sample.report(ANSWERED).splitlines() == [
        "",
        "The answer:    255",
        'The evidence:  a.log, line 12: "one"',
        '               b.pdf, page 3: "two"',
        '               c, character 5,000: "\u20ac"',
        "How:           computed by code; 100% of it read; 2 turns, 2 calls of the model",
        "Time:          1 min 15 s",
        "Kept as:       run 7; rlm-desktop show 7 prints it again",
    ]


def test_a_report_without_an_answer_says_why() -> None:
    answered = {**ANSWERED, "answer": None, "error": "the engine is gone", "evidence": []}
    lines = bootstrap_sample.report(answered).splitlines()
    assert lines[1:3] == ["The answer:    none", "What happened: the engine is gone"]


def test_the_first_question_is_about_a_file_that_is_there() -> None:
    file, question = bootstrap_sample.first_question(bootstrap_sample.SAMPLE)
    assert file.is_file()
    assert question.endswith("?")


def test_a_missing_display_is_no_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert bootstrap_sample.open_window(Path(sys.executable), ["--run", "1"]) == 0
    assert "There is no display here" in capsys.readouterr().out


def test_the_models_that_tests_need_are_found(tmp_path: Path) -> None:
    assert bootstrap_tests.models_needed(tmp_path) == {}
    (tmp_path / "test_a.py").write_text("def test(small_model): ...")
    assert bootstrap_tests.models_needed(tmp_path) == {
        "starter-small": "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"
    }
    (tmp_path / "test_b.py").write_text("def test(starter_model): ...")
    assert list(bootstrap_tests.models_needed(tmp_path)) == ["starter-small", "starter"]


def test_an_unknown_command_prints_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap_commands.main(["fly"]) == 2
    assert bootstrap_commands.main([]) == 2
    assert bootstrap_commands.main(["--help"]) == 0
    printed = capsys.readouterr().out
    for command in ("run", "test", "check", "bench", "window"):
        assert re.search(rf"^{command}\b", printed, re.MULTILINE)


def test_ci_runs_the_bootstrap() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "python3 packaging/bootstrap.py test" in script.read_text()
    subprocess.run(["bash", "-n", str(script)], check=True)


def test_the_readme_has_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "python3 packaging/bootstrap.py run" in readme
    assert "python3 packaging/bootstrap.py test" in readme
