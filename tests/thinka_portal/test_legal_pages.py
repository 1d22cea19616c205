"""The imprint must be open, also on a site that is not."""

from bs4 import BeautifulSoup


def legal_links(response) -> dict[str, str]:
    footer = BeautifulSoup(response.content, "html.parser").find("footer")
    return {link.get_text(strip=True): link["href"] for link in footer.find_all("a")}


def test_the_login_of_the_knowledge_base_leads_to_the_portals_imprint(world, client_for):
    visitor = client_for(None, world.knowledge)
    imprint = legal_links(visitor.get("/anmelden/"))["Impressum"]
    assert imprint == f"{world.coordination.site.root_url}/impressum/"
    assert client_for(None, world.coordination).get("/impressum/").status_code == 200


def test_a_public_site_links_to_its_own_imprint(world, client_for):
    visitor = client_for(None, world.traeger_a)
    assert legal_links(visitor.get("/"))["Impressum"] == "/impressum/"
