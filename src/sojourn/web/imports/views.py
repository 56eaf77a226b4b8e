"""Import a file in steps: send it, say what its columns are, read what would happen, import, take back."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sojourn.records.jobs import run_job
from sojourn.records.refusal import RefusalError, UnseenError
from sojourn.sheets.actions import (
    check_import,
    drop_import,
    match_code,
    resume_import,
    undo_import,
    write_import,
)
from sojourn.sheets.kinds import KINDS, Kind
from sojourn.sheets.marking import marked_workbook
from sojourn.sheets.matching import proposed
from sojourn.sheets.models import Import
from sojourn.sheets.queries import kinds_for, own_import, own_imports
from sojourn.sheets.templates import template_workbook
from sojourn.web import clock
from sojourn.web.access import Audience, open_to
from sojourn.web.actors import actor_of
from sojourn.web.forms import refusals_shown_in
from sojourn.web.imports import pages
from sojourn.web.imports.forms import FileForm, MappingForm
from sojourn.web.imports.sending import begun, exported, workbook_answer

AT_ONCE = 5000
"""Files of at most so many rows are worked on within the request; larger ones by the worker."""
Status = Import.Status


@dataclass(frozen=True, slots=True)
class ImportPages:
    """The pages of imports in one audience's folder."""

    audience: Audience
    namespace: str

    def paths(self) -> list[URLPattern]:
        """The URLs, to be included among those of the audience."""
        numbered = "imports/<int:number>/"
        return [
            self._path("imports/", self.home, "imports"),
            self._path("imports/new/<slug:kind>/", self.new, "new-import"),
            self._path(
                "imports/new/<slug:kind>/template.xlsx", require_GET(self.template), "import-template"
            ),
            self._path("exports/<slug:kind>/<slug:scope>.<slug:ending>", require_GET(self.export), "export"),
            self._path(numbered, self.show, "import"),
            self._path(f"{numbered}progress/", require_GET(self.progress), "import-progress"),
            self._path(f"{numbered}marked.xlsx", require_GET(self.marked), "import-marked"),
            *(
                self._path(f"{numbered}{verb}/", require_POST(view), f"{verb}-import")
                for verb, view in (
                    ("write", self.write),
                    ("undo", self.undo),
                    ("drop", self.drop),
                    ("resume", self.resume),
                    ("match", self.match),
                )
            ),
        ]

    def home(self, request: HttpRequest) -> HttpResponse:
        """The kinds that one can import, and the latest imports."""
        by = actor_of(request)
        shown: dict[str, object] = {"kinds": kinds_for(by)}
        return self._render(request, "home", shown | {"imports": pages.import_lines(own_imports(by))})

    def new(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Send a file. It is read here, and what is never held is dropped before anything is kept."""
        declared, scopes = self._kind(request, kind)
        form = FileForm(request.POST or None, request.FILES or None, scopes=scopes)
        if request.method == "POST" and form.is_valid():
            with refusals_shown_in(form):
                importing = begun(actor_of(request), declared, form)
                if importing is not None:
                    return redirect(f"{self.namespace}:import", importing.pk)
        return self._render(request, "new", {"kind": declared, "form": form})

    def template(self, request: HttpRequest, kind: str) -> HttpResponse:
        """The workbook to fill in."""
        declared, _scopes = self._kind(request, kind)
        return workbook_answer(template_workbook(declared), f"{kind}-template.xlsx")

    def export(self, request: HttpRequest, kind: str, scope: str, ending: str) -> HttpResponse:
        """What there is of a kind, with the columns of its import."""
        declared, _scopes = self._kind(request, kind)
        return exported(declared, declared.enter(actor_of(request), scope), f"{kind}-{scope}", ending)

    def show(self, request: HttpRequest, number: int) -> HttpResponse:
        """Where the import stands: its mapping, its progress, what the check found, what came of it."""
        importing = own_import(actor_of(request), number)
        if importing.status == Status.STAGED or (
            importing.status == Status.CHECKED and (request.method == "POST" or "map" in request.GET)
        ):
            return self._map(request, importing)
        shown: dict[str, object] = {"notes": pages.notes_of(importing, importing.table)}
        if importing.status in pages.BUSY:
            return self._render(
                request, "busy", shown | {"importing": importing, "progress": pages.progress_of(importing)}
            )
        kind = KINDS[importing.kind]
        shown |= {
            "importing": importing,
            "kind": kind,
            "found": pages.found_in(importing, _whole(request.GET.get("page", ""))),
            "titles": {column.name: column.title for column in kind.columns},
            "unused": pages.unused_columns(importing),
            "matches": self._matches(request, importing),
        }
        return self._render(request, "result", shown)

    def progress(self, request: HttpRequest, number: int) -> HttpResponse:
        """How far the job is; asked for every second, and the whole page again when it is done."""
        importing = own_import(actor_of(request), number)
        shown = {"importing": importing, "progress": pages.progress_of(importing), "space": self.namespace}
        answer = render(request, "imports/progress.html", shown)
        if importing.status not in pages.BUSY:
            answer["HX-Refresh"] = "true"
        return answer

    def marked(self, request: HttpRequest, number: int) -> HttpResponse:
        """The rows of the file as a workbook, with the faults marked in place."""
        importing = own_import(actor_of(request), number)
        content = marked_workbook(importing)
        if content is None:
            raise Http404
        return workbook_answer(content, f"import-{number}-marked.xlsx")

    def write(self, request: HttpRequest, number: int) -> HttpResponse:
        """Import all rows, or the good ones only."""
        importing = own_import(actor_of(request), number)
        only_good = request.POST.get("only_good") == "yes"
        return self._do(
            request,
            importing,
            lambda: write_import(
                by=actor_of(request), importing=importing, only_good=only_good, at=clock.now()
            ),
        )

    def undo(self, request: HttpRequest, number: int) -> HttpResponse:
        """Take the whole import back."""
        return self._act(request, number, undo_import)

    def resume(self, request: HttpRequest, number: int) -> HttpResponse:
        """Try again what had given up."""
        return self._act(request, number, resume_import)

    def _act(self, request: HttpRequest, number: int, act: Callable[..., object]) -> HttpResponse:
        importing = own_import(actor_of(request), number)
        by, at = actor_of(request), clock.now()
        return self._do(request, importing, lambda: act(by=by, importing=importing, at=at))

    def drop(self, request: HttpRequest, number: int) -> HttpResponse:
        """Forget the file."""
        drop_import(by=actor_of(request), importing=own_import(actor_of(request), number))
        messages.success(request, _("The file is forgotten; nothing of it was imported."))
        return redirect(f"{self.namespace}:imports")

    def match(self, request: HttpRequest, number: int) -> HttpResponse:
        """Say once what an unknown code is called here, then check again."""
        by, importing = actor_of(request), own_import(actor_of(request), number)
        for name, new in request.POST.items():
            column, _sign, old = name.removeprefix("match:").partition(":")
            if name.startswith("match:") and new:
                match_code(by=by, importing=importing, column=column, old=old, new=str(new))
        return self._do(
            request,
            importing,
            lambda: check_import(
                by=by,
                importing=importing,
                table=importing.table,
                mapping=importing.mapping,
                at=clock.now(),
            ),
        )

    def _path(self, route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
        return path(route, open_to(self.audience)(view), name=name)

    def _render(self, request: HttpRequest, name: str, shown: dict[str, object]) -> HttpResponse:
        return render(request, f"imports/{name}.html", shown | {"space": self.namespace})

    def _kind(self, request: HttpRequest, code: str) -> tuple[Kind, list[tuple[str, dict[str, str]]]]:
        for kind, scopes in kinds_for(actor_of(request)):
            if kind.code == code:
                return kind, list(scopes)  # type: ignore[arg-type]
        raise UnseenError

    def _map(self, request: HttpRequest, importing: Import) -> HttpResponse:
        """Say what the columns are. A file with several tables shows one of them, and a way to the others."""
        kind, by = KINDS[importing.kind], actor_of(request)
        asked = request.POST.get("table") or request.GET.get("table") or ""
        table = _whole(asked) if asked else importing.table
        if table >= len(importing.tables):
            raise Http404
        mapped = importing.mapping
        if table != importing.table:
            mapped = proposed(kind, importing.tables[table], importing.organisation_id)
        sent = request.POST if request.method == "POST" else None
        form = MappingForm(sent, kind=kind, importing=importing, table=table, mapped=mapped)
        if form.is_valid():
            with refusals_shown_in(form):
                mapping = form.mapping()
                check_import(by=by, importing=importing, table=table, mapping=mapping, at=clock.now())
                return self._worked_on(importing)
        shown = {"importing": importing, "kind": kind, "form": form, "table": importing.tables[table]}
        others = [(place, found) for place, found in enumerate(importing.tables) if place != table]
        return self._render(
            request, "mapping", shown | {"others": others, "notes": pages.notes_of(importing, table)}
        )

    def _matches(self, request: HttpRequest, importing: Import) -> list[tuple[str, str]]:
        kind = KINDS[importing.kind]
        within = kind.enter(actor_of(request), importing.scope)
        return [
            choice for column in kind.columns if column.refers for choice in kind.matches(within, column.name)
        ]

    def _do(self, request: HttpRequest, importing: Import, act: Callable[[], object]) -> HttpResponse:
        try:
            act()
        except RefusalError as refusal:
            messages.error(request, str(refusal.message))
            return redirect(f"{self.namespace}:import", importing.pk)
        return self._worked_on(importing)

    def _worked_on(self, importing: Import) -> HttpResponse:
        """Small files are worked on at once; of larger ones the page shows how far the worker is."""
        rows = importing.tables[importing.table]["rows"]
        if rows <= AT_ONCE and importing.job_id is not None:
            run_job(importing.job_id, now=clock.now)
        return redirect(f"{self.namespace}:import", importing.pk)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
