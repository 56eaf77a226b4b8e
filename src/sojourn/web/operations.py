"""Every page of the site with what it declares, by the name of its URL."""

from collections.abc import Mapping

from sojourn.web.access import Audience
from sojourn.web.account.scopes import SCOPES as ACCOUNT
from sojourn.web.auditor.scopes import SCOPES as AUDITOR
from sojourn.web.child.scopes import SCOPES as CHILD
from sojourn.web.imports.scopes import import_scopes
from sojourn.web.institution.scopes import SCOPES as INSTITUTION
from sojourn.web.office.scopes import SCOPES as OFFICE
from sojourn.web.participant.scopes import SCOPES as PARTICIPANT
from sojourn.web.programs.scopes import SCOPES as PROGRAMS
from sojourn.web.public.scopes import SCOPES as PUBLIC
from sojourn.web.safeguarding.scopes import SCOPES as SAFEGUARDING
from sojourn.web.scopes import Scope

SCOPES: Mapping[str, Scope] = {
    **PUBLIC,
    **ACCOUNT,
    **CHILD,
    **PARTICIPANT,
    **INSTITUTION,
    **OFFICE,
    **SAFEGUARDING,
    **AUDITOR,
    **PROGRAMS,
    **import_scopes(Audience.INSTITUTION, "institution"),
    **import_scopes(Audience.OFFICE, "office"),
}
