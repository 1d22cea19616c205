"""A Träger with something of everything in it, all of it marked: what people leave behind at work."""

from datetime import timedelta

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.admin.models import EditingSession, FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import (
    APIToken,
    Comment,
    CommentReply,
    Locale,
    PageSubscription,
    ReferenceIndex,
)
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation, TranslationSource

from home.models import NewsPage, Notice, OpeningException
from knowledge.models import StaffNote
from search.attachments.queue import Queue
from search.indexing import drain
from search.models import SavedSearch
from sites import models as sites
from sites.access.roles import LEITUNG, LESEN
from sites.mail.packing import pack
from tests.factories import PinFactory
from tests.leaks.planting.files import Planted
from tests.leaks.planting.pages import PagesPlanter


class Planter(PagesPlanter):
    """Builds one Träger. `plant` is all that is used from outside."""

    def plant(self) -> Planted:
        """Make the Träger with everything that belongs to it, and commit it."""
        # Once at the end: each page is saved several times.
        with disable_reference_index_auto_update():
            self._make_traeger()
            self._make_people()
            self._make_media()
            self._make_pages()
            self._make_states()
            self._make_work()
            self._make_translation()
            self._make_grants()
            self._make_rest()
        pages = [page.specific for page in self.planted.pages.values()]
        for indexed in (*pages, *self.planted.people.values(), self.traeger, self.traeger.site.branding):
            ReferenceIndex.create_or_update_for_object(indexed)
        # Only now is it known which pictures a public page shows.
        for image in self.planted.images:
            image.get_rendition("max-100x100")
        Queue().read_waiting(seconds=60)
        drain()
        return self.planted

    def _make_work(self):
        """Close an office. Submit a page, talk about it, and leave traces of people who are at it."""
        day, reason = timezone.localdate(), self._text("OpeningException.reason (at once)", public=True)
        office = self.planted.pages["AnlaufstellePage, public"]
        closure = OpeningException.objects.create(
            page=office, first=day, last=day, reason=reason, at_once=True
        )
        self.planted.others["closure"] = [closure]
        # On a draft: that on a public partner is for staff of all Träger.
        partners = [page for label, page in self.planted.pages.items() if label == "PartnerPage, draft"]
        self.planted.others["staff_note"] = [
            StaffNote.objects.create(page=page, text=self._text("StaffNote.text"), changed_by=self.author)
            for page in partners
        ]
        notice = Notice.objects.create(
            page_id=office.pk,
            reason=Notice.Reason.PHONE,
            text=self._text("Notice.text"),
            email=f"{self.marks.word('Notice.email')}@beispiel.test",
            reporter=self.planted.people[LESEN],
            language="de",
            answer=self._text("Notice.answer"),
        )
        self.planted.others["notice"] = [notice]
        page = self._add(NewsPage, "submitted")
        workflow = self.planted.others["workflow"][0]
        state = workflow.start(page, self.author)
        task_state = state.current_task_state
        task_state.comment = self._text("TaskState.comment")
        task_state.save()
        self.planted.others["workflow_state"] = [state]
        self.planted.others["task_state"] = [task_state]
        comment = Comment.objects.create(
            page=page,
            user=self.author,
            text=self._text("Comment.text"),
            contentpath="title",
            position=self.marks.word("Comment.position"),
        )
        reply = CommentReply.objects.create(
            comment=comment, user=self.author, text=self._text("CommentReply.text")
        )
        self.planted.others |= {"comment": [comment], "reply": [reply]}
        for user in self.planted.people.values():
            PageSubscription.objects.create(page=page, user=user, comment_notifications=True)
        log(page, "wagtail.comments.create", user=self.author, data={"note": self._text("PageLogEntry.data")})
        log(
            self.planted.images[0],
            "wagtail.edit",
            user=self.author,
            data={"note": self._text("ModelLogEntry.data")},
        )
        at = {"content_type": ContentType.objects.get_for_model(NewsPage), "object_id": str(page.pk)}
        session = EditingSession.objects.create(
            user=self.author, last_seen_at=timezone.now(), is_editing=True, **at
        )
        self.planted.others["session"] = [session]
        saved = SavedSearch.objects.create(
            user=self.author,
            site=self.traeger.site,
            language="de",
            query=f"q={self.marks.word('SavedSearch.query')}",
            title=self._text("SavedSearch.title"),
        )
        self.planted.others["saved_search"] = [saved]
        FormState.objects.create(
            user=self.author,
            data=f"title={self.marks.word('FormState.data')}",
            parent_object_id="",
            last_updated_at=timezone.now(),
            **at,
        )

    def _make_translation(self):
        """Translate the start page and a public and an internal page into English."""
        english, _created = Locale.objects.get_or_create(language_code="en")
        for label in ("start", "ContentPage, public", "ContentPage, draft"):
            page = self.start if label == "start" else self.planted.pages[label]
            page = page.specific_class.objects.get(pk=page.pk)
            source, _created = TranslationSource.update_or_create_from_instance(page)
            translation = Translation.objects.create(source=source, target_locale=english)
            for segment in source.stringsegment_set.all()[:3]:
                StringTranslation.objects.create(
                    translation_of=segment.string,
                    locale=english,
                    context=segment.context,
                    data=self._text(f"StringTranslation.data ({label})", public="draft" not in label),
                    tool_name=self.marks.word("StringTranslation.tool_name"),
                    field_error=self.marks.word("StringTranslation.field_error"),
                    last_translated_by=self.author,
                )
            texts = (each for each in source.overridablesegment_set.all() if isinstance(each.data, str))
            if overridable := next(texts, None):
                SegmentOverride.objects.create(
                    locale=english,
                    context=overridable.context,
                    data_json=f'"{self.marks.word("SegmentOverride.data_json")}"',
                    field_error=self.marks.word("SegmentOverride.field_error"),
                    last_translated_by=self.author,
                )
            source.create_or_update_translation(english, user=self.author, publish=False, fallback=True)
            self.planted.translations.append(translation)
            self.planted.pages[f"English {label}"] = translation.get_target_instance()

    def _make_grants(self):
        person, group = self.planted.people[LESEN], self.traeger.group(LESEN)
        objects = {
            "Page": self.planted.pages["submitted"].page_ptr,
            "Document": self.planted.documents[0],
            "Image": self.planted.images[0],
        }
        codenames = {"Page": "change_page", "Image": "view_portalimage", "Document": "view_portaldocument"}
        for name, target in objects.items():
            for holder in ({"user": person}, {"group": group}):
                model = getattr(sites, f"{name}{next(iter(holder)).title()}Grant")
                permission = self._permission(target, codenames[name])
                grant = model.objects.create(
                    content_object=target,
                    permission=permission,
                    reason=self._text(f"{model.__name__}.reason"),
                    granted_by=self.planted.people[LEITUNG],
                    **holder,
                )
                self.planted.others.setdefault("grant", []).append(grant)

    @staticmethod
    def _permission(target, codename: str):
        return Permission.objects.get(
            content_type=ContentType.objects.get_for_model(target), codename=codename
        )

    def _make_rest(self):
        redirect = Redirect.objects.create(
            old_path=f"/{self.marks.word('Redirect.old_path')}",
            redirect_link=f"https://{self.marks.word('Redirect.redirect_link')}.test/",
            redirect_page_route_path=f"/{self.marks.word('Redirect.redirect_page_route_path')}/",
            site=self.traeger.site,
        )
        self.planted.others["redirect"] = [redirect]
        messages = [["success", self._text("Job.messages")]]
        job = sites.Job(user=self.author, kind="move", total=1, messages=messages)
        job = self.filler.fill(job)
        job.state = job.State.DONE
        job.save()
        self.planted.others["job"] = [job]
        self._make_queue()
        self._make_team()
        page = self.planted.pages["internal"].page_ptr
        self.planted.others["pin"] = [PinFactory(page=page, questions=self._text("Pin.questions"))]
        APIToken.objects.create(
            user=self.author,
            name=self._text("APIToken.name"),
            key_hash=self.marks.word("APIToken.key_hash"),
            prefix=self.marks.word("APIToken.prefix"),
        )

    def _make_team(self):
        """Somebody is invited, and the team remembers it."""
        common = {"traeger": self.traeger, "role": LESEN}
        invitation = sites.Invitation(
            email=f"{self.marks.word('Invitation.email')}@beispiel.test",
            digest="0" * 64,
            invited_by=self.planted.people[LEITUNG],
            expires_at=timezone.now() + timedelta(days=7),
            **common,
        )
        invitation.save()
        self.planted.others["invitation"] = [invitation]
        sites.TeamRecord.objects.create(
            action="joined",
            about=self._text("TeamRecord.about"),
            person=self.author,
            by=self.planted.people[LEITUNG],
            **common,
        )

    def _make_queue(self):
        """What waits for the background service, or was given up by it."""
        message = EmailMessage(
            self._text("OutgoingMail.subject"),
            self._text("OutgoingMail.body"),
            "portal@beispiel.test",
            [f"{self.marks.word('OutgoingMail.to')}@beispiel.test"],
        )
        mail = self.filler.fill(sites.OutgoingMail(content=pack(message)))
        mail.state = mail.State.FAILED
        mail.save()
        self.planted.others["mail"] = [mail]
        # One that holds for the whole matrix.
        later = timezone.now() + timedelta(days=1)
        sites.SignOfLife.objects.update_or_create(name="jobs", defaults={"at": later})
        self.filler.fill(
            sites.PasswordRequest(email=f"{self.marks.word('PasswordRequest.email')}@beispiel.test")
        ).save()
        task = self.filler.fill(
            DBTaskResult(
                status="FAILED",
                args_kwargs={"args": [self._text("DBTaskResult.args")], "kwargs": {}},
                worker_ids=[self._text("DBTaskResult.worker_ids")],
                return_value=self._text("DBTaskResult.return_value"),
                run_after=timezone.now(),
            )
        )
        task.save()
        self.planted.others["background_task"] = [task]
