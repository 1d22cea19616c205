"""A person is deleted: what goes with the account, what stays, and how both are said before.

What stays loses the name in the database, see `rls/person_deletion.sql`; rows that belong to the person go
by their foreign keys. See docs/operators/permissions.md.
"""

from django.db import transaction
from django.db.models import Q
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Comment, CommentReply, Page, ReferenceIndex, Revision, UploadedFile
from wagtail.users.models import UserProfile

from sites.grants.kinds import KINDS
from sites.models import PortalDocument, PortalImage, User


def photo_of_nothing_else(person: User) -> PortalImage | None:
    """Return the picture of the account where nothing else shows it; it goes with the account."""
    photo = person.photo
    if photo is None or User.objects.filter(photo=photo).exclude(pk=person.pk).exists():
        return None
    elsewhere = ReferenceIndex.get_references_to(photo).exclude(
        base_content_type=ReferenceIndex._get_base_content_type(User), object_id=str(person.pk)
    )
    return None if elsewhere.exists() else photo


def _remove_later(file) -> None:
    """Remove a file from its storage once it is certain that its row is gone."""
    storage, name = file.storage, file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))


@receiver(pre_delete, sender=User, dispatch_uid="thinka_sites.person_leaves")
def take_along(sender, instance, **kwargs):
    """Delete what belongs to the person and no foreign key would take along: files."""
    for profile in UserProfile.objects.filter(user=instance):
        _remove_later(profile.avatar)
    for upload in UploadedFile.objects.filter(uploaded_by_user=instance):
        _remove_later(upload.file)
        upload.delete()
    photo = photo_of_nothing_else(instance)
    if photo:
        # Not by the account's own field, which would be emptied by what is being deleted.
        PortalImage.objects.get(pk=photo.pk).delete()


def what_goes(person: User) -> list[str]:
    """Return in sentences what is deleted with the account."""
    comments = Comment.objects.filter(user=person)
    answers = CommentReply.objects.filter(comment__user=person).exclude(user=person).count()
    own_answers = CommentReply.objects.filter(user=person).count()
    grants = sum(kind.holders()["user"].grants.filter(user=person).count() for kind in KINDS.values())
    jobs = person.jobs.filter(state__in=("waiting", "running")).count()
    found = [_("The account with its roles and sign-ins.")]
    if UserProfile.objects.filter(user=person).exclude(Q(avatar="") | Q(avatar=None)).exists():
        found.append(_("The profile picture."))
    if photo := photo_of_nothing_else(person):
        found.append(_("The photo “%(title)s”, which nothing else shows.") % {"title": photo.title})
    if grants:
        found.append(
            ngettext(
                "%(count)d grant that the person holds.", "%(count)d grants that the person holds.", grants
            )
            % {"count": grants}
        )
    if count := comments.count():
        found.append(
            ngettext("%(count)d comment on a page.", "%(count)d comments on pages.", count) % {"count": count}
        )
    if answers:
        found.append(
            ngettext(
                "%(count)d answer by somebody else to these comments.",
                "%(count)d answers by others to these comments.",
                answers,
            )
            % {"count": answers}
        )
    if own_answers:
        found.append(
            ngettext(
                "%(count)d answer to a comment.",
                "%(count)d answers to comments.",
                own_answers,
            )
            % {"count": own_answers}
        )
    if jobs:
        found.append(
            ngettext(
                "%(count)d background job that is not finished.",
                "%(count)d background jobs that are not finished.",
                jobs,
            )
            % {"count": jobs}
        )
    return found


def what_stays(person: User) -> list[str]:
    """Return in sentences what the person made that stays, without the name."""
    pages = Page.objects.filter(owner=person).count()
    versions = Revision.objects.filter(user=person).count()
    files = sum(
        model.objects.filter(uploaded_by_user=person).count() for model in (PortalImage, PortalDocument)
    )
    found = []
    if pages:
        found.append(ngettext("%(count)d page.", "%(count)d pages.", pages) % {"count": pages})
    if versions:
        found.append(
            ngettext("%(count)d version of a page.", "%(count)d versions of pages.", versions)
            % {"count": versions}
        )
    if files:
        found.append(
            ngettext(
                "%(count)d uploaded picture or document.",
                "%(count)d uploaded pictures and documents.",
                files,
            )
            % {"count": files}
        )
    found.append(_("The history, which then names “somebody else”, and grants that the person gave."))
    return found
