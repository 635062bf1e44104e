"""Days as people in Japan say them; the signs are those of Django's `date` filter."""

MUSUBI_DAY = "n月j日(D)"
MUSUBI_DAY_OF_YEAR = "Y年n月j日(D)"
MUSUBI_TIME = "H:i"
MUSUBI_HOUR = "H:i"
