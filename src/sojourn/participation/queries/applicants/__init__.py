"""What people see of their own taking part, and of the minors in their care: nobody else is in it."""

from sojourn.participation.queries.applicants.certificates import Certificate, certificate_of
from sojourn.participation.queries.applicants.groups import GroupPage, group_page, group_with
from sojourn.participation.queries.applicants.held import ConsentLine, HeldData, ReadLine, data_held
from sojourn.participation.queries.applicants.home import MyPlace, my_place
from sojourn.participation.queries.applicants.lines import (
    ApplicationLine,
    OfferLine,
    OpeningLine,
    SeatLine,
    State,
    StayLine,
)
from sojourn.participation.queries.applicants.pages import (
    ApplicationPage,
    ChoiceLine,
    StayPage,
    TicketLine,
    application_page,
    own_application,
    own_engagement,
    own_offer,
    own_people,
    stay_page,
)
from sojourn.participation.queries.applicants.senders import SenderLine, find_senders, sender_with
from sojourn.participation.queries.applicants.yeses import (
    AgreedLine,
    ComponentYeses,
    PersonYeses,
    YesLine,
    agreed_lines,
    my_yeses,
)

__all__ = [
    "AgreedLine",
    "ApplicationLine",
    "ApplicationPage",
    "Certificate",
    "ChoiceLine",
    "ComponentYeses",
    "ConsentLine",
    "GroupPage",
    "HeldData",
    "MyPlace",
    "OfferLine",
    "OpeningLine",
    "PersonYeses",
    "ReadLine",
    "SeatLine",
    "SenderLine",
    "State",
    "StayLine",
    "StayPage",
    "TicketLine",
    "YesLine",
    "agreed_lines",
    "application_page",
    "certificate_of",
    "data_held",
    "find_senders",
    "group_page",
    "group_with",
    "my_place",
    "my_yeses",
    "own_application",
    "own_engagement",
    "own_offer",
    "own_people",
    "sender_with",
    "stay_page",
]
