"""The pages of an auditor."""

from django.urls import path

from sojourn.web.auditor import views

app_name = "auditor"
urlpatterns = [
    path("", views.trail, name="trail"),
    path("acts.csv", views.sheet, name="sheet"),
    path("seals/", views.seals, name="seals"),
]
