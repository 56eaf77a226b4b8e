"""The forms of a participant: who applies, through whom, for what, and the yes."""

from sojourn.web.participant.forms.consents import ConsentForm, text_language
from sojourn.web.participant.forms.people import GroupForm, SenderForm, WhoForm
from sojourn.web.participant.forms.rankings import RankingForm

__all__ = ["ConsentForm", "GroupForm", "RankingForm", "SenderForm", "WhoForm", "text_language"]
