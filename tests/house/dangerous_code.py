"""Patterns that have opened other systems, found in syntax trees and templates.

Ruff knows the general ones (its S and DTZ rules). Here are those that only this house has or that it forbids
without exception; each names what it looks for, a piece of code that it must find, and one that it must not.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Finder = Callable[[ast.Module], Iterator[ast.AST]]

FROM_OUTSIDE = frozenset({"GET", "POST", "META", "headers", "COOKIES", "body", "FILES"})
NETWORK = re.compile(
    r"^(?:aiohttp|ftplib|http\.client|httpx|imaplib|poplib|requests|smtplib|socket|urllib\.request|urllib3)\b"
)
LOADS_CODE = frozenset({"pickle", "marshal", "shelve", "dill", "yaml", "jsonpickle"})
WEAKENS = frozenset({"csrf_exempt", "xframe_options_exempt", "xframe_options_sameorigin", "csp_override"})
SENDS_FILES = frozenset({"FileResponse", "StreamingHttpResponse", "serve", "set_cookie", "set_signed_cookie"})
WRITES = frozenset(
    {"create", "bulk_create", "get_or_create", "update_or_create", "bulk_update", "update", "delete"}
)
SECRETS = re.compile(r"(?:^|_)(?:token|secret|signature|password|hmac|mac)$")
LOGS = frozenset({"debug", "info", "warning", "error", "exception", "critical"})


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is looked for, and where (a regular expression on the path); `bad` is found, `good` is not."""

    why: str
    find: Finder
    bad: str
    good: str
    where: str = ""


def name_of(node: ast.AST) -> str:
    """The last part of a name or an attribute."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def calls(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    """Calls of a function or a method of one of these names."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call) and name_of(node.func) in names)


def imports(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Every import with the full name that it brings in."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def touches_request(node: ast.AST) -> bool:
    """Whether something that a client sent is part of the expression."""
    return any(isinstance(part, ast.Attribute) and part.attr in FROM_OUTSIDE for part in ast.walk(node))


def is_constant(node: ast.AST) -> bool:
    """Whether the text is written out, or named as a constant of the module."""
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.isupper())


def sql_put_together(tree: ast.Module) -> Iterator[ast.AST]:
    runs = calls(tree, "execute", "executemany", "raw", "RawSQL", "RunSQL", "extra")
    yield from (call for call in runs if call.args and not is_constant(call.args[0]))
    yield from calls(tree, "extra", "RawSQL")


def html_put_together(tree: ast.Module) -> Iterator[ast.AST]:
    yield from (call for call in calls(tree, "format_html") if not is_constant(call.args[0]))
    yield from (
        call for call in calls(tree, "HttpResponse") if call.args and isinstance(call.args[0], ast.JoinedStr)
    )


def marked_safe(tree: ast.Module) -> Iterator[ast.AST]:
    yield from calls(tree, "mark_safe", "SafeString", "SafeText")


def reaches_out(tree: ast.Module) -> Iterator[ast.AST]:
    yield from (node for node, name in imports(tree) if NETWORK.match(name))


def loads_code(tree: ast.Module) -> Iterator[ast.AST]:
    yield from (node for node, name in imports(tree) if name.partition(".")[0] in LOADS_CODE)
    yield from calls(tree, "eval", "exec", "__import__", "literal_eval")


def weakens(tree: ast.Module) -> Iterator[ast.AST]:
    yield from (node for node, name in imports(tree) if name.rpartition(".")[2] in WEAKENS)


def sends_files(tree: ast.Module) -> Iterator[ast.AST]:
    yield from calls(tree, *SENDS_FILES)


def opens_files(tree: ast.Module) -> Iterator[ast.AST]:
    yield from calls(tree, "open", "read_bytes", "read_text", "write_bytes", "write_text")


def takes_files(tree: ast.Module) -> Iterator[ast.AST]:
    fields = {"FileField", "ImageField"}
    yield from calls(tree, *fields)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and fields & {name_of(base) for base in node.bases}:
            yield node
    passed = {
        id(part)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for argument in call.args
        for part in (argument.values if isinstance(argument, ast.BoolOp) else [argument])
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "FILES" and id(node) not in passed:
            yield node


def leads_away(tree: ast.Module) -> Iterator[ast.AST]:
    led = calls(tree, "redirect", "HttpResponseRedirect", "HttpResponsePermanentRedirect")
    yield from (call for call in led if any(map(touches_request, call.args)))


def compares_secrets(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq):
            sides = [node.left, *node.comparators]
            named = any(SECRETS.search(name_of(side)) for side in sides)
            if named and not any(isinstance(side, ast.Constant) for side in sides):
                yield node


def writes_past_actions(tree: ast.Module) -> Iterator[ast.AST]:
    for call in calls(tree, *WRITES):
        if any(isinstance(part, ast.Attribute) and part.attr == "objects" for part in ast.walk(call.func)):
            yield call
    yield from (call for call in calls(tree, "save") if isinstance(call.func, ast.Attribute))


def logs_values(tree: ast.Module) -> Iterator[ast.AST]:
    for call in calls(tree, *LOGS):
        if isinstance(call.func, ast.Attribute) and name_of(call.func.value) in {"log", "logger", "logging"}:
            values = call.args[1:]
            plain = all(
                isinstance(v, ast.Constant)
                or re.search(r"(?:^|_)(?:pk|id|kind|code|count|attempts)$", name_of(v))
                for v in values
            )
            if not is_constant(call.args[0]) or not plain:
                yield call


def takes_every_field(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value == "__all__":
            yield node
        if isinstance(node, ast.keyword) and node.arg is None and touches_request(node.value):
            yield node


def asks_for_debug(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "DEBUG" and name_of(node.value) == "settings":
            yield node


PATTERNS = {
    "sql": Pattern(
        "SQL is written out, and values are passed beside it",
        sql_put_together,
        bad='cursor.execute(f"SELECT {name}")',
        good='cursor.execute("SELECT %s", [name])',
    ),
    "html": Pattern(
        "HTML is made by templates, which escape",
        html_put_together,
        bad='format_html(f"<b>{name}</b>")',
        good='format_html("<b>{}</b>", name)',
    ),
    "mark_safe": Pattern(
        "only our own icons and rendered templates are marked safe",
        marked_safe,
        bad="mark_safe(name)",
        good="escape(name)",
    ),
    "outside": Pattern(
        "the site asks nothing of other machines",
        reaches_out,
        bad="import urllib.request",
        good="from urllib.parse import urlencode",
    ),
    "code": Pattern(
        "nothing that was sent is run",
        loads_code,
        bad="from pickle import loads",
        good="import json",
    ),
    "weaken": Pattern(
        "no page is exempt from the protection of all",
        weakens,
        bad="from django.views.decorators.csrf import csrf_exempt",
        good="from django.views.decorators.http import require_POST",
    ),
    "send": Pattern(
        "files and cookies leave through the frame that sets their headers",
        sends_files,
        bad="FileResponse(file)",
        good="HttpResponse(content)",
        where="^web/|^api/",
    ),
    "open": Pattern(
        "no page opens a file",
        opens_files,
        bad="Path(name).read_bytes()",
        good="archive.writestr(name, b'')",
        where="^web/|^api/",
    ),
    "upload": Pattern(
        "a file is taken by UploadField alone, which asks the gate",
        takes_files,
        bad="content = request.FILES['file'].read()",
        good="form = PlanForm(request.POST, request.FILES or None)",
    ),
    "redirect": Pattern(
        "nobody is led where the request says",
        leads_away,
        bad='redirect(request.GET["next"])',
        good='redirect("home")',
    ),
    "compare": Pattern(
        "secrets are compared in constant time",
        compares_secrets,
        bad="given_token == row.token",
        good='kind == "token"',
    ),
    "write": Pattern(
        "pages, queries and rules write nothing: actions do",
        writes_past_actions,
        bad="Offer.objects.filter(pk=1).update(status='')",
        good="cleaned.update(other)",
        where=r"^web/|^api/|/queries|/rules|/indicators",
    ),
    "log": Pattern(
        "a log holds ids, never values",
        logs_values,
        bad='log.info("sent to %s", person.email)',
        good='log.info("sent to %s", person.pk)',
    ),
    "fields": Pattern(
        "a form lists its fields",
        takes_every_field,
        bad="Person(**request.POST)",
        good="Person(**form.cleaned_data)",
    ),
    "debug": Pattern(
        "no page behaves otherwise while debugging",
        asks_for_debug,
        bad="if settings.DEBUG: pass",
        good="if settings.DEMO: pass",
        where="^(?!config/|cli/)",
    ),
}

IN_TEMPLATES = {
    "unescaped": (re.compile(r"\|\s*safe(?:seq)?\b|autoescape\s+off"), "{{ name|safe }}", "{{ name }}"),
    "debug": (re.compile(r"\{%\s*debug\b|settings\.DEBUG|\{\{\s*debug\b"), "{% debug %}", "{% now 'Y' %}"),
    "elsewhere": (
        re.compile(r"""\b(?:src|action|data-src)=["']?(?:https?:)?//"""),
        '<img src="//evil.example/">',
        '<img src="/a.svg">',
    ),
    "opener": (
        re.compile(r"""target=["']?_blank(?![^>]*\brel=["'][^"']*noopener)"""),
        '<a target="_blank" href="/">',
        '<a target="_blank" rel="noopener" href="/">',
    ),
    "token": (
        re.compile(
            r"""<form\b[^>]*method=["']?post(?:(?!csrf_token).)*?</form>""", re.IGNORECASE | re.DOTALL
        ),
        '<form method="post"><input></form>',
        '<form method="post">{% csrf_token %}</form>',
    ),
}
"""By name: what no template holds, a line in which it is found, a line in which it is not."""
