"""The way in and out."""

from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.i18n import set_language

from sojourn.web.account import views

urlpatterns = [
    path("home/", views.home, name="home"),
    path("log-in/", views.LogIn.as_view(), name="log-in"),
    path("log-out/", LogoutView.as_view(), name="log-out"),
    path("language/", set_language, name="set-language"),
    path("demo/", views.demo, name="demo"),
    path("demo/<int:account_id>/", views.demo_log_in, name="demo-log-in"),
]
