"""Twinning of schools and correspondence of classes and pen pals."""

from types import MappingProxyType

from sojourn.tracks.base import Ages, Indicator, OpeningKind, Text, Track

CORRESPONDENCE = Track(
    code="correspondence",
    titles=Text("Twinning and correspondence", "结对与通信"),
    outcome="pairs",
    indicators=(
        Indicator(
            code="institution_pairs",
            titles=Text("Twinned pairs of institutions", "结对机构对数"),
            unit="pairs",
            counted_from=Text(
                "Twinnings whose agreement both institutions have signed and that have not ended.",
                "双方机构均已签署协议且尚未结束的结对。",
            ),
        ),
        Indicator(
            code="young_people_paired",
            titles=Text("Young people paired", "结对的青少年人数"),
            unit="people",
            counted_from=Text(
                "Young people of pairs with live consent; for classes, the count that the teacher confirms.",
                "同意书有效的结对青少年；结对班级以教师确认的人数为准。",
            ),
        ),
        Indicator(
            code="bundles_received",
            titles=Text("Letter bundles received", "收到的信件包数"),
            unit="bundles",
            counted_from=Text(
                "Bundles that the receiving class has confirmed; no letter is opened or counted singly.",
                "收信班级确认收到的信件包；信件不拆阅，也不逐封统计。",
            ),
        ),
        Indicator(
            code="exchange_events",
            titles=Text("Exchange events", "交流活动数"),
            unit="sessions",
            counted_from=Text(
                "Bundles, video sessions and joint activities that both sides of a pair have confirmed.",
                "结对双方均已确认的信件包、视频交流和联合活动。",
            ),
        ),
        Indicator(
            code="pairs_in_contact",
            titles=Text("Pairs in regular contact", "保持定期联系的结对数"),
            unit="pairs",
            counted_from=Text(
                "Pairs with a confirmed exchange event in each stretch of `contact_days`.",
                "在每个联系周期（contact_days）内均有已确认交流活动的结对。",
            ),
        ),
    ),
    openings=(
        OpeningKind("institution_twinning", Text("Twinning of institutions", "机构结对")),
        OpeningKind("class_correspondence", Text("Correspondence of classes", "班级通信")),
        OpeningKind("pen_pals", Text("Pen pals", "笔友")),
    ),
    ages=Ages(6, 30),
    rules=MappingProxyType({"contact_days": 60, "age_gap_years": 2, "pairs_per_institution": 3}),
)
