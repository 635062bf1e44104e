"""One town's tables change one after the other."""

from musubi.base.places.models import Municipality


def hold_town(municipality: Municipality) -> None:
    """Two who save at once wait for each other, also where there is no row yet to wait for."""
    Municipality.objects.select_for_update().get(pk=municipality.pk)
