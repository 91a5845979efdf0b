import build_gpu
import pytest
from bootstrap_steps import StepFailed
from build_gpu import VARIANTS, build_variables

NEW = "#define VK_EXT_layer_settings 1"
OLD = "#define VK_EXT_debug_utils 1"


def test_each_variant_has_its_option_after_the_users_own() -> None:
    chosen = build_variables(VARIANTS["cuda"], {"CMAKE_ARGS": "-DGGML_NATIVE=off"}, OLD)
    assert chosen == {"CMAKE_ARGS": "-DGGML_NATIVE=off -DGGML_CUDA=on"}


def test_old_headers_of_vulkan_get_what_they_lack() -> None:
    assert "CXXFLAGS" not in build_variables(VARIANTS["vulkan"], {}, NEW)
    assert "CXXFLAGS" not in build_variables(VARIANTS["vulkan"], {}, "")
    flags = build_variables(VARIANTS["vulkan"], {"CXXFLAGS": "-g"}, OLD)["CXXFLAGS"].split()
    assert flags[:2] == ["-g", "-include"]
    assert "struct LayerSettingEXT" in build_gpu._OLD_HEADERS.read_text("utf-8")
    assert flags[2] == str(build_gpu._OLD_HEADERS)


def test_what_is_missing_is_said_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_gpu.sys, "platform", "linux")
    with pytest.raises(StepFailed, match=r"metal needs a Mac: .*vulkan or cuda"):
        build_gpu.provide("metal", check=False)


def test_an_unknown_word_gets_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert build_gpu.main(["opengl"]) == 2
    assert "vulkan|cuda|metal" in capsys.readouterr().out
    assert build_gpu.main(["--help"]) == 0
