"""The three families of errors, by what the caller should do next; each names itself by a stable code.

Which HTTP status, exit code or row verdict an error becomes is no part of it: see `shared.problems`.
Codes and details carry no personal value: both are logged and sent.
"""

from collections.abc import Mapping


class LeadmillError(Exception):
    """What all families share; raise one of the families.

    Attributes:
        code: stable name that programs compare, e.g. `assignment_lost`.
        detail: a sentence for a person that says what to do.
        members: more facts for the answer, by name; values must fit JSON.
    """

    def __init__(self, code: str, detail: str, **members: object) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.members: Mapping[str, object] = members


class Refused(LeadmillError):
    """Wrong for ever: the same request or row will be refused again; change it."""


class Superseded(LeadmillError):
    """Somebody was first: read the present state, then decide anew; a job ends quietly."""


class Unavailable(LeadmillError):
    """Something this needs is away or full: the same again later may succeed.

    Attributes:
        retry_after_s: whole seconds after which trying again makes sense.
    """

    def __init__(self, code: str, detail: str, *, retry_after_s: int = 1, **members: object) -> None:
        super().__init__(code, detail, **members)
        self.retry_after_s = retry_after_s


def absent(what: str) -> Refused:
    """Makes the refusal for a thing that is not there, or not there for this caller: both look the same.

    Args:
        what: our word for the thing, e.g. `lead`; never an id or a value.
    """
    return Refused("not_found", f"there is no such {what}")
