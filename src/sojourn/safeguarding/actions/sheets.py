"""The code on the sheet of an activity."""

from sojourn.participation.models import Opening
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.safeguarding.codes import new_activity_code
from sojourn.safeguarding.models import ActivityCode
from sojourn.safeguarding.rules import sheets as rules


@action("sheet.issue", rules.may_issue_sheet)
def issue_sheet(*, by: Actor, opening: Opening) -> ActivityCode:
    """The activity's one code; made when it is first asked for, and never changed."""
    return ActivityCode.objects.get_or_create(opening=opening, defaults={"code": new_activity_code()})[0]
