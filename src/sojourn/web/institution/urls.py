"""The pages of an institution and of its group leaders."""

from django.urls import path

from sojourn.web import adults
from sojourn.web.access import Audience, open_to
from sojourn.web.imports.views import ImportPages
from sojourn.web.institution import safety_views, slip_views, views

app_name = "institution"
HOSTS = open_to(Audience.INSTITUTION)
IMPORTS = ImportPages(Audience.INSTITUTION, app_name)
urlpatterns = [
    path("", views.home, name="home"),
    *IMPORTS.paths(),
    path("openings/<slug:call_code>/<slug:code>/", views.opening, name="opening"),
    path("openings/<slug:call_code>/<slug:code>/roster/", views.roster, name="roster"),
    path("openings/<slug:call_code>/<slug:code>/letters.pdf", views.letters, name="letters"),
    path("openings/<slug:call_code>/<slug:code>/needs/", views.needs, name="needs"),
    path("openings/<slug:call_code>/<slug:code>/slips/", slip_views.print_slips, name="print-slips"),
    path("openings/<slug:call_code>/<slug:code>/sessions/new/", views.new_session, name="new-session"),
    path("openings/<slug:call_code>/<slug:code>/departure/", safety_views.departure, name="departure"),
    path("openings/<slug:call_code>/<slug:code>/sheet/", safety_views.sheet, name="sheet"),
    path("adults/", HOSTS(adults.adults_page), name="adults"),
    path("adults/<int:account_id>/", HOSTS(adults.adult_page), name="adult"),
    path("adults/records/<int:number>/revoke/", HOSTS(adults.revoke), name="revoke"),
]
