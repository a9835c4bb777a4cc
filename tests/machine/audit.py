"""What is compared after every step: the ledger as it stands with what the machine remembers."""

from tests.machine.memory import Memory

_VERDICTS = {"new", "merged", "review", "quarantined", "suppressed", "rejected"}


def check_all(memory: Memory) -> None:
    """Every invariant of the ledger, and every promise that was made to this machine."""
    violations = memory.world.find_violations()
    assert violations == [], violations
    check_uploads(memory)
    check_contacts(memory)
    check_erased(memory)
    check_suppressed(memory)


def check_uploads(memory: Memory) -> None:
    """Every upload is ready, every row has the one verdict it always had, and the counts add up."""
    rows = memory.world.owner.execute(
        "SELECT id, state, rows_read, counts FROM upload WHERE mapping <> '[]'"
    ).fetchall()
    assert {row[0]: row[2] for row in rows} == memory.uploads
    for _, state, rows_read, counts in rows:
        assert state == "ready"
        assert counts.keys() == _VERDICTS
        assert sum(counts.values()) == rows_read
    found = memory.world.owner.execute("SELECT upload_id, row_no, verdict FROM outcome").fetchall()
    verdicts = {(upload, row_no): verdict for upload, row_no, verdict in found}
    assert len(found) == len(verdicts) == sum(memory.uploads.values())
    assert memory.verdicts.items() <= verdicts.items()
    memory.verdicts = verdicts


def check_contacts(memory: Memory) -> None:
    """Whatever was acknowledged is found again as it was written."""
    rows = memory.world.owner.execute(
        "SELECT id, assignment_id, person_id, number_id, disposition FROM contact"
    ).fetchall()
    kept = {(one.id, one.hold, one.rep, one.number, one.disposition) for one in memory.contacts.values()}
    assert set(rows) == kept


def check_erased(memory: Memory) -> None:
    """An erased lead stays erased, without a value and without a queue entry."""
    rows = memory.world.owner.execute(
        "SELECT id, state, fields, EXISTS (SELECT 1 FROM queue_entry WHERE lead_id = lead.id) FROM lead WHERE id = ANY (%s)",
        (sorted(memory.erased),),
    ).fetchall()
    assert rows == [(lead, "erased", {}, False) for lead in sorted(memory.erased)] or sorted(rows) == [
        (lead, "erased", {}, False) for lead in sorted(memory.erased)
    ]


def check_suppressed(memory: Memory) -> None:
    """No open hold shows a suppressed number."""
    at, suppressed = memory.world.now(), set(memory.suppressed.values())
    for hold in memory.open_holds(at):
        assert not suppressed & set(hold.numbers.values()), f"hold {hold.id} keeps a suppressed number"
