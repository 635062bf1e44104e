"""Days and times in やさしい日本語: the western year, the weekday as a word, morning and afternoon as people say them."""

MUSUBI_DAY = "n月j日(l)"
MUSUBI_DAY_OF_YEAR = "Y年n月j日(l)"
MUSUBI_TIME = "Ag時i分"
MUSUBI_HOUR = "Ag時"
