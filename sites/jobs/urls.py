"""Addresses of the jobs in the editing area."""

from django.urls import path

from sites.jobs.views import AgainView, JobsView, JobView

urlpatterns = [
    path("", JobsView.as_view(), name="portal_jobs"),
    path("<int:pk>/", JobView.as_view(), name="portal_job"),
    path("<int:pk>/noch-einmal/", AgainView.as_view(), name="portal_job_again"),
]
