"""Properties are tried on busy machines too: how long an example takes says nothing about it.

The suite tries the same examples each time, so that what is red or green is the change and not the
day's luck; `HYPOTHESIS_PROFILE=explore pytest …` looks for new ones.
"""

import os

from hypothesis import HealthCheck, settings

COMMON = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("musubi", COMMON, derandomize=True)
settings.register_profile("explore", COMMON, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "musubi"))
