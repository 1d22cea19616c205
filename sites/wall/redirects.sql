-- Addresses that pages had before.

-- Whether a visitor who is led to this page by an old address of this site would find it after logging in; as
-- portal_login_helps says it of the page's own address.
CREATE OR REPLACE FUNCTION portal_login_helps_with_page(page int, site int) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM wagtailcore_page p
      JOIN wagtailcore_site s ON s.id = site
      JOIN wagtailcore_page start ON start.id = s.root_page_id AND p.path ^@ left(start.path, -4)
    WHERE p.id = page AND NOT 'public' = ANY (p.readers)
      AND NOT EXISTS (
        SELECT FROM wagtailcore_page above
        WHERE above.path = ANY (portal_lineage(p.path::text)) AND NOT above.live))
$$;
