import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_wheel_holds_the_program_and_its_resources(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("rlm_desktop-*-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (information,) = {name.split("/")[0] for name in names if ".dist-info/" in name}
        entry_points = archive.read(f"{information}/entry_points.txt").decode()
    resources = [path for path in (ROOT / "resources").rglob("*") if path.is_file()]
    assert {f"rlm_desktop/{path.relative_to(ROOT).as_posix()}" for path in resources} <= names
    assert "rlm_desktop/__main__.py" in names
    assert f"{information}/licenses/LICENSE" in names
    assert not [name for name in names if name.startswith(("tests/", "packaging/"))]
    assert "rlm-desktop = rlm_desktop.__main__:main" in entry_points
