"""The pages of the offices."""

from django.urls import path

from sojourn.web.access import Audience
from sojourn.web.imports.views import ImportPages
from sojourn.web.office import call_views, figure_views, plan_views, run_views, safety_views, views

app_name = "office"
IMPORTS = ImportPages(Audience.OFFICE, app_name)
urlpatterns = [
    path("", views.overview, name="overview"),
    *IMPORTS.paths(),
    path("plan/", plan_views.plan, name="plan"),
    path("plan/versions/<int:number>/", plan_views.version, name="plan-version"),
    path("quotas/", plan_views.quotas, name="quotas"),
    path("quotas/<slug:code>/split/", plan_views.split, name="split"),
    path("figures/", figure_views.figures, name="figures"),
    path("figures/<int:number>/", figure_views.figure, name="figure"),
    path("safeguarding/", safety_views.safeguarding, name="safeguarding"),
    path("calls/", call_views.calls, name="calls"),
    path("calls/new/", call_views.new_call, name="new-call"),
    path("calls/<slug:code>/", call_views.call, name="call"),
    path("calls/<slug:code>/openings/new/", call_views.new_opening, name="new-opening"),
    path("calls/<slug:code>/announce/", call_views.announce, name="announce"),
    path("calls/<slug:code>/publish/", call_views.publish, name="publish-call"),
    path("calls/<slug:code>/freeze/", run_views.freeze, name="freeze"),
    path("calls/<slug:code>/draw/", run_views.draw, name="draw"),
]
