"""Addresses of the report on undelivered mails in the editing area."""

from django.urls import path

from sites.mail.views import TryAgainView, UndeliveredView

urlpatterns = [
    path("", UndeliveredView.as_view(), name="portal_mails"),
    path("noch-einmal/", TryAgainView.as_view(), name="portal_mails_again"),
    path("<uuid:pk>/noch-einmal/", TryAgainView.as_view(), name="portal_mail_again"),
]
