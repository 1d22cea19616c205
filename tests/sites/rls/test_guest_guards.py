# ruff: noqa: E501 - a try is easier to read on one line
"""A web process in the wrong hands, with the principals of a guest: what a grant never opens."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Comment, CommentReply, Locale

from home.models import NewsIndexPage
from sites.access.roles import FREIGABE, LEITUNG
from sites.models import PortalImage
from tests.checksums import state
from tests.factories import ContentPageFactory, DocumentFactory, ImageFactory
from tests.sites.grants.granting import grant
from tests.sites.rls.hostile.trying import attempt, undone
from tests.web_role import web_process
from tests.world import list_page

# How somebody comes to be a guest: the level, for everything below or not, given to the person or to their group.
GRANTS = {
    "edit": ("change", False, False),
    "publish": ("publish", False, False),
    "edit below": ("change", True, False),
    "publish below": ("publish", True, False),
    "edit, as a group": ("change", False, True),
    "publish below, as a group": ("publish", True, True),
}
PUBLISHING = [name for name, (level, *_) in GRANTS.items() if level == "publish"]
EDITING = [name for name in GRANTS if name not in PUBLISHING]

# What every guest may do with the same things, so that the tries are refused for the right reason.
ALLOWED = {
    "another title of a draft": "UPDATE wagtailcore_page SET draft_title = 'X', has_unpublished_changes = true WHERE id = {page}",
    "a lock": "UPDATE wagtailcore_page SET locked = true, locked_by_id = {me} WHERE id = {page}",
    "what was never published": "UPDATE wagtailcore_page SET title = 'X' WHERE id = {draft}",
    "its text": "UPDATE home_contentpage SET summary = 'X' WHERE page_ptr_id = {draft}",
    "its address": "UPDATE wagtailcore_page SET slug = 'frei', url_path = '{above}frei/' WHERE id = {draft}",
    "a draft": "UPDATE wagtailcore_revision SET content = '{{}}' WHERE id = {revision}",
    "one's own comment": "UPDATE wagtailcore_comment SET text = 'X' WHERE id = {my_comment}",
    "where a comment stands": "UPDATE wagtailcore_comment SET position = 'X', resolved_at = now(), resolved_by_id = {me} WHERE id = {comment}",
    "what is left as it is": "UPDATE home_contentpage SET summary = summary WHERE page_ptr_id = {page}",
    "a picture's title": "UPDATE thinka_sites_portalimage SET title = 'X' WHERE id = {image}",
    "a document's title": "UPDATE thinka_sites_portaldocument SET title = 'X' WHERE id = {document}",
}
# What only guests may do who publish.
PUBLISHED = {
    "another title": "UPDATE wagtailcore_page SET title = 'X' WHERE id = {page}",
    "other text": "UPDATE home_contentpage SET summary = 'X' WHERE page_ptr_id = {page}",
    "an address that is free": "UPDATE wagtailcore_page SET slug = 'frei', url_path = '{above}frei/' WHERE id = {page}",
    "the menu": "UPDATE wagtailcore_page SET show_in_menus = NOT show_in_menus WHERE id = {page}",
    "unpublishing": "UPDATE wagtailcore_page SET live = false WHERE id = {page}",
    "an end": "UPDATE wagtailcore_page SET expire_at = now() WHERE id = {page}",
    "what it never said": "INSERT INTO knowledge_publishedversion (page_id, published_at, said, readers) VALUES ({page}, now(), '[]', '{{}}')",
    "a first time": "UPDATE wagtailcore_page SET first_published_at = now() WHERE id = {page}",
    "publishing": "UPDATE wagtailcore_page SET live = true WHERE id = {draft}",
    "publishing later": "UPDATE wagtailcore_revision SET approved_go_live_at = now() WHERE id = {revision}",
    "another draft for later": "UPDATE wagtailcore_revision SET content = '{{}}' WHERE id = {scheduled}",
    "never": "UPDATE wagtailcore_revision SET approved_go_live_at = NULL WHERE id = {scheduled}",
    "a draft for later": "INSERT INTO wagtailcore_revision (object_id, content_type_id, base_content_type_id, created_at, content, object_str, approved_go_live_at) SELECT object_id, content_type_id, base_content_type_id, now(), '{{}}', 'X', now() FROM wagtailcore_revision WHERE id = {revision}",
}
_NEW_PAGE = "INSERT INTO wagtailcore_page (path, depth, numchild, translation_key, locale_id, title, draft_title, slug, content_type_id, live, has_unpublished_changes, url_path, seo_title, show_in_menus, search_description, expired, locked, owner_id) SELECT {place}, 0, gen_random_uuid(), locale_id, 'X', 'X', 'x', content_type_id, false, true, '/x/', '', false, '', false, false, {{me}} FROM wagtailcore_page WHERE id = {{page}}"
_GRANT = "INSERT INTO thinka_sites_page{holder}grant ({holder}_id, content_object_id, permission_id, subtree, reason, granted_at, granted_by_id) VALUES ({who}, {{page}}, {{permission}}, true, '', now(), {{me}})"
REFUSED = {
    "the address of the page beside": "UPDATE wagtailcore_page SET slug = 'daneben', url_path = '{above}daneben/' WHERE id = {page}",
    "an address elsewhere": "UPDATE wagtailcore_page SET url_path = '/anderswo/' WHERE id = {page}",
    "another place": "UPDATE wagtailcore_page SET path = '{my_path}9999' WHERE id = {page}",
    "another place, with everything below": "UPDATE wagtailcore_page SET path = '{my_path}9999' || substr(path, length('{path}') + 1) WHERE path ^@ '{path}'",
    "another place below": "UPDATE wagtailcore_page SET path = '{path}9999' WHERE id = {below}",
    "another depth": "UPDATE wagtailcore_page SET depth = 2 WHERE id = {page}",
    "one's own page below": "UPDATE wagtailcore_page SET path = '{path}9999' WHERE id = {my_page}",
    "a new page below": _NEW_PAGE.format(place="'{path}9999', depth + 1"),
    "a new page beside": _NEW_PAGE.format(place="left('{path}', -4) || '9999', depth"),
    "what the page is": "UPDATE wagtailcore_page SET content_type_id = content_type_id + 1 WHERE id = {page}",
    "what the page translates": "UPDATE wagtailcore_page SET translation_key = '{beside_key}', locale_id = {english} WHERE id = {my_page}",
    "a translation of what is not one's own": "UPDATE wagtailcore_page SET translation_key = gen_random_uuid() WHERE id = {page}",
    "its language": "UPDATE wagtailcore_page SET locale_id = locale_id + 1 WHERE id = {page}",
    "an alias of what is granted": "UPDATE wagtailcore_page SET alias_of_id = {page} WHERE id = {my_page}",
    "an alias of one's own": "UPDATE wagtailcore_page SET alias_of_id = {my_page} WHERE id = {page}",
    "an alias of itself": "UPDATE wagtailcore_page SET alias_of_id = id WHERE id = {page}",
    "an owner who is hidden": "UPDATE wagtailcore_page SET owner_id = {stranger} WHERE id = {page}",
    "oneself as owner": "UPDATE wagtailcore_page SET owner_id = {me} WHERE id = {page}",
    "no owner": "UPDATE wagtailcore_page SET owner_id = NULL WHERE id = {page}",
    "the page": "DELETE FROM wagtailcore_page WHERE id = {page}",
    "all below": "DELETE FROM wagtailcore_page WHERE path ^@ '{path}'",
    "its text": "DELETE FROM home_contentpage WHERE page_ptr_id = {page}",
    "its text, to oneself": "UPDATE home_contentpage SET page_ptr_id = {my_other_page} WHERE page_ptr_id = {draft}",
    "its drafts, to oneself": "UPDATE wagtailcore_revision SET object_id = '{my_page}' WHERE object_id = '{page}'",
    "its approval, to oneself": "UPDATE wagtailcore_workflowstate SET object_id = '{my_page}' WHERE object_id = '{page}'",
    "what is said, to oneself": "UPDATE wagtailcore_comment SET page_id = {my_page} WHERE page_id = {page}",
    "its drafts": "DELETE FROM wagtailcore_revision WHERE object_id = '{page}'",
    "who reads it": "INSERT INTO wagtailcore_pageviewrestriction (page_id, restriction_type, password) VALUES ({page}, 'login', '')",
    "who reads a draft": "INSERT INTO wagtailcore_pageviewrestriction (page_id, restriction_type, password) VALUES ({draft}, 'login', '')",
    "no restriction": "DELETE FROM wagtailcore_pageviewrestriction WHERE page_id IN ({page}, {draft}, {restricted})",
    "another restriction": "UPDATE wagtailcore_pageviewrestriction SET restriction_type = 'login' WHERE page_id = {restricted}",
    "a restriction for another page": "UPDATE wagtailcore_pageviewrestriction SET page_id = {my_page} WHERE page_id = {restricted}",
    "one's group among the readers": "INSERT INTO wagtailcore_pageviewrestriction_groups (pageviewrestriction_id, group_id) VALUES ({restriction}, {my_group})",
    "a grant for oneself": _GRANT.format(holder="user", who="{me}"),
    "a grant for one's group": _GRANT.format(holder="group", who="{my_group}"),
    "a grant that never ends": "UPDATE thinka_sites_pageusergrant SET expires_at = NULL, subtree = true, permission_id = {permission} WHERE content_object_id = {page} AND expires_at IS NOT NULL",
    "a group's grant that never ends": "UPDATE thinka_sites_pagegroupgrant SET expires_at = NULL, subtree = true, permission_id = {permission} WHERE content_object_id = {page} AND expires_at IS NOT NULL",
    "the grants of others": "DELETE FROM thinka_sites_pageusergrant WHERE content_object_id = {page}",
    "a role on the page": "INSERT INTO wagtailcore_grouppagepermission (group_id, page_id, permission_id) VALUES ({my_group}, {page}, {permission})",
    "the role of another page": "UPDATE wagtailcore_grouppagepermission SET page_id = {page} WHERE group_id = {my_group}",
    "the picture, to oneself": "UPDATE thinka_sites_portalimage SET collection_id = {my_collection} WHERE id = {image}",
    "the document, to oneself": "UPDATE thinka_sites_portaldocument SET collection_id = {my_collection} WHERE id = {document}",
    "the picture itself": "DELETE FROM thinka_sites_portalimage WHERE id = {image}",
    "history in another's name": "INSERT INTO wagtailcore_pagelogentry (page_id, user_id, label, action, data, timestamp, content_changed, deleted) VALUES ({page}, {stranger}, 'X', 'x', '{{}}', now(), false, false)",
    "other history": "UPDATE wagtailcore_pagelogentry SET label = 'X' WHERE page_id = {page}",
    "no history": "DELETE FROM wagtailcore_pagelogentry WHERE page_id = {page}",
    "a comment in another's name": "INSERT INTO wagtailcore_comment (page_id, user_id, text, contentpath, position, created_at, updated_at) VALUES ({page}, {stranger}, 'X', 'title', '', now(), now())",
    "what another one said": "UPDATE wagtailcore_comment SET text = 'X' WHERE id = {comment}",
    "who said it": "UPDATE wagtailcore_comment SET user_id = {me} WHERE id = {comment}",
    "who said what oneself said": "UPDATE wagtailcore_comment SET user_id = {stranger} WHERE id = {my_comment}",
    "what another one answered": "UPDATE wagtailcore_commentreply SET text = 'X' WHERE id = {reply}",
    "who answered": "UPDATE wagtailcore_commentreply SET user_id = {me} WHERE id = {reply}",
    "a comment on the page beside": "UPDATE wagtailcore_comment SET page_id = {beside} WHERE id = {my_comment}",
    "the approval of another page": "UPDATE wagtailcore_taskstate SET status = 'approved' WHERE id = {beside_task}",
    "the approval of another page for this one": "UPDATE wagtailcore_taskstate SET workflow_state_id = {state} WHERE id = {beside_task}",
    "the approval of this page for another one": "UPDATE wagtailcore_taskstate SET workflow_state_id = {beside_state} WHERE id = {task}",
    "what waits for approval": "UPDATE wagtailcore_workflowstate SET object_id = '{above_page}' WHERE id = {state}",
    "who approves": "INSERT INTO wagtailcore_groupapprovaltask_groups (groupapprovaltask_id, group_id) SELECT task_id, {my_group} FROM wagtailcore_taskstate WHERE id = {task}",
}


@pytest.fixture
def way(request) -> str:
    return getattr(request, "param", "publish")


@pytest.fixture
def scene(way, traeger_a, traeger_b, person):
    """The guest, and the ids of what the tries name."""
    level, subtree, to_group = GRANTS[way]
    head, guest = person(LEITUNG, traeger_a), person(LEITUNG, traeger_b)
    above = ContentPageFactory(parent=traeger_a.site.root_page, title="Darüber")
    beside = ContentPageFactory(parent=above, title="Daneben", slug="daneben")
    page = ContentPageFactory(parent=above, title="Freigegeben", owner=head)
    below = ContentPageFactory(parent=page, title="Darunter")
    restricted = ContentPageFactory(parent=above, title="Intern")
    restriction = restricted.view_restrictions.create(restriction_type="groups")
    restriction.groups.add(traeger_a.group(LEITUNG))
    draft = ContentPageFactory(parent=above, title="Entwurf", publish=False)
    mine = ContentPageFactory(parent=traeger_b.site.root_page)
    image, document = ImageFactory(traeger=traeger_a), DocumentFactory(traeger=traeger_a)
    holder = traeger_b.group(LEITUNG) if to_group else guest
    for each in (page, draft, restricted):
        grant(holder, each, level, subtree=subtree)
    for each in (image, document):
        grant(holder, each, "change")
    for each in (guest, traeger_b.group(LEITUNG)):
        grant(each, page, "view", expires_at=timezone.now() + timedelta(days=1))
    for each in (page, beside):
        each.save_revision()
        each.get_workflow().start(each, head)
    scheduled = restricted.save_revision(approved_go_live_at=timezone.now())
    comment = Comment.objects.create(page=page, user=head, text="Sicher?", contentpath="title")
    state_of_page, state_beside = page.current_workflow_state, beside.current_workflow_state
    return guest, {
        "me": guest.pk,
        "page": page.pk,
        "path": page.path,
        "above": above.url_path,
        "above_page": above.pk,
        "english": Locale.objects.get_or_create(language_code="en")[0].pk,
        "beside": beside.pk,
        "beside_key": beside.translation_key,
        "below": below.pk,
        "draft": draft.pk,
        "revision": draft.save_revision().pk,
        "restricted": restricted.pk,
        "restriction": restriction.pk,
        "scheduled": scheduled.pk,
        "my_page": mine.pk,
        "my_other_page": list_page(traeger_b, NewsIndexPage).pk,
        "my_path": mine.path,
        "my_group": traeger_b.group(LEITUNG).pk,
        "my_collection": traeger_b.collection_id,
        "permission": Permission.objects.get(codename="publish_page").pk,
        "comment": comment.pk,
        "reply": CommentReply.objects.create(comment=comment, user=head, text="Ja").pk,
        "my_comment": Comment.objects.create(page=page, user=guest, text="Ja", contentpath="title").pk,
        "state": state_of_page.pk,
        "task": state_of_page.current_task_state_id,
        "beside_state": state_beside.pk,
        "beside_task": state_beside.current_task_state_id,
        "image": image.pk,
        "image_type": ContentType.objects.get_for_model(PortalImage).pk,
        "document": document.pk,
        "stranger": person(FREIGABE, traeger_a).pk,
    }


def fruitful(answers: dict) -> dict:
    """Return the answers that are no refusal."""
    return {name: answer for name, answer in answers.items() if not answer.fruitless}


@pytest.mark.parametrize("way", GRANTS, indirect=True)
def test_what_a_grant_opens(scene, traeger_b):
    guest, ids = scene
    with web_process(guest, traeger_b):
        answers = {name: undone(sql.format(**ids)) for name, sql in ALLOWED.items()}
    assert {name: answer for name, answer in answers.items() if answer.count != 1} == {}


@pytest.mark.parametrize("way", PUBLISHING, indirect=True)
def test_what_a_grant_to_publish_opens(scene, traeger_b):
    guest, ids = scene
    with web_process(guest, traeger_b):
        answers = {name: undone(sql.format(**ids)) for name, sql in PUBLISHED.items()}
    assert {name: answer for name, answer in answers.items() if answer.count != 1} == {}


@pytest.mark.parametrize("way", EDITING, indirect=True)
def test_what_a_grant_to_edit_does_not_open(scene, traeger_b):
    guest, ids = scene
    before = state()
    with web_process(guest, traeger_b):
        answers = {name: attempt(sql.format(**ids)) for name, sql in PUBLISHED.items()}
    assert fruitful(answers) == {}
    assert state() == before


@pytest.mark.parametrize("way", GRANTS, indirect=True)
def test_what_a_grant_never_opens(scene, traeger_b):
    guest, ids = scene
    before = state()
    with web_process(guest, traeger_b):
        answers = {name: attempt(sql.format(**ids)) for name, sql in REFUSED.items()}
    assert fruitful(answers) == {}
    assert state() == before


@pytest.mark.parametrize("way", ["edit"], indirect=True)
def test_the_owner_could_do_all_that(scene):
    """So it is RLS that refuses, and not a mistake in a try."""
    _guest, ids = scene
    answers = {name: undone(sql.format(**ids)) for name, sql in (PUBLISHED | REFUSED).items()}
    assert {name: answer for name, answer in answers.items() if answer.count < 1} == {}
