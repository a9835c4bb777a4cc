"""The ledger: every table.

Revision: 0001
"""

from pathlib import Path

from alembic import op

from shared.storage.zone import zones_by_country, zones_by_prefix

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SQL = Path(__file__).parent.parent / "sql"


def upgrade() -> None:
    """Creates the tables, then what every installation starts with."""
    raw = op.get_bind().connection.driver_connection
    assert raw is not None
    for path in sorted(_SQL.glob("0001_[0-5]_*.sql")):
        raw.execute(path.read_bytes())
    countries = zones_by_country()
    with raw.cursor().copy("COPY country (code, zones) FROM STDIN") as copy:
        for code, zones in countries.items():
            copy.write_row((code, list(zones)))
    with raw.cursor().copy("COPY dial_zone (country, prefix, zones) FROM STDIN") as copy:
        for country, prefix, zones in zones_by_prefix(countries):
            copy.write_row((country, prefix, list(zones)))
    raw.execute("ANALYZE dial_zone")
    raw.execute((_SQL / "0001_6_seed.sql").read_bytes())
