"""The floors hold, and each contract has been seen to fail: a contract that passes whatever is planted is worse than none."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "roi_tool"
LINES_ALLOWED = 300


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    code = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", code, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A copy of the package's Python files, to plant breaches in."""
    folder = tmp_path_factory.mktemp("house")
    ignore = shutil.ignore_patterns("__pycache__", "*.ttf", "*.mo", "*.po")
    shutil.copytree(PACKAGE, folder / "roi_tool", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.mark.slow
def test_the_floors_hold(house):
    result = lint_imports(house)
    assert result.returncode == 0, result.stdout


BREACHES = {
    "a room looks up": ("money/planted.py", "import roi_tool.cdr", "Floors only look down"),
    "two rooms of one floor": ("reporting/planted.py", "import roi_tool.storage", "Floors only look down"),
    "a room without a floor": ("planted/__init__.py", "", "Floors only look down"),
    "Qt outside the desktop": ("workspace/planted.py", "def f():\n    import PySide6.QtCore", "Only the desktop speaks Qt"),
    "a disk format below floor 5": ("costing/planted.py", "import json", "No disk format and no catalogue"),
    "a catalogue below floor 5": ("quoting/planted.py", "import gettext", "No disk format and no catalogue"),
    "the engine knows the papers": ("billing/planted.py", "import reportlab", "The engine knows neither"),
    "a kind of charge that leans on another": (
        "rating/charges/planted.py",
        "import roi_tool.rating.charges.tiers",
        "Charge kinds are independent",
    ),
    "a circle": (
        "problems/planted.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import roi_tool.problems.planted_other",
        "No circles",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("breach", BREACHES)
def test_a_planted_breach_is_caught(house, breach):
    place, code, contract = BREACHES[breach]
    planted = [house / "roi_tool" / place]
    planted[0].parent.mkdir(exist_ok=True)
    planted[0].write_text(code + "\n", encoding="utf-8")
    if breach == "a circle":
        planted.append(planted[0].with_name("planted_other.py"))
        planted[1].write_text("import roi_tool.problems.planted\n", encoding="utf-8")
    try:
        result = lint_imports(house)
    finally:
        for file in planted:
            file.unlink()
        if breach == "a room without a floor":  # its folder would go on breaking the contract
            shutil.rmtree(house / "roi_tool" / "planted")
    assert result.returncode == 1
    broken = [line for line in result.stdout.splitlines() if " BROKEN" in line]
    assert any(line.startswith(contract) for line in broken), result.stdout


def test_no_file_is_longer_than_a_reader_can_hold():
    long = {
        str(file.relative_to(ROOT)): lines
        for file in PACKAGE.rglob("*.py")
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > LINES_ALLOWED
    }
    assert not long


def test_every_file_says_what_it_is_for():
    silent = [
        str(file.relative_to(ROOT))
        for file in PACKAGE.rglob("*.py")
        if not ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert not silent


def test_the_base_install_asks_for_no_qt():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert not [name for name in project["dependencies"] if "pyside" in name.lower() or "qt" in name.lower()]


ENGINE_WITHOUT_QT = """
import sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"PySide6", "shiboken6"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, NoQt())
from roi_tool.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def test_the_command_line_runs_without_qt():
    version = subprocess.run(
        [sys.executable, "-c", ENGINE_WITHOUT_QT, "--version"], capture_output=True, text=True, check=False, timeout=60
    )
    assert version.returncode == 0, version.stderr
    window = subprocess.run([sys.executable, "-c", ENGINE_WITHOUT_QT], capture_output=True, text=True, check=False, timeout=60)
    assert window.returncode == 2
    assert "roi-tool[desktop]" in window.stderr
    assert "Traceback" not in window.stderr
