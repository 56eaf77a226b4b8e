"""The pages of an institution and of its group leaders."""

from django.urls import path

from sojourn.web.institution import slip_views, views

app_name = "institution"
urlpatterns = [
    path("", views.home, name="home"),
    path("openings/<slug:call_code>/<slug:code>/", views.opening, name="opening"),
    path("openings/<slug:call_code>/<slug:code>/roster/", views.roster, name="roster"),
    path("openings/<slug:call_code>/<slug:code>/slips/", slip_views.print_slips, name="print-slips"),
    path("openings/<slug:call_code>/<slug:code>/sessions/new/", views.new_session, name="new-session"),
]
