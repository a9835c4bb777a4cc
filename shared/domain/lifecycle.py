"""The life of everything that has a state: which states there are, and every move between them.

This is the one place to read or change a life. `leadmill db upgrade` writes the table into the database, where a trigger refuses any
other move and writes an event for each that happens; the README's diagrams are drawn from it. Standard library only.
"""

from typing import NamedTuple

BORN = ""


class Move(NamedTuple):
    """One allowed move of one entity. `mover` says who makes it and when."""

    entity: str
    before: str
    after: str
    mover: str


MOVES: tuple[Move, ...] = (
    Move("source circulation", BORN, "held", "marketing adds a scraped source, or one without a legal basis"),
    Move("source circulation", BORN, "active", "marketing adds any other source"),
    Move("source circulation", "held", "active", "marketing lets it go out"),
    Move("source circulation", "active", "held", "marketing or a warning stops it"),
    Move("source circulation", "active", "paused", "marketing pauses: nothing new, open work ends normally"),
    Move("source circulation", "paused", "active", "marketing resumes"),
    Move("source circulation", "held", "ended", "its end date, or marketing"),
    Move("source circulation", "active", "ended", "its end date, or marketing"),
    Move("source circulation", "paused", "ended", "its end date, or marketing"),
    Move("upload", BORN, "received", "intake has the whole file"),
    Move("upload", "received", "inspected", "the uploader wants to be asked"),
    Move("upload", "received", "reading", "the cleaner begins to read"),
    Move("upload", "inspected", "reading", "the uploader answers and starts it"),
    Move("upload", "reading", "cleaning", "every row is staged"),
    Move("upload", "cleaning", "matching", "every row is a record or rejected"),
    Move("upload", "matching", "ready", "every row has its verdict; its leads enter their pools"),
    Move("upload", "received", "failed", "the file cannot be read"),
    Move("upload", "reading", "failed", "the file cannot be read"),
    Move("upload", "cleaning", "failed", "a batch gave up"),
    Move("upload", "matching", "failed", "matching gave up"),
    Move("upload", "inspected", "withdrawn", "the uploader takes it back before it starts"),
    Move("upload", "ready", "withdrawn", "marketing takes it back: all that nobody has worked"),
    Move("upload", "failed", "withdrawn", "marketing clears it away"),
    Move("upload circulation", BORN, "held", "as its source stands"),
    Move("upload circulation", BORN, "active", "as its source stands"),
    Move("upload circulation", BORN, "paused", "as its source stands"),
    Move("upload circulation", BORN, "ended", "as its source stands"),
    Move("upload circulation", "held", "active", "marketing lets it go out"),
    Move("upload circulation", "active", "held", "marketing or a warning stops it"),
    Move("upload circulation", "active", "paused", "marketing pauses"),
    Move("upload circulation", "paused", "active", "marketing resumes"),
    Move("upload circulation", "held", "ended", "marketing, or a withdrawal"),
    Move("upload circulation", "active", "ended", "marketing, or a withdrawal"),
    Move("upload circulation", "paused", "ended", "marketing, or a withdrawal"),
    Move("vendor claim", BORN, "draft", "marketing freezes the rows that a vendor is to take back"),
    Move("vendor claim", "draft", "sent", "marketing sends it within the return window"),
    Move("vendor claim", "draft", "dropped", "marketing drops it: its rows may be claimed anew"),
    Move("vendor claim", "sent", "accepted", "the vendor agrees"),
    Move("vendor claim", "sent", "refused", "the vendor does not"),
    Move("vendor claim", "accepted", "credited", "the vendor has given money or rows for it"),
    Move("research", BORN, "open", "a lead came without a number that could be read"),
    Move("research", "open", "taken", "somebody is given it to find one, for a time"),
    Move("research", "taken", "open", "the time is over, or it is given back"),
    Move("research", "taken", "found", "the researcher brings a number that can be called"),
    Move("research", "open", "found", "another list, a rep or the person brought one"),
    Move("research", "taken", "given_up", "there is none to be found"),
    Move("research", "open", "void", "the lead is gone, or may not be called any more"),
    Move("research", "taken", "void", "the lead is gone, or may not be called any more"),
    Move("batch", "waiting", "leased", "a worker takes it, for a time"),
    Move("batch", "leased", "waiting", "its lease ran out or its worker gave it back"),
    Move("batch", "leased", "done", "its worker wrote the results under its fence"),
    Move("batch", "leased", "split", "a row of it breaks the code: two halves go on"),
    Move("batch", "leased", "failed", "it failed too often"),
    Move("person", BORN, "active", "a supervisor or admin adds them"),
    Move("person", "active", "absent", "they are away"),
    Move("person", "absent", "active", "they are back"),
    Move("person", "active", "left", "they leave: access ends first"),
    Move("person", "absent", "left", "they leave"),
    Move("person", "left", "active", "they come back"),
    Move("pool", BORN, "active", "an admin opens it"),
    Move("pool", "active", "paused", "nothing is handed out"),
    Move("pool", "paused", "active", "handing out goes on"),
    Move("pool", "active", "ended", "its leads go elsewhere"),
    Move("pool", "paused", "ended", "its leads go elsewhere"),
    Move("lead", "active", "merged", "it proved to be another lead"),
    Move("lead", "merged", "active", "the merge is undone"),
    Move("lead", "active", "withdrawn", "its only upload was taken back"),
    Move("lead", "active", "erased", "the person asked to be forgotten"),
    Move("lead", "merged", "erased", "the person asked to be forgotten"),
    Move("lead", "withdrawn", "erased", "the person asked to be forgotten"),
    Move("assignment", BORN, "offered", "a rep pulls it, or a supervisor gives it"),
    Move("assignment", "offered", "working", "the first contact or call"),
    Move("assignment", "offered", "ended", "an outcome, release, expiry, reclaim or revocation"),
    Move("assignment", "working", "ended", "an outcome, release, expiry, reclaim or revocation"),
    Move("promise", BORN, "open", "the client agreed to or asked for it"),
    Move("promise", "open", "kept", "a contact after it was due, or before with the same result"),
    Move("promise", "open", "lapsed", "nobody kept it within its grace: it becomes the rest"),
    Move("promise", "open", "withdrawn", "the client or a correction took it back"),
    Move("request", BORN, "open", "somebody asks to be contacted"),
    Move("request", "open", "answered", "a contact was made"),
    Move("request", "open", "lapsed", "nobody answered in time"),
    Move("review", BORN, "open", "the matcher, a rep or an import is in doubt"),
    Move("review", "open", "merged", "a person says: the same"),
    Move("review", "open", "distinct", "a person says: never the same"),
    Move("review", "open", "later", "a person puts it off"),
    Move("review", "later", "open", "its time has come"),
    Move("review", "open", "void", "one of the leads is gone"),
    Move("line check", BORN, "out", "a number in quarantine is due and a provider or rep is asked"),
    Move("line check", "out", "answered", "what came back is evidence"),
    Move("line check", "out", "lapsed", "nothing came back in time: the number is due again"),
    Move("line check", "lapsed", "answered", "the answer came late"),
    Move("line hold", BORN, "open", "the dead rate of a list, rep, desk, trunk or hour leaps"),
    Move("line hold", "open", "confirmed", "a supervisor says: they are dead"),
    Move("line hold", "open", "refuted", "a supervisor says: the one who told it was broken"),
)


def may_move(entity: str, before: str, after: str) -> bool:
    """Whether the table has this move."""
    return any((move.entity, move.before, move.after) == (entity, before, after) for move in MOVES)


def states_of(entity: str) -> tuple[str, ...]:
    """Every state of an entity in the order of the table; none for an unknown entity."""
    seen = dict.fromkeys(state for move in MOVES if move.entity == entity for state in (move.before, move.after))
    return tuple(state for state in seen if state != BORN)


def is_final(entity: str, state: str) -> bool:
    """Whether no move leads out of the state."""
    return not any(move.entity == entity and move.before == state for move in MOVES)


def entities() -> tuple[str, ...]:
    """Everything that has a life, in the order of the table."""
    return tuple(dict.fromkeys(move.entity for move in MOVES))
