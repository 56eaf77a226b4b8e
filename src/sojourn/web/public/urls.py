"""The public pages."""

from django.urls import path

from sojourn.web.public import reports, security, source, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("plan/", views.plan, name="plan"),
    path("plan/versions/<int:number>/", views.plan_difference, name="plan-difference"),
    path("plan/targets/<slug:code>/", views.target, name="target"),
    path("plan/targets/<slug:code>/proof.zip", views.quota_proof, name="quota-proof"),
    path("calls/", views.calls, name="calls"),
    path("calls/<slug:code>/", views.call, name="call"),
    path("draws/", views.draws, name="draws"),
    path("draws/<slug:code>/", views.draw, name="draw"),
    path("draws/<slug:code>/proof.zip", views.proof, name="proof"),
    path("bulletins/", views.bulletins, name="bulletins"),
    path("bulletins/<slug:code>/<int:edition>/", views.bulletin, name="bulletin"),
    path("bulletins/<slug:code>/<int:edition>/bulletin.json", views.bulletin_document, name="bulletin-json"),
    path(
        "bulletins/<slug:code>/<int:edition>/<slug:language>.pdf", views.bulletin_sheet, name="bulletin-pdf"
    ),
    path("bulletins/<slug:code>/<int:edition>/<slug:target>/", views.figure, name="figure"),
    path("report/", reports.report, name="report"),
    path("report/state/", reports.report_state, name="report-state"),
    path("report/<slug:code>/", reports.report, name="report-code"),
    path(".well-known/security.txt", security.security_txt, name="security-txt"),
    path("source.zip", source.source, name="source"),
]
