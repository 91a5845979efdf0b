"""What the program needs of the system: libraries for Qt and llama.cpp, fonts, a compiler.

On Debian and its kin, as root, what is missing is installed. Anyone else is told the command.
"""

import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from bootstrap_steps import StepFailed, is_root, output_of, quietly, say

#: Which Debian package has a library. Found with ldd on Qt's platform plugins "xcb", "wayland"
#: and "offscreen", on QtWidgets and on libllama, and with dpkg -S on what they load.
PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgomp.so.1": "libgomp1",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}


def missing_libraries(ldd_output: str) -> set[str]:
    """The names of the libraries that ldd did not find."""
    return set(re.findall(r"^\s*(\S+) => not found", ldd_output, re.MULTILINE))


def packages_for(libraries: Iterable[str]) -> list[str]:
    """The Debian packages that have those libraries, sorted; unknown ones are left out."""
    return sorted({PACKAGES[name] for name in libraries if name in PACKAGES})


def apt_command(packages: Iterable[str]) -> str:
    """What someone who is not root shall type."""
    return f"sudo apt-get install --no-install-recommends {' '.join(packages)}"


def libraries_missing(site_packages: Path, *, wayland: bool) -> set[str]:
    """The libraries of the system that Qt and llama.cpp look for in vain."""
    if sys.platform != "linux" or not shutil.which("ldd"):
        return set()
    plugins = site_packages / "PySide6/Qt/plugins/platforms"
    files = [plugins / "libqxcb.so", plugins / "libqoffscreen.so"]
    files += [site_packages / "PySide6/QtWidgets.abi3.so"]
    files += [plugins / "libqwayland.so"] if wayland else []
    files += (site_packages / "llama_cpp/lib").glob("*.so")
    # What comes with the packages themselves is found beside them.
    own = {path.name for path in site_packages.glob("PySide6/Qt/lib/*.so*")}
    return missing_libraries(output_of(["ldd", *filter(Path.exists, files)])) - own


def has_fonts() -> bool:
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts"]
    return sys.platform != "linux" or any(
        next(folder.rglob(ending), None) for folder in folders for ending in ("*.ttf", "*.otf")
    )


def has_compiler() -> bool:
    return any(map(shutil.which, ("c++", "g++", "clang++", "cl")))


def compiler_advice() -> str:
    """How to get a compiler on this system."""
    if sys.platform == "darwin":
        return "run xcode-select --install"
    if sys.platform == "win32":
        return "install the Build Tools for Visual Studio, with 'Desktop development with C++'"
    return f"run {apt_command(['build-essential'])}, or what your system has in its place"


def install(packages: list[str], why: str, log: Path) -> None:
    """Install Debian packages. Raises StepFailed with the command if that cannot be done."""
    if not packages:
        return
    if not (is_root() and shutil.which("apt-get")):
        raise StepFailed(f"{why} needs packages of the system. Run: {apt_command(packages)}")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    quietly("Reading the lists of packages (up to a minute)", ["apt-get", "update"], log, quiet)
    quietly(
        f"Installing {' '.join(packages)} (a minute or two)",
        ["apt-get", "install", "-y", "--no-install-recommends", *packages],
        log,
        quiet,
    )


def provide_libraries(site_packages: Path, log: Path, *, wayland: bool, tests: bool) -> None:
    """Install what Qt and llama.cpp miss. Raises StepFailed with the command to type."""
    missing = libraries_missing(site_packages, wayland=wayland)
    strange = sorted(missing - set(PACKAGES))
    if strange:
        say(f"Some libraries are missing, and their packages not known here: {', '.join(strange)}")
    packages = packages_for(missing)
    if not has_fonts():
        packages.append("fonts-dejavu-core")
    if tests and sys.platform == "linux" and not shutil.which("Xvfb"):
        packages.append("xvfb")
    install(packages, "The tests" if tests else "The window", log)
