"""Where to report a hole in the site's security, as RFC 9116 has machines read it."""

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from sojourn.web import clock
from sojourn.web.access import Audience, open_to

HOLDS_FOR = dt.timedelta(days=180)


@open_to(Audience.PUBLIC)
def security_txt(request: HttpRequest) -> HttpResponse:
    """The contact that the operator has named, if there is one."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    until = dt.datetime.combine(clock.today() + HOLDS_FOR, dt.time(), dt.UTC)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {until.isoformat()}",
        "Preferred-Languages: en, zh",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    ]
    headers = {"Content-Disposition": 'inline; filename="security.txt"'}
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8", headers=headers)
