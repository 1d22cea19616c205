"""Words that can be recognised wherever they turn up, put into every text field of a Träger's objects.

Each word occurs in one field of one object, so that a leak names its field.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import uuid4

from django.db import models
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock

from sites.fields.phone import PhoneField, validate_phone
from sites.models import PortalDocument, PortalImage

# What somebody would search for.
TOPIC = "Geheimsache"
# A marker doesn't fit into less, and what fits (a postcode, a colour) is no secret alone.
SHORTEST = 12
# Letters for texts, digits for telephone numbers. The first letter or digit after the prefix tells whether
# the public may read it (p, 1) or not (s, 2).
WORD = re.compile(r"zq([sp])(\d{5})|770 ([12]) (\d{5})")


@dataclass(frozen=True)
class Mark:
    """A marker: its number is its own, what it stands for others may share (a field of several objects)."""

    number: int
    label: str
    secret: bool


class Marks:
    """Gives out markers and knows what each stands for. `plain`: for objects that nobody looks for."""

    def __init__(self, plain: bool = False):
        self.plain = plain
        self.labels: list[str] = []

    def word(self, label: str, public: bool = False) -> str:
        self.labels.append(label)
        return f"{'own' if self.plain else 'zq'}{'p' if public else 's'}{len(self.labels):05}"

    def phone(self, label: str, public: bool = False) -> str:
        self.labels.append(label)
        return f"+49 {'771' if self.plain else '770'} {1 if public else 2} {len(self.labels):05}"

    def found_in(self, text: str) -> set["Mark"]:
        """Return the markers in `text`."""
        found = set()
        for match in WORD.finditer(text.lower()):
            kind, number = match[1] or match[3], int(match[2] or match[4])
            if 0 < number <= len(self.labels):
                found.add(Mark(number, self.labels[number - 1], kind in "s2"))
        return found


class Filler:
    """Fills the fields of unsaved objects: texts with markers, the rest with what is needed.

    `targets`: what relations point to, by model.
    """

    def __init__(self, marks: Marks, targets: dict):
        self.marks, self.targets = marks, targets

    def fill(self, instance, public: bool = False, label: str = ""):
        """Fill in what is empty in `instance` and in its children; return it."""
        label = f"{instance._meta.label}{f' ({label})' if label else ''}"
        for field in instance._meta.concrete_fields:
            if field.attname in instance.__dict__ and self._is_open(instance, field):
                value = self._value(field, f"{label}.{field.name}", public)
                if value is not None:
                    setattr(instance, field.name, value)
        for relation in self._own_children(instance):
            child = self.fill(relation.related_model(), public, label)
            setattr(instance, relation.get_accessor_name(), [child])
        return instance

    @staticmethod
    def _own_children(instance) -> list:
        if not hasattr(instance, "_cluster_related_objects") and not hasattr(instance, "serializable_data"):
            return []
        found = get_all_child_relations(type(instance))
        # Comments are made by people, not with the page.
        return [relation for relation in found if relation.related_model._meta.app_label != "wagtailcore"]

    @staticmethod
    def _is_open(instance, field) -> bool:
        """Whether nobody has filled the field: it holds its default."""
        return (
            field.editable
            and not field.primary_key
            and (
                not getattr(instance, field.attname)
                or getattr(instance, field.attname) == field.get_default()
            )
        )

    def _value(self, field, label: str, public: bool):
        if field.choices:
            return None if field.null or field.blank or field.has_default() else field.choices[0][0]
        match field:
            case StreamField():
                return self._stream(field.stream_block, label, public)
            case RichTextField():
                return f"<p>{self.marks.word(label, public)}</p>"
            case models.SlugField():
                return self.marks.word(label, public)
            case models.EmailField():
                return f"{self.marks.word(label, public)}@beispiel.test"
            case models.URLField():
                return f"https://{self.marks.word(label, public)}.test/"
            case PhoneField():
                return self.marks.phone(label, public)
            case models.CharField() | models.TextField():
                return self._text(label, public, field.max_length)
            case models.ForeignKey():
                return self.targets.get(field.related_model)
        if field.null or field.has_default():
            return None
        match field:
            case models.DateTimeField():
                return soon() + timedelta(hours=field.name == "end")
            case models.DateField():
                return soon().date()
            case models.TimeField():
                return time(16 if field.name == "closes" else 9)
        return None

    def _text(self, label: str, public: bool, room: int | None) -> str | None:
        if room and room < SHORTEST:
            return None
        word = self.marks.word(label, public)
        return word if room and room < 2 * SHORTEST else f"{TOPIC} {word}"

    def _stream(self, block, label: str, public: bool) -> list[dict]:
        return [
            {"id": str(uuid4()), "type": name, "value": self._block(child, f"{label}.{name}", public)}
            for name, child in block.child_blocks.items()
        ]

    def _block(self, block, label: str, public: bool):
        """Return the JSON of one block, with a marker in each of its texts."""
        match block:
            case blocks.StreamBlock():
                return self._stream(block, label, public)
            case blocks.StructBlock():
                return {
                    name: self._block(child, f"{label}.{name}", public)
                    for name, child in block.child_blocks.items()
                }
            case blocks.ListBlock():
                return [
                    {
                        "id": str(uuid4()),
                        "type": "item",
                        "value": self._block(block.child_block, label, public),
                    }
                    for _number in range(block.meta.min_num or 1)
                ]
            case TypedTableBlock():
                name, child = next(iter(block.child_blocks.items()))
                column = {"type": name, "heading": self._text(f"{label}.heading", public, None)}
                return {
                    "columns": [column],
                    "rows": [{"values": [self._block(child, label, public)]}],
                }
            case ImageChooserBlock():
                return self.targets[PortalImage].pk
            case DocumentChooserBlock():
                return self.targets[PortalDocument].pk
            case blocks.PageChooserBlock():
                return self.targets[block.target_model].pk if block.target_model in self.targets else None
            case blocks.RichTextBlock():
                return f"<p>{self.marks.word(label, public)}</p>"
            case blocks.EmailBlock():
                return f"{self.marks.word(label, public)}@beispiel.test"
            case blocks.URLBlock():
                return f"https://{self.marks.word(label, public)}.test/"
            case blocks.BooleanBlock():
                return False
            case blocks.IntegerBlock():
                return 3
            case blocks.ChoiceBlock():
                return next(value for value, _label in block.field.choices if value)
        if validate_phone in block.field.validators:
            return self.marks.phone(label, public)
        return self._text(label, public, None)


def soon() -> datetime:
    """Tomorrow noon."""
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), time(12)))
