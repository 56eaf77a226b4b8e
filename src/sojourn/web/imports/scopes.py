"""What the pages of imports declare, for each audience that has them: the files of one's own organisation."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from sojourn.web.access import Audience
from sojourn.web.scopes import Reach, Scope, Shows, Thing

OF_A_FILE = {
    "import": _("Read where an import stands, and say what its columns are."),
    "import-progress": _("Read how far an import is."),
    "write-import": _("Import the rows of a file."),
    "undo-import": _("Take a whole import back."),
    "drop-import": _("Forget a file."),
    "resume-import": _("Try an import again that had given up."),
    "match-import": _("Say what an unknown code is called here."),
}
CHECKED = frozenset({"checked", "writing", "done", "stopped", "undoing", "undone"})


def import_scopes(audience: Audience, namespace: str) -> Mapping[str, Scope]:
    """The pages of imports in a namespace; of the kinds only those that the audience can import."""
    kinds = frozenset({f"for {namespace}"})

    def own(does: object, thing: Thing | None = None) -> Scope:
        return Scope(audience, does, Reach.OWN, Shows.COUNTS, thing)  # type: ignore[arg-type]  # lazy text

    def kind(does: object) -> Scope:
        return Scope(audience, does, Reach.PROGRAMME, Shows.TEXTS, Thing.KIND, kinds)  # type: ignore[arg-type]

    return {
        f"{namespace}:imports": own(_("Read what one can import, and the latest imports.")),
        f"{namespace}:new-import": kind(_("Send a file to import.")),
        f"{namespace}:import-template": kind(_("Download the workbook to fill in.")),
        f"{namespace}:export": own(
            _("Download the rows of a kind, as they can be imported again."), Thing.ROWS
        ),
        f"{namespace}:import-marked": Scope(
            audience,
            _("Download the rows of a file with its faults marked."),
            Reach.OWN,
            Shows.COUNTS,
            Thing.IMPORT,
            CHECKED,
        ),
        **{f"{namespace}:{name}": own(does, Thing.IMPORT) for name, does in OF_A_FILE.items()},
    }
