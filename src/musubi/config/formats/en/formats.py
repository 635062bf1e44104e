"""Days in English, the month as a word: nobody need guess which of two numbers it is."""

MUSUBI_DAY = "l j F"
MUSUBI_DAY_OF_YEAR = "l j F Y"
MUSUBI_TIME = "g:i a"
MUSUBI_HOUR = "g a"
DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, g:i a"
TIME_FORMAT = "g:i a"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j M"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, g:i a"
FIRST_DAY_OF_WEEK = 1
