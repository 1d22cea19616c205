import shutil
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from sites.media.placement import purge_misplaced
from sites.media.renaming import rename_all
from sites.media.storage import PUBLIC_FOLDER
from sites.models import PortalRendition


class Command(BaseCommand):
    help = (
        "Move private files out of the public folder; delete sizes of pictures that are no longer public; "
        "give random names to files from before."
    )

    def handle(self, *args, **options):
        moved = sum(move_private(entry) for entry in _private_in_public())
        renamed = rename_all()
        lost = _forget_lost()
        deleted = purge_misplaced(
            PortalRendition.objects.order_by().values_list("image", flat=True).distinct()
        )
        if options["verbosity"]:
            sizes = deleted + lost
            self.stdout.write(
                f"{moved} files made private, {sizes} sizes of pictures deleted, {renamed} files renamed."
            )


def _forget_lost() -> int:
    """Forget sizes of which the file is gone, as after restoring a backup; return how many.

    Nothing makes a size anew while there is a row that says it exists.
    """
    lost = [
        made.pk for made in PortalRendition.objects.iterator() if not made.file.storage.exists(made.file.name)
    ]
    PortalRendition.objects.filter(pk__in=lost).delete()
    return len(lost)


def _private_in_public() -> list[Path]:
    """Return what lies in the public folder and has no business there."""
    root = Path(settings.MEDIA_ROOT)
    if not root.is_dir():
        return []
    return [entry for entry in root.iterdir() if entry.name != PUBLIC_FOLDER.rstrip("/")]


def move_private(entry: Path) -> int:
    """Move a file or a folder with everything in it to the same place in the private folder; return how many.

    Nothing is overwritten: a file that is there already stays, and FileExistsError is raised.
    """
    files = [entry] if entry.is_file() else [path for path in entry.rglob("*") if path.is_file()]
    for file in files:
        target = Path(settings.PRIVATE_MEDIA_ROOT) / file.relative_to(settings.MEDIA_ROOT)
        if target.exists():
            raise FileExistsError(f"Both exist, please keep one: {file} and {target}")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(file, target)
    return len(files)
