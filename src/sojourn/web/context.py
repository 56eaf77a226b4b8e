"""What every template knows: the menus, the languages, and whether this is a demonstration."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language

from sojourn.web.access import lacks_second_factor
from sojourn.web.actors import actor_of
from sojourn.web.navigation import Menus, menus


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the site, called by its own name."""

    code: str
    name: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID provider by its name."""

    name: str
    href: str


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
    def lacks_second_factor(self) -> bool:
        """Whether the pages of one's post stay closed until a second factor is given."""
        return lacks_second_factor(self._request)

    @property
    def provider(self) -> Provider | None:
        """The provider that one can log in through instead, if the site has one."""
        found = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect")
        if found is None:
            return None
        app = found["APPS"][0]
        return Provider(app["name"], reverse("openid_connect_login", args=[app["provider_id"]]))

    @property
    def is_child(self) -> bool:
        """Whether a minor acts by a paper slip."""
        return actor_of(self._request).is_child

    @property
    def account_email(self) -> str:
        """The address that one is logged in with, or an empty text."""
        user = getattr(self._request, "user", None)
        return user.email if user is not None and user.is_authenticated else ""


def site(request: HttpRequest) -> dict[str, Frame]:
    """The context processor: `frame` in every template (`site` is taken by Django's log-in page)."""
    return {"frame": Frame(request)}
