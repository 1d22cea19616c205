"""The imprint must be open, also on a site that is not."""

from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction


def legal_links(response) -> dict[str, str]:
    footer = BeautifulSoup(response.content, "html.parser").find("footer")
    return {link.get_text(strip=True): link["href"] for link in footer.find_all("a")}


def test_the_login_of_an_internal_site_leads_to_the_portals_imprint(world, client_for):
    PageViewRestriction.objects.create(
        page=world.knowledge.folder, restriction_type=PageViewRestriction.LOGIN
    )
    visitor = client_for(None, world.knowledge)
    imprint = legal_links(visitor.get("/anmelden/"))["Impressum"]
    assert imprint == f"{world.coordination.site.root_url}/impressum/"
    assert client_for(None, world.coordination).get("/impressum/").status_code == 200


def test_a_public_site_links_to_its_own_imprint(world, client_for):
    for traeger in (world.traeger_a, world.knowledge):
        visitor = client_for(None, traeger)
        assert legal_links(visitor.get("/"))["Impressum"] == "/impressum/"
        assert visitor.get("/impressum/").status_code == 200
