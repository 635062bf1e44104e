"""Refusals and mishaps as pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 with the sentence of the verdict."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)
