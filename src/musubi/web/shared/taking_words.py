"""How much of an offer is in use, as it is said."""

from typing import Any


def amount_words(row: Any) -> str:
    """「折りたたみいす 40個」 of a line, a use or an allotment; the kind where it has no words of its own."""
    name = row.what or str(row.get_resource_display())
    return f"{name} {number_words(row.amount, row)}" if row.amount is not None else name


def number_words(number: int, row: Any) -> str:
    """「40個」 in the unit of this line; 席 without its explanation."""
    unit = str(row.get_unit_display()).split("（", maxsplit=1)[0] if row.unit else ""
    return f"{number:,}{unit}"
