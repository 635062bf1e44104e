"""Days in English, the month as a word: nobody need guess which of two numbers it is."""

MUSUBI_DAY = "D j M"
MUSUBI_DAY_OF_YEAR = "D j M Y"
DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
TIME_FORMAT = "H:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j M"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
FIRST_DAY_OF_WEEK = 1
