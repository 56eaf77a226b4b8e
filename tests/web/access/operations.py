"""Every page of the site, as the URLconf has it.

The addresses of the API are no pages: each of its operations declares its scope in its own description.
"""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def patterns(
    resolver: URLResolver | None = None, spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, URLPattern]]:
    """The patterns by their full names, such as `office:call`."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from patterns(entry, inner)
        else:
            yield ":".join([*spaces, str(entry.name)]), entry


def names_in(pattern: URLPattern) -> set[str]:
    """What the addresses of a page name, such as `code`."""
    regex = pattern.pattern.regex
    return {*pattern.pattern.converters, *(regex.groupindex if hasattr(regex, "groupindex") else ())}


PATTERNS = {name: pattern for name, pattern in patterns() if not name.startswith("api:")}
