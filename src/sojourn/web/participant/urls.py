"""The pages of a participant, or of the guardian of a minor."""

from django.urls import path

from sojourn.web.participant import (
    answer_views,
    apply_views,
    children_views,
    data_views,
    record_views,
    views,
    yes_views,
)

app_name = "participant"
urlpatterns = [
    path("", views.home, name="home"),
    path("calls/<slug:code>/apply/", apply_views.apply_page, name="apply"),
    path("groups/join/", apply_views.join, name="join"),
    path("applications/<slug:reference>/", views.application, name="application"),
    path("applications/<slug:reference>/choices/", apply_views.choices, name="choices"),
    path("applications/<slug:reference>/withdraw/", answer_views.withdraw, name="withdraw"),
    path("applications/<slug:reference>/accept/", answer_views.accept, name="accept"),
    path("applications/<slug:reference>/decline/", answer_views.decline, name="decline"),
    path("applications/<slug:reference>/certificate/", views.certificate, name="certificate"),
    path("stays/<int:number>/", views.stay, name="stay"),
    path("stays/<int:number>/leave/", answer_views.leave_stay, name="leave"),
    path("children/", children_views.children, name="children"),
    path("children/add/", children_views.add, name="add-child"),
    path("children/<int:person_id>/slip/", children_views.print_slip, name="print-slip"),
    path("children/slips/<int:number>/end/", children_views.end_slip, name="end-slip"),
    path("data/", data_views.data, name="data"),
    path("stays/<int:number>/needs/", record_views.need, name="need"),
    path("stays/<int:number>/needs/delete/", record_views.drop_need, name="drop-need"),
    path("data/<int:person_id>/correct/", record_views.correct, name="correct"),
    path("data/<int:person_id>/erase/", record_views.erase, name="erase"),
    path("data/copy.json", data_views.copy, name="data-copy"),
    path("yeses/", yes_views.yeses, name="yeses"),
    path("yeses/<int:person_id>/<str:code>/<slug:purpose>/", yes_views.say_yes, name="yes"),
    path("yeses/<int:person_id>/<str:code>/<slug:purpose>/withdraw/", yes_views.take_back, name="take-back"),
]
