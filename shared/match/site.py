"""Which leads are one client: the same company at one place, whoever the person is."""

from hashlib import blake2b

from shared.match.form import Form


def site_key(form: Form) -> int | None:
    """A signed 64-bit hash that colleagues share and branches do not; None for private persons and for companies nowhere.

    The place is the door where street and house are known, else the postcode, else the town. Spellings that differ give
    different keys: leads joined by evidence rather than by this key come from the scores (`Scored.same_site`).
    """
    if not form.company:
        return None
    if form.street and form.house:
        place = f"{form.street}\x1f{form.house}\x1f{form.city}"
    elif form.postcode or form.city:
        place = form.postcode or form.city
    else:
        return None
    text = "\x1f".join((form.country, "".join(sorted(form.company)), place))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little", signed=True)
