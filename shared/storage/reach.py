"""Whose things a statement may touch: the one condition on people that all listings and look-ups share."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Reach:
    """A person's own things, or a team's, or with neither everything."""

    person_id: int | None = None
    team_id: int | None = None

    @property
    def values(self) -> dict[str, int | None]:
        """The parameters of WITHIN and KNOWN_LEADS."""
        return {"own": self.person_id, "team": self.team_id}


WITHIN: Final = """(
    (CAST(:own AS bigint) IS NULL OR a.person_id = :own)
    AND (CAST(:team AS bigint) IS NULL
         OR EXISTS (SELECT 1 FROM leadmill.person AS mate WHERE mate.id = a.person_id AND mate.team_id = :team)))
"""
"""Condition on an assignment `a`."""

KNOWN_LEADS: Final = """(
    (CAST(:own AS bigint) IS NULL OR EXISTS (
        SELECT 1 FROM leadmill.assignment AS held
        WHERE held.lead_id IN (SELECT leadmill.lead_tree(l.id)) AND held.person_id = :own))
    AND (CAST(:team AS bigint) IS NULL
         OR l.reserved_team_id = :team
         OR EXISTS (SELECT 1 FROM leadmill.pool_person AS pp JOIN leadmill.person AS mate ON mate.id = pp.person_id
                    WHERE pp.pool_id = l.pool_id AND mate.team_id = :team)
         OR EXISTS (SELECT 1 FROM leadmill.assignment AS held JOIN leadmill.person AS mate ON mate.id = held.person_id
                    WHERE held.lead_id IN (SELECT leadmill.lead_tree(l.id)) AND mate.team_id = :team)))
"""
"""Condition on a lead `l`: a rep knows what they hold or held, a supervisor what serves the team."""
