"""How the demo puts answers into lines. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

_SIDE: Final = ("company", "person", "street", "city")


def show_counts(rows: Mapping[str, int]) -> str:
    """Gives verdict counts, and that they add up."""
    verdicts = {verdict: count for verdict, count in rows.items() if verdict != "read"}
    told = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.items() if count)
    return f"{rows['read']} rows: {told} (adds up: {'yes' if sum(verdicts.values()) == rows['read'] else 'NO'})"


def list_reasons(rows: Sequence[Mapping[str, Any]]) -> str:
    """Gives how often each reason stands, with one raw row as an example."""
    if not rows:
        return "none"
    counts = Counter(str(row["reason"]) for row in rows)
    return ", ".join(f"{count} {reason}" for reason, count in counts.most_common())


def explain_pair(pair: Mapping[str, Any]) -> str:
    """Gives two records side by side and what each field weighed."""
    sides = [_side(pair[side]) for side in ("a", "b")]
    weighed = [
        f"  {field['weight']:+7.1f}  {field['field']:<12} {field.get('words', '')}".rstrip() for field in pair["fields"]
    ]
    return "\n".join(["", *sides, *weighed])


def _side(side: Mapping[str, Any]) -> str:
    fields = side["fields"]
    return f"  {side['source']}, row {side['row']}: " + " | ".join(
        str(fields[name]) for name in _SIDE if fields.get(name)
    )
