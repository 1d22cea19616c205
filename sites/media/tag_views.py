"""What the editing area offers of tags: the words of the person's own Träger."""

from django import forms
from django.db.models import Count
from django.http import JsonResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import PopularTagsFilter
from wagtail.documents.views import documents
from wagtail.documents.views.bulk_actions import AddTagsBulkAction as StockTagDocuments
from wagtail.images.views import chooser, images
from wagtail.images.views.bulk_actions import AddTagsBulkAction as StockTagPictures

from sites.fields.collation import german
from sites.models import MediaTag, Traeger

SUGGESTED, POPULAR = 10, 10


def own_tags(user):
    """Return the queryset of tags of the Träger in which `user` has a role."""
    return MediaTag.objects.filter(traeger__in=Traeger.objects.for_user(user))


def suggest_tags(request, **kwargs):
    """Answer with the own tags that begin with what was typed; takes the place of Wagtail's view."""
    term = request.GET.get("term", "")
    names = own_tags(request.user).filter(name__istartswith=term) if term else MediaTag.objects.none()
    names = names.order_by(german("name")).values_list("name", flat=True).distinct()
    return JsonResponse(list(names[:SUGGESTED]), safe=False)


def popular_tags(user, model) -> list[dict]:
    """Return the own tags that most files of `model` have, as dicts with `name`."""
    uses = model.tags.through.tag_relname()
    # By name: somebody with roles at two Träger may know the same word from both.
    counted = own_tags(user).filter(**{f"{uses}__isnull": False}).values("name")
    return list(counted.annotate(uses=Count(uses)).order_by("-uses", german("name"))[:POPULAR])


class _OwnTagsFilter:
    """Offers the own tags to filter by; Wagtail would look in taggit's table, which is empty here."""

    def __init__(self, data=None, queryset=None, *, request=None, prefix=None, is_searching=None):
        super().__init__(data, queryset, request=request, prefix=prefix, is_searching=is_searching)
        if found := popular_tags(request.user, self._meta.model):
            self.filters["tag"] = PopularTagsFilter(
                label=_("Tag"),
                field_name="tags__name",
                choices=[(tag["name"], tag["name"]) for tag in found],
                widget=forms.CheckboxSelectMultiple,
                use_subquery=is_searching,
            )


class PicturesFilterSet(_OwnTagsFilter, images.ImagesFilterSet):
    pass


class DocumentsFilterSet(_OwnTagsFilter, documents.DocumentsFilterSet):
    pass


class PictureChooseView(chooser.ImageChooseView):
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["popular_tags"] = popular_tags(self.request.user, self.model)
        return context


class _OnlyOfATraeger:
    """Leaves out files that belong to no Träger: they can have no tags."""

    def check_perm(self, file):
        return super().check_perm(file) and Traeger.objects.for_collection(file.collection_id) is not None


class TagPictures(_OnlyOfATraeger, StockTagPictures):
    """Adds tags to the ticked pictures."""


class TagDocuments(_OnlyOfATraeger, StockTagDocuments):
    """Adds tags to the ticked documents."""
