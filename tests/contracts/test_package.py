"""What is installed from the package is what is in the tree."""

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.contracts.tree import ROOT, SOURCE, committed


def test_the_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert packed == {str(path.relative_to(SOURCE)) for path in committed() if path.is_relative_to(SOURCE)}
