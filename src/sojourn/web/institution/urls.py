"""The pages of an institution and of its group leaders."""

from django.urls import path

from sojourn.web.access import Audience
from sojourn.web.imports.views import ImportPages
from sojourn.web.institution import views

app_name = "institution"
IMPORTS = ImportPages(Audience.INSTITUTION, app_name)
urlpatterns = [
    path("", views.home, name="home"),
    *IMPORTS.paths(),
    path("openings/<slug:call_code>/<slug:code>/", views.opening, name="opening"),
    path("openings/<slug:call_code>/<slug:code>/roster/", views.roster, name="roster"),
    path("openings/<slug:call_code>/<slug:code>/sessions/new/", views.new_session, name="new-session"),
]
