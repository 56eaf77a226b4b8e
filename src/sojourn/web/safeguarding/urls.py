"""The pages of safeguarding leads."""

from django.urls import path

from sojourn.web import adults
from sojourn.web.access import Audience, open_to
from sojourn.web.safeguarding import emergency_views, views

app_name = "safeguarding"
LEADS = open_to(Audience.SAFEGUARDING)
urlpatterns = [
    path("", views.inbox_page, name="inbox"),
    path("incidents/<int:number>/", views.incident, name="incident"),
    path("incidents/<int:number>/note/", views.note, name="note"),
    path("incidents/<int:number>/acknowledge/", views.acknowledge_it, name="acknowledge"),
    path("incidents/<int:number>/involved/", views.involved, name="involved"),
    path("incidents/<int:number>/hand-up/", views.hand_it_up, name="hand-up"),
    path("incidents/<int:number>/propose/", views.propose, name="propose"),
    path("incidents/<int:number>/send-back/", views.send_it_back, name="send-back"),
    path("incidents/<int:number>/close/", views.close_it, name="close"),
    path("emergencies/", emergency_views.emergencies, name="emergencies"),
    path("emergencies/<int:number>/approve/", emergency_views.approve, name="approve-emergency"),
    path("emergencies/<int:number>/record/", emergency_views.record, name="emergency-record"),
    path("emergencies/<int:number>/end/", emergency_views.end, name="end-emergency"),
    path("adults/", LEADS(adults.adults_page), name="adults"),
    path("adults/<int:account_id>/", LEADS(adults.adult_page), name="adult"),
    path("adults/records/<int:number>/revoke/", LEADS(adults.revoke), name="revoke"),
]
