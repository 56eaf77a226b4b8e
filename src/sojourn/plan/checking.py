"""Check a plan document: hand it to the pure checker with what the tracks can compute."""

from collections.abc import Iterator, Sequence

from sojourn.core import plan_check as core
from sojourn.core.never_held import never_held
from sojourn.plan.document import schema
from sojourn.plan.document.faults import LoadedPlan, at
from sojourn.tracks import TRACKS

CATALOGUE = core.Catalogue(
    tracks={
        track.code: core.TrackOffer(track.indicator_codes, (track.ages.youngest, track.ages.oldest))
        for track in TRACKS.values()
    },
    never_held=never_held,
)

RULE_BOUNDS: dict[str, tuple[int | None, int | None]] = {
    "answer_days": (7, 60),
    "small_cell_public": (10, None),
    "small_cell_office": (5, None),
    "age_gap_years": (0, 2),
    "consent_months": (1, 12),
    "unselected_retention_days": (0, 90),
}
"""The least and the most that a plan may set: it may be stricter than the defaults, never laxer."""


def check_loaded(loaded: LoadedPlan) -> tuple[core.Finding, ...]:
    """Every finding of a loaded plan, with its place in the file (`where`), after the warnings about the
    file.
    """
    findings = check_document(loaded.document)
    return (*loaded.warnings, *(at(finding, loaded.locate) for finding in findings))


def check_document(document: schema.PlanDocument) -> tuple[core.Finding, ...]:
    """Every finding of a plan document; none when nothing contradicts anything."""
    return core.check_plan(as_checked(document), CATALOGUE)


def as_checked(document: schema.PlanDocument) -> core.Plan:
    """The document as the checker's plain values, each with its place; the first of a list is number 1."""
    period = core.Period(document.programme.start, document.programme.end)
    return core.Plan(
        period=period,
        organisations=tuple(
            core.Organisation(place, item.code, item.kind, item.weights, item.parent)
            for place, item in _placed("organisations", document.organisations)
        ),
        pairs=tuple(
            core.Pair(place, item.office, item.receiving) for place, item in _placed("pairs", document.pairs)
        ),
        components=tuple(_component(*placed) for placed in _placed("components", document.components)),
        targets=tuple(_target(place, item, period) for place, item in _placed("targets", document.targets)),
        quota_rules=tuple(_quota_rule(*placed) for placed in _placed("quota_rules", document.quota_rules)),
        sources=tuple(
            core.Named(place, item.code, _titles(item.titles))
            for place, item in _placed("sources", document.sources)
        ),
        cost_categories=tuple(
            core.CostCategory(place, item.code, tuple(item.components), _titles(item.titles))
            for place, item in _placed("cost_categories", document.cost_categories)
        ),
        cost_rules=tuple(
            core.CostRule(place, item.component, item.category, item.shares)
            for place, item in _placed("cost_rules", document.cost_rules)
        ),
        subsidies=tuple(
            core.Subsidy(place, item.component, item.source, item.amount)
            for place, item in _placed("subsidies", document.subsidies)
        ),
        settings=_settings(document),
    )


def _placed[Row](table: str, rows: Sequence[Row]) -> Iterator[tuple[str, Row]]:
    """Each row with its place."""
    return ((f"{table}[{number}]", row) for number, row in enumerate(rows, 1))


def _quota_rule(place: str, item: schema.QuotaRule) -> core.QuotaRule:
    return core.QuotaRule(
        place=place,
        component=item.component,
        indicator=item.indicator,
        over=item.over,
        weight=item.weight,
        floor=item.floor,
        cap=item.cap,
    )


def _titles(texts: schema.Texts | None) -> tuple[str, ...]:
    return () if texts is None else (texts.en, texts.zh)


def _component(place: str, item: schema.Component) -> core.Component:
    return core.Component(
        place=place,
        code=item.code,
        parent=item.parent,
        track=item.track,
        responsible=item.responsible,
        titles=_titles(item.titles),
        ages=None if item.ages is None else (item.ages.youngest, item.ages.oldest),
    )


def _target(place: str, item: schema.Target, programme: core.Period) -> core.Target:
    return core.Target(
        place=place,
        code=item.code,
        component=item.component,
        indicator=item.indicator,
        kind=item.kind,
        period=core.Period(item.start or programme.start, item.end or programme.end),
        amount=item.amount,
        every=item.every,
        titles=_titles(item.titles),
        quotas=item.quotas,
    )


def _settings(document: schema.PlanDocument) -> tuple[core.Setting, ...]:
    """The rules and safeguards with their bounds; a ratio may not exceed that of any age it covers."""
    rules = [
        core.Setting(f"rules.{name}", getattr(document.rules, name), least, most)
        for name, (least, most) in RULE_BOUNDS.items()
    ]
    adults = core.Setting("safeguards.adults_per_session", document.safeguards.adults_per_session, least=2)
    ratios = [
        core.Setting(
            place=f"{place}.minors_per_adult",
            value=ratio.minors_per_adult,
            least=1,
            most=min(
                (
                    default.minors_per_adult
                    for default in schema.DEFAULT_RATIOS
                    if default.youngest <= ratio.oldest and ratio.youngest <= default.oldest
                ),
                default=None,
            ),
        )
        for place, ratio in _placed("ratios", document.ratios)
    ]
    return (*rules, adults, *ratios)
