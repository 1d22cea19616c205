"""Addresses in the editing area that send undelivered mails again."""

from django.urls import path

from sites.mail.views import TryAgainView

urlpatterns = [
    path("noch-einmal/", TryAgainView.as_view(), name="portal_mails_again"),
    path("<uuid:pk>/noch-einmal/", TryAgainView.as_view(), name="portal_mail_again"),
]
