from django.urls import path
from wagtail import hooks

from knowledge.views import ForgetVersionsView, StaffNoteView


@hooks.register("register_admin_urls")
def register_staff_notes():
    return [path("hinweise/<int:page_id>/", StaffNoteView.as_view(), name="knowledge_staff_note")]


@hooks.register("register_admin_urls")
def register_versions():
    address = "fassungen/<int:page_id>/vergessen/"
    return [path(address, ForgetVersionsView.as_view(), name="knowledge_forget_versions")]
