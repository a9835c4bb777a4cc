"""Writes what is generated from the code into the pages: `python -m services.docs` in the project's folder. A test compares them."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from shared.config import SETTINGS
from shared.domain.diagram import draw_life, draw_page

_SHOWN_LIVES: Final = ("upload", "lead", "assignment", "promise")


def draw_settings() -> str:
    """Gives the table of settings."""
    rows = [
        f"| `{setting.name}` | {f'`{setting.default}`' if setting.default else ''} | {setting.meaning} |"
        for setting in SETTINGS
    ]
    intro = "Each may also be given as a file: `NAME_FILE` names a file that holds the value, as container secrets do."
    return "\n".join([intro, "", "| name | default | meaning |", "|---|---|---|", *rows])


def draw_lives() -> str:
    """Gives the diagrams of the lives that matter most."""
    return "\n\n".join(f"**{entity.capitalize()}**\n\n```mermaid\n{draw_life(entity)}\n```" for entity in _SHOWN_LIVES)


SECTIONS: Final[dict[str, Callable[[], str]]] = {"lives": draw_lives, "settings": draw_settings}


def fill_page(text: str) -> str:
    """Puts every generated section between its two marks."""
    for name, draw in SECTIONS.items():
        before, rest = text.split(f"<!-- {name} -->\n", 1)
        _, after = rest.split(f"<!-- /{name} -->", 1)
        text = f"{before}<!-- {name} -->\n{draw()}\n<!-- /{name} -->{after}"
    return text


def main(folder: Path) -> None:
    """Writes every page."""
    readme = folder / "README.md"
    readme.write_text(fill_page(readme.read_text(encoding="utf-8")), encoding="utf-8")
    (folder / "docs/lives.md").write_text(draw_page(), encoding="utf-8")


if __name__ == "__main__":
    main(Path())
