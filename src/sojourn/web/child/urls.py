"""The pages of a minor with a paper slip."""

from django.urls import path

from sojourn.web.child import views

app_name = "child"
urlpatterns = [
    path("", views.enter, name="enter"),
    path("close/", views.close, name="close"),
    path("mine/", views.home, name="home"),
    path("mine/applications/<slug:reference>/", views.why, name="why"),
    path("mine/yes/<str:code>/<slug:purpose>/", views.say_yes, name="yes"),
    path("mine/no/<str:code>/<slug:purpose>/", views.say_no, name="no"),
    path("mine/stays/<int:number>/leave/", views.leave_stay, name="leave"),
]
