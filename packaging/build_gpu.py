"""A build of llama.cpp for a graphics card: python3 packaging/build_gpu.py vulkan | cuda | metal.

It goes into an environment of its own beside `.venv` (`.venv-vulkan` and so on), with the whole
program, so that a card that gives trouble costs nothing: start the program from the other.
"""

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import bootstrap_system
import bootstrap_tests
from bootstrap_steps import ROOT, StepFailed, call, output_of, say
from bootstrap_venv import Environment

USAGE = """\
python3 packaging/build_gpu.py vulkan|cuda|metal [--check]

Builds llama.cpp for a graphics card, with the program, into .venv-vulkan, .venv-cuda or
.venv-metal, and says which devices it finds. --check also runs the tests of tests/gpu there; on a
machine without a card, vulkan is then tried on Mesa's software device.
"""
_CHECKS = "tests/gpu/gpu_offload.py"
_HEADERS = Path("/usr/include/vulkan/vulkan_core.h")
_OLD_HEADERS = ROOT / "packaging" / "vulkan_layer_settings.hpp"
#: Mesa's software device is a processor to Vulkan, and such are used only when they are named.
_NAME_DEVICE = {"GGML_VK_VISIBLE_DEVICES": "0"}


@dataclass(frozen=True, slots=True)
class Variant:
    """What a build is made of: options for CMake, and what has to be on the system.

    `packages` are Debian's; `missing` says what is not there; `advice` how to get it elsewhere.
    """

    option: str
    missing: Callable[[], list[str]]
    advice: str
    packages: list[str] = field(default_factory=list)


def _vulkan_missing() -> list[str]:
    if sys.platform == "win32":
        return [] if os.environ.get("VULKAN_SDK") else ["the Vulkan SDK"]
    missing = [] if shutil.which("glslc") else ["the compiler glslc"]
    if os.environ.get("VULKAN_SDK"):
        return missing
    if sys.platform == "linux":
        if not _HEADERS.is_file():
            missing.append("Vulkan's headers")
        places = ("/usr/share", "/usr/lib", "/usr/lib64", "/usr/local/share", "/usr/local/lib")
        if not any(Path(place).glob("cmake/SPIRV-Headers") for place in places):
            missing.append("SPIRV-Headers")
    return missing


def _cuda_missing() -> list[str]:
    there = shutil.which("nvcc") or os.environ.get("CUDACXX") or os.environ.get("CUDA_PATH")
    return [] if there or Path("/usr/local/cuda/bin/nvcc").is_file() else ["the compiler nvcc"]


def _metal_missing() -> list[str]:
    if sys.platform == "darwin":
        return [] if output_of(["xcrun", "--find", "metal"]) else ["Apple's Metal compiler"]
    return ["a Mac"]


VARIANTS = {
    "vulkan": Variant(
        "-DGGML_VULKAN=on",
        _vulkan_missing,
        "install the Vulkan SDK from https://vulkan.lunarg.com and set VULKAN_SDK, or your"
        " system's packages of Vulkan's headers, glslc and SPIRV-Headers",
        # What runs on a card is its driver; Mesa has those of AMD and Intel, and one in software.
        ["libvulkan-dev", "glslc", "spirv-headers", "mesa-vulkan-drivers"],
    ),
    "cuda": Variant(
        "-DGGML_CUDA=on",
        _cuda_missing,
        "install the CUDA toolkit from https://developer.nvidia.com/cuda-downloads and put nvcc"
        " on the PATH",
    ),
    "metal": Variant(
        "-DGGML_METAL=on",
        _metal_missing,
        "on a Mac run xcode-select --install; elsewhere choose vulkan or cuda",
    ),
}


def build_variables(
    variant: Variant, environment: Mapping[str, str], headers: str
) -> dict[str, str]:
    """What to build with, beside the usual. `headers` is the text of Vulkan's own, or empty.

    Vulkan's headers before 1.3.272 (Debian 12 has 1.3.239) lack types that llama.cpp names; they
    come from a file of ours.
    """
    chosen = {"CMAKE_ARGS": f"{environment.get('CMAKE_ARGS', '')} {variant.option}".strip()}
    if variant.option == "-DGGML_VULKAN=on" and headers and "layer_settings" not in headers:
        chosen["CXXFLAGS"] = f"{environment.get('CXXFLAGS', '')} -include {_OLD_HEADERS}".strip()
    return chosen


def provide(name: str, *, check: bool) -> Environment:
    """Build a variant, or bring it up to date. Raises StepFailed, which says what is missing."""
    variant = VARIANTS[name]
    missing = variant.missing()
    log = ROOT / "build" / f"{name}.log"
    if missing and variant.packages and sys.platform == "linux" and shutil.which("apt-get"):
        bootstrap_system.install(variant.packages, f"A build for {name}", log)
        missing = variant.missing()
    if missing:
        raise StepFailed(f"A build for {name} needs {' and '.join(missing)}: {variant.advice}.")
    headers = _HEADERS.read_text("utf-8") if _HEADERS.is_file() else ""
    built = Environment(f".venv-{name}", build_variables(variant, os.environ, headers))
    built.provide(["test"] if check else [])
    return built


def devices(built: Environment, environment: Mapping[str, str]) -> list[str]:
    """What this build computes on, a line for each graphics card."""
    code = (
        f"import os\nos.environ.update({dict(environment)!r})\n"
        "from rlm_desktop.engine.hardware import describe\n"
        "for d in describe().devices:\n"
        "    if d.is_gpu: print(f'{d.name}: {d.description}, {d.memory_free / 1e9:.1f} GB free')"
    )
    return output_of([built.python, "-c", code]).splitlines()


def check_build(built: Environment, environment: Mapping[str, str]) -> int:
    """Run the tests of a graphics card with this build."""
    models = bootstrap_tests.provide_models(built)
    tiny: list[str | Path] = [built.python, "-m", "rlm_desktop", "models", "get", "smollm2-135m"]
    if not os.environ.get("RLM_DESKTOP_TEST_MODELS") and call(tiny) != 0:
        raise StepFailed("The tests need the model smollm2-135m, which could not be fetched.")
    variables = {**os.environ, **environment, "RLM_DESKTOP_TEST_MODELS": str(models)}
    return call([built.python, "-m", "pytest", "-q", _CHECKS], variables)


def main(arguments: list[str]) -> int:
    name, *options = arguments or [""]
    if name not in VARIANTS or options not in ([], ["--check"]):
        say(USAGE)
        return 0 if name in ("-h", "--help", "help") else 2
    try:
        built = provide(name, check=bool(options))
        return _report(name, built, check=bool(options))
    except StepFailed as failed:
        say(f"\n{failed}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped. The same command goes on from here.")
        return 130


def _report(name: str, built: Environment, *, check: bool) -> int:
    found, extra = devices(built, {}), {}
    if not found and name == "vulkan" and check:
        extra = _NAME_DEVICE
        found = devices(built, extra)
    if not found:
        say(f"The build is in {built.folder}, but it finds no graphics card: is its driver there?")
        return 1
    say("\n".join([f"The build is in {built.folder}. It computes on:", *found]))
    say(f"Start it with: {built.python} -m rlm_desktop")
    return check_build(built, extra) if check else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
