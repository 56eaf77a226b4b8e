"""What people say yes to: the texts, with their version. A changed text needs a new version.

Child wording is for ages 8 to 17. `%(component)s` is the component's title.
"""

import hashlib

from sojourn.registry.models import Consent

VERSION = "2026-11"

TEXTS: dict[str, dict[str, str]] = {
    Consent.Kind.CONSENT: {
        "en": (
            "I agree that the person named here takes part in “%(component)s”. Taking part is free: either "
            "of us can stop at any time, on any day, without giving a reason, and nothing else depends on "
            "it. "
            "We agree to this part of the programme only, for one year at most."
        ),
        "zh": (
            "我同意此处所列人员参加“%(component)s”。参加完全自愿：本人和监护人都可以随时退出，"
            "无需说明理由，也不影响其他任何事项。本同意只适用于项目的这一部分，最长一年。"
        ),
    },
    Consent.Kind.ASSENT: {
        "en": (
            "I would like to take part in “%(component)s”. Somebody has explained to me what it is. "
            "I can say no, now or later, even if the grown-ups said yes. Nobody will be cross with me."
        ),
        "zh": (
            "我愿意参加“%(component)s”。有人给我讲过这是什么活动。"
            "我现在或以后都可以说“不”，即使大人已经同意。没有人会因此责怪我。"
        ),
    },
}


def text_sha256(kind: str, language: str) -> str:
    """The hash that a consent row keeps of the text that was shown."""
    return hashlib.sha256(TEXTS[kind][language].encode()).hexdigest()
