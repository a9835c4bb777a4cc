"""Whom the old base calls an owner: people by name, never guessed; those whom nobody here is called are listed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

_SHOWN: Final = 200
_MAX_NAME: Final = 80


@dataclass(slots=True)
class Owners:
    """People by name as they are asked for; `said` are the names that somebody explained before: name in the list, name here."""

    people: Mapping[str, tuple[int | None, str]]
    said: Mapping[str, str] = field(default_factory=dict)
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)

    def find(self, name: str | None) -> int | None:
        """Gives the person of this name; None without a name, and for one that names nobody: it is remembered."""
        if not name or not name.strip():
            return None
        here = self.said.get(name.strip(), name).strip().lower()
        person, state = self.people.get(here, (None, "unknown"))
        if person is None:
            self.unknown[name.strip()[:_MAX_NAME], state] += 1
        return person

    def list_unknown(self) -> list[dict[str, Any]]:
        """Lists the names that named nobody, the most frequent first, each with why: unknown, ambiguous or left."""
        return [{"name": name, "why": why, "rows": rows} for (name, why), rows in self.unknown.most_common(_SHOWN)]
