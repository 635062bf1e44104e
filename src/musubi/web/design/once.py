"""A form that is pressed twice does its thing once, also without script and after a broken connection.

`{% csrf_token %}` writes another hidden value into every page: the same value with the same content is the same press.
The second gets the first one's answer, as long as that led on to another page and its sender has posted nothing
else since: whoever goes back, changes something and changes it again has pressed three different times.
"""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, UnreadablePostError
from django.http.response import HttpResponseBase
from django.shortcuts import render

REMEMBERED = 10 * 60
AT_WORK = "at work"
LONGEST = 60  # a process that was killed in the middle holds nobody up for longer
TURNS, TURN = 40, 0.25
ELSEWHERE = ("/accounts/",)
"""Codes by mail have limits and lives of their own."""


@dataclass(frozen=True)
class Press:
    """Who pressed, and what: as digests."""

    sender: str
    content: str

    @property
    def last(self) -> str:
        return f"pressed-last:{self.sender}"

    @property
    def answer(self) -> str:
        return f"pressed:{self.content}"


class SentOnce:
    """Stands outside the messages, whose words for the next page go with the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        press = press_of(request)
        if press is None:
            return self.get_response(request)
        _forget_another(press)
        for _turn in range(TURNS):
            if cache.add(press.answer, AT_WORK, LONGEST):
                return self._first(request, press)
            earlier = cache.get(press.answer)
            if isinstance(earlier, HttpResponseBase):
                return earlier
            time.sleep(TURN)
        return render(request, "design/at_work.html", status=409)

    def _first(self, request: HttpRequest, press: Press) -> HttpResponseBase:
        answer = None
        try:
            answer = self.get_response(request)
            return answer
        finally:
            if answer is not None and _can_be_given_again(request, answer):
                cache.set(press.answer, answer, REMEMBERED)
            else:
                cache.delete(press.answer)


def press_of(request: HttpRequest) -> Press | None:
    """The press of a button, if this is one; what a script posts while somebody types is none."""
    if request.method != "POST" or request.path.startswith(ELSEWHERE) or "X-Live" in request.headers:
        return None
    try:
        mark = request.POST.get("csrfmiddlewaretoken")
        files = [f"{name} {file.name} {file.size}" for name, sent in request.FILES.lists() for file in sent]
        content = request.POST.urlencode()
    except UnreadablePostError:  # whoever sent it has gone
        return None
    cookies = request.COOKIES
    sender = cookies.get(settings.SESSION_COOKIE_NAME) or cookies.get(settings.CSRF_COOKIE_NAME)
    if not mark or not sender:
        return None
    return Press(_digest(sender), _digest(sender, request.get_full_path(), content, *files))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _forget_another(press: Press) -> None:
    """A press counts as the same only straight after the first."""
    last = cache.get(press.last)
    if last == press.content:
        return
    cache.set(press.last, press.content, REMEMBERED)
    if last:
        cache.delete(Press(press.sender, last).answer)


def _can_be_given_again(request: HttpRequest, answer: HttpResponseBase) -> bool:
    """It leads on, and no new session went with it, which its second receiver would not get."""
    session = request.session
    new = session.session_key != request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return answer.status_code in (302, 303) and not (session.modified and new and not session.is_empty())
