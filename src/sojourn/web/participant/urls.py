"""The pages of this audience."""

from django.urls import URLPattern

app_name = "participant"
urlpatterns: list[URLPattern] = []
