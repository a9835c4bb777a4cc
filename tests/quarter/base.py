"""The firm of a simulated quarter as rows: pools, teams, reps, companies with their people, lines and switchboards."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tests.builders import Connection, add_upload, one

EUROPE, AMERICA = "Europe/Warsaw", "America/New_York"
_TEAM: Final = 7

POOLS: Final = {
    "hunt-poland": "hunter",
    "hunt-europe": "hunter",
    "hunt-america": "hunter",
    "close-europe": "closer",
    "close-america": "closer",
    "farm": "farmer",
}
NEXT_POOL: Final = {
    "hunt-poland": "close-europe",
    "hunt-europe": "close-europe",
    "hunt-america": "close-america",
    "close-europe": "farm",
    "close-america": "farm",
}
_COUNTRIES: Final = ("PL", "DE", "GB", "LT", "RU", "US")


@dataclass(frozen=True, slots=True)
class Seat:
    """What a rep is hired for."""

    duty: str
    pools: tuple[str, ...]
    zone: str


_SEATS: Final = (
    (0.34, Seat("hunter", ("hunt-poland",), EUROPE)),
    (0.22, Seat("hunter", ("hunt-europe",), EUROPE)),
    (0.16, Seat("hunter", ("hunt-america",), AMERICA)),
    (0.10, Seat("closer", ("close-europe", "close-america"), EUROPE)),
    (0.06, Seat("closer", ("close-america",), AMERICA)),
    (0.12, Seat("farmer", ("farm",), EUROPE)),
)


def seats(reps: int) -> Iterator[Seat]:
    """The seats of so many reps: one of each kind first, then as the shares say."""
    taken = [0] * len(_SEATS)
    for _ in range(reps):
        place = max(range(len(_SEATS)), key=lambda one: (taken[one] == 0, _SEATS[one][0] / (taken[one] + 1)))
        taken[place] += 1
        yield _SEATS[place][1]


def open_pools(db: Connection) -> None:
    """Adds the six pools."""
    for name, duty in POOLS.items():
        db.execute("INSERT INTO pool (name, duty) VALUES (%s, %s)", (name, duty))


def hire(db: Connection, seat: Seat, teams: dict[str, list[int]]) -> int:
    """Adds a rep in a team of the zone that has room; `teams` has a zone's teams, one entry a member."""
    members = teams.setdefault(seat.zone, [])
    if len(members) % _TEAM == 0:
        name = f"team {seat.zone} {len(members) // _TEAM}"
        team = one(db, "INSERT INTO team (name, zone) VALUES (%s, %s) RETURNING id", name, seat.zone)
    else:
        team = members[-1]
    members.append(int(team))
    person = one(
        db,
        "INSERT INTO person (name, role, duty, team_id) VALUES (%s, 'rep', %s, %s) RETURNING id",
        f"rep {seat.zone} {len(members)}", seat.duty, team,
    )  # fmt: skip
    db.execute(
        "INSERT INTO pool_person (pool_id, person_id) SELECT id, %s FROM pool WHERE name = ANY (%s)",
        (person, list(seat.pools)),
    )
    return int(person)


def set_law(db: Connection, first: date) -> None:
    """Hours of every country for the year, one day off in the second week for some: nothing hangs on what is shipped."""
    db.execute(
        "INSERT INTO rule_pack (country, opens, closes, weekdays, source, valid_from, valid_until)"
        " SELECT country, '08:00', '20:00', '{1,2,3,4,5}', 'test', %s, %s FROM unnest(%s::text[]) AS country",
        (first - timedelta(days=1), first + timedelta(days=400), list(_COUNTRIES)),
    )
    db.execute(
        "INSERT INTO holiday (country, day, name, source) SELECT unnest('{PL,US}'::text[]), %s, 'test', 'test' ON CONFLICT DO NOTHING",
        (first + timedelta(days=8),),
    )


_FILL: Final = (
    """
    CREATE TEMPORARY TABLE added AS
    SELECT n, n %% %(companies)s::int AS company, c.country, nextval('record_id_seq') AS record, nextval('lead_id_seq') AS lead
    FROM generate_series(%(first)s::int, %(last)s::int) AS n
    CROSS JOIN LATERAL (SELECT get_byte(sha256((n %% %(companies)s::int)::text::bytea), 0) AS dice) AS d
    CROSS JOIN LATERAL (SELECT CASE WHEN dice < 115 THEN 'PL' WHEN dice < 150 THEN 'DE' WHEN dice < 175 THEN 'GB' WHEN dice < 195 THEN 'LT'
                               WHEN dice < 208 THEN 'RU' ELSE 'US' END AS country) AS c
    """,
    "INSERT INTO site (id, key) SELECT nextval('site_id_seq'), company FROM added GROUP BY company ON CONFLICT (key) DO NOTHING",
    """
    INSERT INTO record (id, upload_id, row_no, source_id, country, fields, forms, normaliser_version, plan_version)
    SELECT record, u.id, n, u.source_id, a.country, jsonb_build_object('company', 'Firma ' || company), '[]', 'test', 'test'
    FROM added AS a, upload AS u WHERE u.id = %(upload)s
    """,
    """
    INSERT INTO lead (id, site_id, country, window_id, pool_id, rank, fields)
    SELECT lead, s.id, a.country, (SELECT min(w.id) FROM calling_window AS w WHERE w.country = a.country), p.id,
           (ARRAY['A', 'B', 'B', 'C', 'C', 'C', 'D', 'D', 'E', NULL])[1 + n * 7 %% 10], jsonb_build_object('company', 'Firma ' || company)
    FROM added AS a JOIN site AS s ON s.key = a.company
    JOIN pool AS p ON p.name = CASE a.country WHEN 'PL' THEN 'hunt-poland' WHEN 'US' THEN 'hunt-america' ELSE 'hunt-europe' END
    """,
    "INSERT INTO membership (record_id, lead_id) SELECT record, lead FROM added",
    # a line of its own, for two of five a second, for a tenth of the companies a switchboard, for some of Poland's an office centre of three
    """
    CREATE TEMPORARY TABLE line AS
    SELECT record, position, prefix || lpad(subscriber::text, 7, '0') AS e164, country FROM (
      SELECT record, 0 AS position, CASE a.country WHEN 'US' THEN CASE n %% 2 WHEN 0 THEN '+1212' ELSE '+1310' END WHEN 'RU' THEN '+7495'
               WHEN 'PL' THEN '+4860' WHEN 'DE' THEN '+49151' WHEN 'GB' THEN '+4474' ELSE '+37061' END AS prefix, n * 2 AS subscriber, country FROM added AS a
      UNION ALL
      SELECT record, 1, CASE a.country WHEN 'US' THEN CASE n %% 2 WHEN 0 THEN '+1212' ELSE '+1310' END WHEN 'RU' THEN '+7495'
               WHEN 'PL' THEN '+4860' WHEN 'DE' THEN '+49151' WHEN 'GB' THEN '+4474' ELSE '+37061' END, n * 2 + 1, country FROM added AS a WHERE n %% 5 < 2
      UNION ALL SELECT record, 2, '+4822', company, country FROM added WHERE country = 'PL' AND company %% 10 = 0
      UNION ALL SELECT record, 3, '+4812', company / 30, country FROM added WHERE country = 'PL' AND company %% 30 < 6
    ) AS l
    """,
    """
    INSERT INTO number (e164, key_hash, country, type, valid, dialable, plan_version)
    SELECT DISTINCT e164, sha256(e164::bytea), country, 'mobile', true, true, 'test' FROM line ON CONFLICT (e164) DO NOTHING
    """,
    "INSERT INTO record_number (record_id, number_id, position, kind) SELECT record, n.id, position, 'phone' FROM line JOIN number AS n USING (e164)",
    "SELECT refresh_lead_numbers(ARRAY(SELECT lead FROM added))",
    "SELECT enqueue_new_leads(ARRAY(SELECT lead FROM added))",
    "DROP TABLE added, line",
    "ANALYZE",
)


def add_leads(db: Connection, first: int, last: int, *, companies: int) -> int:
    """Adds the people numbered so, as a list of its own, each at one of the companies; gives the upload."""
    upload = add_upload(db)
    values = {"first": first, "last": last, "companies": companies, "upload": upload}
    for statement in _FILL:
        db.execute(statement.encode(), values)
    return upload
