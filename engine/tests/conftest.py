"""Properties are tried on busy machines too: how long an example takes says nothing about it."""

from hypothesis import HealthCheck, settings

settings.register_profile("musubi", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("musubi")
