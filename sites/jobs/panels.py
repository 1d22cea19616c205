"""The jobs on the dashboard: only of who has some, and only while they are news."""

from datetime import timedelta

from django.utils import timezone
from wagtail.admin.ui.components import Component

from sites.models import Job

NEWS = timedelta(days=1)
SHOWN = 3


class JobsPanel(Component):
    """The latest jobs of a person, with the way to all of them."""

    name = "jobs"
    template_name = "sites/jobs/dashboard.html"
    order = 60

    def __init__(self, user):
        self.user = user

    def get_context_data(self, parent_context):
        jobs = Job.objects.filter(user=self.user, created_at__gt=timezone.now() - NEWS)
        return {"jobs": jobs[:SHOWN]}
