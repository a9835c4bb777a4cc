"""Rules of the house that no linter knows: one clock, small modules, nothing of this machine, pages that are up to date."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.application.use_cases import read_user_options
from importlinter.cli import lint_imports

from services.docs import fill_page
from shared.domain.diagram import draw_page

ROOT = Path(__file__).parents[2]
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
PYTHON = [name for name in TRACKED if name.endswith(".py") and name.startswith(("shared/", "services/"))]
SQL = [name for name in TRACKED if name.endswith(".sql") and name.startswith("shared/")]

_OTHER_CLOCKS = re.compile(
    r"\bnow\(\)|CURRENT_(?:TIME|DATE|TIMESTAMP)|LOCALTIME|transaction_timestamp|statement_timestamp|clock_timestamp",
    re.I,
)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*SQL, *(name for name in PYTHON if name.startswith("shared/storage/"))])
def test_the_database_has_one_clock(name: str) -> None:
    if not name.endswith("0001_0_clock.sql"):
        assert not _OTHER_CLOCKS.search(read(name))


def long_functions(name: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(read(name))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = (node.end_lineno or 0) - node.lineno + 1 - len((ast.get_docstring(node) or "").splitlines())
            if size > 40:
                yield f"{node.name} has {size} lines"


@pytest.mark.parametrize("name", PYTHON)
def test_modules_and_functions_are_small(name: str) -> None:
    assert read(name).count("\n") <= 300
    assert list(long_functions(name)) == []


@pytest.mark.parametrize("name", [name for name in PYTHON if not name.endswith("__init__.py")])
def test_every_module_says_what_lives_there(name: str) -> None:
    assert ast.get_docstring(ast.parse(read(name)))


def test_nothing_of_one_machine_is_written_down() -> None:
    odd = re.compile(r"/work/|/root/|pypi\.org|pythonhosted|index-url")
    texts = {
        name: read(name) for name in TRACKED if not name.endswith((".lock", "test_rules.py")) and (ROOT / name).exists()
    }
    assert [name for name, text in texts.items() if odd.search(text)] == []


def test_locks_hold_hashes_and_no_hosts() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        assert "--hash=sha256:" in read(name)
        assert "://" not in read(name)


def test_imports_point_inwards() -> None:
    assert read_user_options(config_filename=str(ROOT / "pyproject.toml")).contracts_options
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_generated_pages_are_up_to_date() -> None:
    assert fill_page(read("README.md")) == read("README.md"), "run `make docs`"
    assert draw_page() == read("docs/lives.md"), "run `make docs`"


def test_readme_names_only_files_that_exist() -> None:
    linked = re.findall(r"\]\(([^)#]+)\)", read("README.md"))
    assert linked
    assert [path for path in linked if "://" not in path and not (ROOT / path).exists()] == []
