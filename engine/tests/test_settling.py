"""A process that has settled asks the system for memory once, not for each question."""

import subprocess
import sys

import pytest

QUESTIONS = """
import resource
import numpy as np
{first}
def question():
    parts = [np.ones(500_000 * n) for n in (1, 3, 1)]
    del parts
question()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(20):
    question()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def told_by(text: str) -> str:
    """What a process of its own prints."""
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, check=True, encoding="utf-8")
    return done.stdout.strip()


def page_faults(first: str) -> int:
    return int(told_by(QUESTIONS.format(first=first)))


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc can be told to keep memory")
def test_memory_is_kept_from_one_question_to_the_next():
    assert page_faults("from musubi_engine.settling import settle; settle()") * 10 < page_faults("")


LARGE_ANSWER = """
from musubi_engine.bench.timing import resident_megabytes
from musubi_engine.settling import give_back, settle
settle()
read = [bytes(1000) for _ in range(100_000)]
kept = read[::100]
del read
before = resident_megabytes()
{then}
print(before - resident_megabytes())
"""


SETTLED = """
import gc
from musubi_engine.settling import settle

threshold, *_ = gc.get_threshold()
settle()
print(gc.get_freeze_count() > 0, gc.get_threshold()[0] > threshold)
"""


def freed_megabytes(then: str) -> float:
    return float(told_by(LARGE_ANSWER.format(then=then)))


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc can be told to give memory back")
def test_what_lies_free_between_the_rest_is_given_back():
    assert freed_megabytes("") < 1
    assert freed_megabytes("give_back()") > 40


def test_what_is_there_is_left_out_of_collections():
    assert told_by(SETTLED) == "True True"


MEASURED = """
import gc
from musubi_engine.bench.timing import started
from musubi_engine.settling import settle

with started():
    pass
before = gc.get_freeze_count()
settle()
with started():
    pass
print(before, gc.get_freeze_count() > 0)
"""


def test_a_measurement_leaves_the_process_as_settled_as_it_was():
    assert told_by(MEASURED) == "0 True"
