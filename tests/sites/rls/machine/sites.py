"""What people and programs do to sites and Träger."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition
from wagtail.models import Site

from sites.models import Traeger
from tests.sites.rls.machine.base import Machine
from tests.sites.rls.machine.rules import PAGES, one_of, rule, where

HOSTS = st.sampled_from(["eins.test", "zwei.test"])


class SiteRules(Machine):
    @rule(number=PAGES, host=HOSTS)
    def serve(self, number, host):
        Site.objects.update_or_create(hostname=host, defaults={"root_page": self.pick(number)})

    @where(lambda self: Site.objects.all())
    @rule(number=PAGES)
    def stop_serving(self, number):
        site = one_of(Site.objects.all(), number)
        Traeger.objects.filter(site=site).delete()
        site.delete()

    @precondition(lambda self: Site.objects.exists() and not Traeger.objects.exists())
    @rule()
    def found_shared_traeger(self):
        self.share()

    @where(lambda self: Traeger.objects.all())
    @rule(kind=st.sampled_from(Traeger.Kind.values))
    def change_kind(self, kind):
        Traeger.objects.update(kind=kind)
