"""Tables of imports: what a file held, how it was read, what came of each chunk; and what was learnt by hand.

Nothing here points upwards: organisations and accounts stand above this floor and are kept by number. Rows of
a file are kept in packed chunks until the import is over, and are then emptied (`prune`).
"""

from django.db import models

from sojourn.records.models import Job


class Import(models.Model):
    """One file on its way in: staged, checked, written, and undone if need be."""

    class Status(models.TextChoices):
        STAGED = "staged"
        CHECKING = "checking"
        CHECKED = "checked"
        WRITING = "writing"
        DONE = "done"
        STOPPED = "stopped"  # a chunk was refused: what had been written is taken back
        UNDOING = "undoing"
        UNDONE = "undone"
        DROPPED = "dropped"

    MOVES = {
        Status.STAGED: {Status.CHECKING, Status.DROPPED},
        Status.CHECKING: {Status.CHECKED},
        Status.CHECKED: {Status.CHECKING, Status.WRITING, Status.DROPPED},
        Status.WRITING: {Status.DONE, Status.STOPPED},
        Status.DONE: {Status.UNDOING},
        Status.UNDOING: {Status.UNDONE, Status.DONE},
    }

    kind = models.CharField(max_length=40)
    scope = models.CharField(max_length=90, blank=True)
    organisation_id = models.BigIntegerField(db_index=True)
    account_id = models.BigIntegerField(null=True)  # none: a command on the server
    file_name = models.CharField(max_length=150)
    begun_at = models.DateTimeField()
    language = models.CharField(max_length=10)  # of whoever began it; what the job has to say, it says in it
    status = models.CharField(max_length=12, choices=Status, default=Status.STAGED)
    tables = models.JSONField()
    notes = models.JSONField()
    table = models.PositiveSmallIntegerField(default=0)
    mapping = models.JSONField(default=dict)
    only_good = models.BooleanField(default=False)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    twice = models.BinaryField(default=bytes)
    refusal = models.CharField(max_length=300, blank=True)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-begun_at", "-pk"]

    def __str__(self) -> str:
        return f"import {self.pk}"


class StagedChunk(models.Model):
    """Some rows of a table of an import, packed; then what came of them, and how to take it back."""

    importing = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="chunks")
    table = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    content = models.BinaryField()
    outcome = models.BinaryField(default=bytes)
    faults = models.PositiveIntegerField(default=0)
    changes = models.PositiveIntegerField(default=0)
    alike = models.PositiveIntegerField(default=0)
    written = models.BinaryField(default=bytes)

    class Meta:
        ordering = ["table", "number"]
        constraints = [
            models.UniqueConstraint(fields=["importing", "table", "number"], name="staged_chunk_once")
        ]

    def __str__(self) -> str:
        return f"chunk {self.pk}"


class RememberedMapping(models.Model):
    """How an organisation reads files with these headers into a kind."""

    organisation_id = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    signature = models.CharField(max_length=64)
    mapping = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "kind", "signature"], name="mapping_once")
        ]

    def __str__(self) -> str:
        return f"mapping {self.pk}"


class CodeMatch(models.Model):
    """A code of somebody's register that is called otherwise here: renamed, merged or split; said once."""

    organisation_id = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    column = models.CharField(max_length=40)
    old = models.CharField(max_length=90)
    new = models.CharField(max_length=90)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "kind", "column", "old"], name="code_match_once"
            )
        ]

    def __str__(self) -> str:
        return f"code match {self.pk}"
