"""Every URL of the site, by audience."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("sojourn.web.public.urls")),
    path("api/v1/", include("sojourn.api.urls")),
    path("", include("sojourn.web.account.urls")),
    path("slip/", include("sojourn.web.child.urls")),
    path("my/", include("sojourn.web.participant.urls")),
    path("institution/", include("sojourn.web.institution.urls")),
    path("office/", include("sojourn.web.office.urls")),
    path("audit/", include("sojourn.web.auditor.urls")),
    path("programs/", include("sojourn.web.programs.urls")),
    path("safeguarding/", include("sojourn.web.safeguarding.urls")),
]

handler429 = "sojourn.web.limits.too_many_log_ins"
