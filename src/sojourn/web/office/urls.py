"""The pages of the offices."""

from django.urls import path

from sojourn.web.office import views

app_name = "office"
urlpatterns = [path("", views.overview, name="overview")]
