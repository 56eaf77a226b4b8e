"""The proof of a run as a folder to download."""

import io
import zipfile

from sojourn.records.models import ProofFile, Run

EPOCH = (1980, 1, 1, 0, 0, 0)


def proof_archive(run: Run, folder: str) -> bytes:
    """The files of the proof in a zip file with one folder; the same run gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in ProofFile.objects.filter(run=run).order_by("name"):
            inside = zipfile.ZipInfo(f"{folder}/{file.name}", EPOCH)
            archive.writestr(inside, bytes(file.content), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
