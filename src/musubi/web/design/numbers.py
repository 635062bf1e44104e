"""Numbers that stand in an address or a posted field."""

LONGEST = 9


def whole_number(text: str) -> int:
    """The number that the digits 0 to 9 spell, or 0 for anything else and for more than nine of them."""
    return int(text) if len(text) <= LONGEST and text.isascii() and text.isdigit() else 0
