"""Tables of what was done: a run and its proof files, the audit trail, background jobs."""

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
