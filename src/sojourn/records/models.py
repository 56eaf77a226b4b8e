"""Tables of what was done: a run and its proofs, the trails of acts and of reads, background jobs."""

from django.db import models
from django.db.models.functions import Now


class Run(models.Model):
    """One execution of a method on frozen inputs.

    The inputs are stored and hashed before the seed can be known; the outcome is written once.
    """

    class Status(models.TextChoices):
        COMMITTED = "committed"
        DONE = "done"

    MOVES = {Status.COMMITTED: {Status.DONE}}

    method = models.CharField(max_length=60)
    status = models.CharField(max_length=12, choices=Status, default=Status.COMMITTED)
    commitment = models.CharField(max_length=64)
    committed_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="run_done_has_moment",
                condition=models.Q(status="committed", done_at=None)
                | models.Q(status="done", done_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.pk}"


class ProofFile(models.Model):
    """One file of a run's proof, kept beside the facts so that both are saved or neither is."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "name"], name="proof_file_once")]

    def __str__(self) -> str:
        return self.name


class AuditEvent(models.Model):
    """Who did what to which row, by ids only. Append-only: the database refuses changes (see migrations)."""

    at = models.DateTimeField(db_default=Now())
    verb = models.CharField(max_length=60)
    # No foreign key: the trail outlives an erased account, and this floor lies below the registry.
    actor_account = models.BigIntegerField(null=True)
    actor_token = models.BigIntegerField(null=True)  # a program's, where no log-in acts
    by_system = models.BooleanField(default=False)
    object_kind = models.CharField(max_length=60, blank=True)
    object_id = models.BigIntegerField(null=True)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["object_kind", "object_id"], name="audit_object")]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_kind} {self.object_id}"


class PersonRead(models.Model):
    """One look at a person's record by somebody else, or its export or passing on. The person sees it.

    Ids only, and no foreign key: the line outlives an erased person, and then leads to nobody. Append-only.
    """

    class Kind(models.TextChoices):
        READ = "read"
        EXPORT = "export"
        SHARE = "share"

    at = models.DateTimeField(db_default=Now())
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.READ)
    person_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    organisation_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=24, blank=True)
    view = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["person_id", "at"], name="read_of_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Seal(models.Model):
    """A stretch of a trail, [first_id, last_id], with the hash of its rows, chained to the stretch before.

    Seals are never deleted. When a stretch is older than its time, `dropped_on` says so, and only then does
    the database let its rows go: the chain stays whole, and what is gone cannot be put back changed.
    """

    trail = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    rows = models.PositiveIntegerField()
    rows_sha256 = models.CharField(max_length=64)
    chain_sha256 = models.CharField(max_length=64)
    newest_at = models.DateTimeField()
    sealed_at = models.DateTimeField()
    dropped_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trail", "number"], name="seal_once"),
            models.UniqueConstraint(fields=["trail", "last_id"], name="seal_stretch_once"),
            models.CheckConstraint(
                name="seal_stretch", condition=models.Q(first_id__lte=models.F("last_id"), rows__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trail} {self.number}"


class Job(models.Model):
    """A piece of background work that survives a kill: its cursor moves with the work it counts."""

    class Status(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    MOVES = {
        Status.WAITING: {Status.RUNNING},
        Status.RUNNING: {Status.WAITING, Status.DONE, Status.FAILED},
        Status.FAILED: {Status.WAITING},
    }

    kind = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)  # ids only
    status = models.CharField(max_length=12, choices=Status, default=Status.WAITING)
    cursor = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    run_after = models.DateTimeField()
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["status", "run_after"], name="job_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
