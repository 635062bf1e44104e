"""From a save to being found by another process, and from a need to its proposals."""

import subprocess
import sys
import time
from functools import partial

from django.db import transaction
from django.utils import timezone

from musubi.base.places.models import Municipality
from musubi.flow.listings.enums import Side
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import matchable
from musubi.flow.listings.services.indexing import index_listing
from musubi.flow.matching.services import propose_for_need

from .pages import sample_of
from .timing import Timing, timed, timing_of

LATE = "late"
# The other process has its own connection, its own caches and nothing else to do than to ask.
READER = f"""
import os, sys, time
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "musubi.config.settings")
import django
django.setup()
from musubi.base.index.queries import search
partition = int(sys.argv[1])
search(text="こども", partitions=[partition])
print("ready", flush=True)
for line in sys.stdin:
    word, until = line.strip(), time.monotonic() + 10
    found = False
    while not found and time.monotonic() < until:
        found = bool(search(text=word, partitions=[partition]).total)
    print(time.monotonic_ns() if found else "{LATE}", flush=True)
"""


def save_to_found(municipality: Municipality, *, rounds: int) -> Timing:
    """A listing is given a new word; another process asks the search until it finds it."""
    listing = matchable(municipality.pk, Side.OFFER).select_related("actor", "menu_item").order_by("pk")[0]
    title, spent = listing.title, []
    with subprocess.Popen(  # noqa: S603 (our own interpreter and text)
        [sys.executable, "-c", READER, str(municipality.pk)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as reader:
        if reader.stdin is None or reader.stdout is None:
            raise RuntimeError("the reading process has no pipes")
        reader.stdout.readline()
        try:
            for number in range(rounds):
                word = f"測定語{number}番{time.monotonic_ns()}"
                reader.stdin.write(f"{word}\n")
                reader.stdin.flush()
                begun = time.monotonic_ns()
                _retitle(listing, f"{word}の{title}"[:80])
                found = reader.stdout.readline().strip()
                if not found.isdigit():
                    raise RuntimeError("a saved listing was not found by another process")
                spent.append((int(found) - begun) / 1e6)
        finally:
            _retitle(listing, title)
            reader.stdin.close()
    return timing_of("from the start of a save to being found by another process", spent)


def proposals(municipality: Municipality, *, rounds: int) -> Timing:
    """All proposals of a need, stored, as right after publishing; the needs whose pages are measured."""
    needs = list(matchable(municipality.pk, Side.NEED).filter(pk__in=sample_of(municipality, Side.NEED)))
    calls = [partial(_propose, need) for need in needs]
    return timed("proposals for a need: found, explained and stored", calls, rounds=rounds)


def _propose(need: Listing) -> None:
    propose_for_need(need=need, now=timezone.now())


@transaction.atomic
def _retitle(listing: Listing, title: str) -> None:
    listing.title = title
    listing.save(update_fields=["title"])
    index_listing(listing)
