"""A quarter passes: every working day its people, lists, requests, and what goes wrong."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import click

from tests.quarter.base import add_leads, hire, open_pools, seats, set_law
from tests.quarter.firm import Firm
from tests.quarter.rep import Rep
from tests.quarter.scale import first_day, ticks

_FIRST_LISTS: Final = 0.6


class Quarter:
    """The firm day by day."""

    def __init__(self, firm: Firm) -> None:
        self.firm, self.scale = firm, firm.scale
        self.first = first_day(firm.now(), self.scale.weeks)
        self._added = self._asked = 0
        self._teams: dict[str, list[int]] = {}
        firm.move_to(datetime.combine(self.first, time(3), UTC))
        set_law(firm.owner, self.first)
        open_pools(firm.owner)
        firm.pools = {
            str(name): int(pool)
            for pool, name in firm.owner.execute("SELECT id, name FROM pool WHERE kind = 'sales' AND name <> 'default'")
        }
        starts = (time(9), time(8, 30), time(9, 30))
        self.reps = [
            Rep(hire(firm.owner, seat, self._teams), seat, starts[number % 3])
            for number, seat in enumerate(seats(self.scale.reps))
        ]
        self._add_list(int(self.scale.leads * _FIRST_LISTS))

    def pass_by(self) -> None:
        """Every day of it, the clock process away for one in the second week."""
        for number in range(7 * self.scale.weeks):
            day = self.first + timedelta(days=number)
            self._pass_day(day, clock_runs=number != 9)
            if number % 7 == 4:
                self._tell(day)

    def _pass_day(self, day: date, *, clock_runs: bool) -> None:
        firm, last_chores = self.firm, None
        for number, at in enumerate(ticks(day, self.scale.tick)):
            firm.move_to(at)
            if number == 0 and day.weekday() < 5:
                self._open_day(day)
            if clock_runs and (
                last_chores is None or at - last_chores >= timedelta(minutes=self.scale.chores_every_minutes)
            ):
                last_chores = at
                firm.run_clock()
            present = [rep for rep in self.reps if rep.is_on_shift(at)]
            firm.random.shuffle(present)
            if number % 5 == 2 and day.weekday() < 5:
                self._ask()
            for rep in present:
                rep.work(firm)

    def _open_day(self, day: date) -> None:
        """Lists on Mondays; somebody is ill on some days; a rep leaves in the third of each four weeks, another comes."""
        number = (day - self.first).days
        self.firm.open_day()
        if day.weekday() == 0 and number:
            self._add_list((self.scale.leads - int(self.scale.leads * _FIRST_LISTS)) // (self.scale.weeks - 1))
        if self.firm.random.random() < self.scale.reps / 50 or number == 2:
            self._fall_ill(day)
        if number % 28 == 10:
            self._change_staff()

    def _fall_ill(self, day: date) -> None:
        firm = self.firm
        rep = firm.random.choice([rep for rep in self.reps if not rep.gone and rep.away_until is None])
        back = datetime.combine(day + timedelta(days=firm.random.choice((1, 2, 5))), time(5), UTC)
        mates = [
            one
            for one in self.reps
            if one.seat == rep.seat and one is not rep and not one.gone and one.away_until is None
        ]
        mates = [one for one in mates if self._team(one) == self._team(rep)]
        firm.send_home(rep.person, back, mates[0].person if mates else None)
        rep.away_until = back
        rep.follow_ups = [(max(due, back + timedelta(hours=5)), card) for due, card in rep.follow_ups]

    def _change_staff(self) -> None:
        firm = self.firm
        leaver = firm.random.choice([rep for rep in self.reps if not rep.gone and rep.away_until is None])
        mates = [one for one in self.reps if one is not leaver and not one.gone and one.away_until is None]
        mates = [one for one in mates if self._team(one) == self._team(leaver) and one.seat.pools == leaver.seat.pools]
        firm.dismiss(leaver.person, mates[0].person if mates else None)
        leaver.gone = True
        self.reps.append(Rep(hire(firm.owner, leaver.seat, self._teams), leaver.seat, leaver.starts))

    def _team(self, rep: Rep) -> object:
        row = self.firm.owner.execute("SELECT team_id FROM person WHERE id = %s", (rep.person,)).fetchone()
        return row and row[0]

    def _ask(self) -> None:
        firm = self.firm
        for _ in range(max(1, self.scale.requests * 5 // len(ticks(self.first, self.scale.tick)))):
            if self._asked >= self.scale.requests * ((firm.at.date() - self.first).days + 1):
                return
            row = firm.owner.execute(
                "SELECT id FROM lead WHERE state = 'active' AND relation = 'prospect' AND EXISTS (SELECT 1 FROM lead_number AS ln JOIN number AS n"
                " ON n.id = ln.number_id AND n.callable WHERE ln.lead_id = lead.id) ORDER BY md5(id::text || %s) LIMIT 1",
                (str(self._asked),),
            ).fetchone()
            assert row is not None
            self._asked += 1
            firm.ask_for_call(int(row[0]), self._upload, self._asked)

    def _add_list(self, count: int) -> None:
        last = min(self._added + count, self.scale.leads)
        self._upload = add_leads(self.firm.owner, self._added + 1, last, companies=self.scale.companies)
        self._added = last

    def _tell(self, day: date) -> None:
        seen = self.firm.noticed
        click.echo(
            f"{day}: {seen.calls} calls of {seen.claims} claims, dry {dict(seen.dry)}, searched {seen.looked}, missed {len(seen.missed)}"
        )
