"""The public pages."""

from django.urls import path

from sojourn.web.public import source, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("source.zip", source.source, name="source"),
]
