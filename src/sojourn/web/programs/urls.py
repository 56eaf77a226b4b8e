"""The pages about connected programs."""

from django.urls import path

from sojourn.web.programs import views

app_name = "programs"
urlpatterns = [
    path("", views.home, name="home"),
    path("tokens/new/", views.new_token, name="new-token"),
    path("tokens/<int:number>/revoke/", views.revoke, name="revoke"),
    path("webhooks/new/", views.new_webhook, name="new-webhook"),
    path("webhooks/<int:number>/", views.webhook, name="webhook"),
    path("webhooks/<int:number>/secret/", views.secret, name="secret"),
    path("webhooks/<int:number>/resume/", views.resume, name="resume"),
    path("webhooks/<int:number>/remove/", views.remove, name="remove"),
    path("deliveries/<int:number>/resend/", views.send_again, name="resend"),
]
