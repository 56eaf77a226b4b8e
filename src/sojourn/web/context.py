"""What every template knows: the menus, the languages, and whether this is a demonstration."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language

from sojourn.web.navigation import Menus, menus


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the site, called by its own name."""

    code: str
    name: str
    is_current: bool


OWN_NAMES = {"en": "English", "zh-hans": "中文"}


class Frame:
    """The frame of a page; each part is worked out when a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.is_demo: bool = settings.DEMO

    @cached_property
    def menus(self) -> Menus:
        """The menus of this request."""
        return menus(self._request)

    @property
    def languages(self) -> list[Language]:
        """The languages one can read the site in."""
        current = get_language()
        return [Language(code, OWN_NAMES[code], code == current) for code, _name in settings.LANGUAGES]

    @property
    def account_email(self) -> str:
        """The address that one is logged in with, or an empty text."""
        user = getattr(self._request, "user", None)
        return user.email if user is not None and user.is_authenticated else ""


def site(request: HttpRequest) -> dict[str, Frame]:
    """The context processor: `frame` in every template (`site` is taken by Django's log-in page)."""
    return {"frame": Frame(request)}
