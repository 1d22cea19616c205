-- Who may read a page: its readers, an array of principals on the page's own row.
--
--   any          everybody, only on the root of the tree (Wagtail needs its row to find its way)
--   public       everybody on the sites
--   staff        everybody who is logged in
--   shared       everybody who works in the editing area: published pages of the shared Träger
--   g:<group>    the members of a group
--   u:<user>     one person
--   gx:<grant>, ux:<grant>
--                whom a grant with an end names; a request carries these principals only while the grant
--                is in force, so a grant ends at its moment without any job
--   d:public     everybody may find their way through this page, but not read it: the start page of a site, or nobody
--                would be led from there to the login, and its published translations. It opens the row of the page,
--                not its text. Wagtail takes a site whose start page it can't see for no site
--
-- Whoever holds a right on a page finds their way through those above it; that is told once per request (see
-- `pass_paths` in principals.sql), so that a right on one page changes no other.
--
-- Rules: the audience is public, unless restrictions narrow it. Restrictions of the page and of everything above
-- it hold; what is an alias or a translation follows its source as well. Only a page whose ancestors are all there
-- and published has an audience, and an alias, or a translation at the same Träger, only while its source has these,
-- too. Group permissions and grants open pages beside that; a grant holds for the translations of its page at the
-- same Träger.

-- The language in which pages are written first; the others follow it.
CREATE OR REPLACE FUNCTION portal_source_locale() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT id FROM wagtailcore_locale WHERE language_code = 'de'
$$;

-- The paths of a page or collection and of everything above it, as an array.
CREATE OR REPLACE FUNCTION portal_lineage(path text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY(SELECT left(path, n) FROM generate_series(4, length(path), 4) n)
$$;

-- Every right on a page: who holds it, whether it holds for everything below, whether it opens drafts.
CREATE OR REPLACE VIEW portal_page_right AS
  SELECT page_id, 'g:' || group_id AS principal, true AS subtree, true AS drafts, false AS follows
  FROM wagtailcore_grouppagepermission
  UNION ALL
  SELECT g.content_object_id, CASE WHEN g.expires_at IS NULL THEN 'u:' || g.user_id ELSE 'ux:' || g.id END,
    g.subtree, p.codename <> 'view_page', true
  FROM thinka_sites_pageusergrant g JOIN auth_permission p ON p.id = g.permission_id
  UNION ALL
  SELECT g.content_object_id, CASE WHEN g.expires_at IS NULL THEN 'g:' || g.group_id ELSE 'gx:' || g.id END,
    g.subtree, p.codename <> 'view_page', true
  FROM thinka_sites_pagegroupgrant g JOIN auth_permission p ON p.id = g.permission_id;

-- The readers of the pages `ids`, and of one that is `arriving` and not stored yet. One plan serves one page and
-- thousands: tables are looked up with arrays of what is sought and not read in full, and what was found is joined
-- by hashing. ROWS: with few, the caller looks each of them up again, which is quick for thousands, too.
CREATE OR REPLACE FUNCTION portal_readers(ids int[], arriving wagtailcore_page DEFAULT NULL)
RETURNS TABLE (page_id int, readers text[])
LANGUAGE sql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off AS $$
WITH RECURSIVE
page AS MATERIALIZED (
  SELECT p.id, p.path::text, p.live, p.alias_of_id, p.translation_key, p.locale_id
  FROM wagtailcore_page p WHERE p.id = ANY (ids)
  UNION ALL
  SELECT arriving.id, arriving.path, arriving.live, arriving.alias_of_id, arriving.translation_key, arriving.locale_id
  WHERE arriving.id IS NOT NULL
),
step AS MATERIALIZED (
  SELECT page.id AS page, prefix FROM page, unnest(portal_lineage(left(page.path, -4))) prefix
),
above AS MATERIALIZED (
  SELECT p.id, p.path::text, p.live, p.alias_of_id, p.translation_key, p.locale_id
  FROM wagtailcore_page p WHERE p.path = ANY (ARRAY(SELECT DISTINCT prefix FROM step))
),
chain AS MATERIALIZED (      -- each page with everything above it
  SELECT step.page, above.id, above.path, above.live, above.alias_of_id, above.translation_key, above.locale_id
  FROM step JOIN above ON above.path = step.prefix
  UNION ALL
  SELECT id, id, path, live, alias_of_id, translation_key, locale_id FROM page
),
source AS (                  -- what an alias or a translation follows, and what is above that; `shown`: must be published
  SELECT DISTINCT id AS follower, id, path, live, alias_of_id, translation_key, locale_id, true AS shown FROM chain
  WHERE alias_of_id IS NOT NULL OR locale_id <> (SELECT portal_source_locale())
  UNION
  SELECT source.follower, above.id, above.path::text, above.live, above.alias_of_id, above.translation_key,
    above.locale_id, source.shown AND origin.shown
  FROM source
  JOIN LATERAL (
    SELECT o.path, true AS shown FROM wagtailcore_page o WHERE o.id = source.alias_of_id
    UNION ALL
    SELECT o.path, left(o.path, 8) = left(source.path, 8) FROM wagtailcore_page o
    WHERE o.translation_key = source.translation_key AND o.locale_id = (SELECT portal_source_locale())
      AND source.locale_id <> o.locale_id
  ) origin ON source.alias_of_id IS NOT NULL OR source.locale_id <> (SELECT portal_source_locale())
  JOIN wagtailcore_page above ON above.path = ANY (portal_lineage(origin.path::text))
),
withdrawn AS MATERIALIZED (SELECT DISTINCT follower FROM source WHERE shown AND NOT live),
state AS MATERIALIZED (
  SELECT page.id AS page,
    bool_and(chain.live AND withdrawn.follower IS NULL) AND count(*) = length(page.path) / 4 AS reachable
  FROM page JOIN chain ON chain.page = page.id LEFT JOIN withdrawn ON withdrawn.follower = chain.id
  GROUP BY page.id, page.path
),
restriction AS MATERIALIZED (
  SELECT chain.page, r.id, r.restriction_type AS kind
  FROM chain JOIN wagtailcore_pageviewrestriction r ON r.page_id = chain.id
  WHERE r.page_id = ANY (ARRAY(SELECT id FROM chain))
  UNION
  SELECT chain.page, r.id, r.restriction_type
  FROM source JOIN chain ON chain.id = source.follower JOIN wagtailcore_pageviewrestriction r ON r.page_id = source.id
  WHERE r.page_id = ANY (ARRAY(SELECT id FROM source))
),
narrowed AS MATERIALIZED (
  SELECT page, count(*) FILTER (WHERE kind = 'groups') AS groups, bool_or(kind <> 'login') AS beyond_login,
    bool_or(kind = 'password') AS closed
  FROM restriction GROUP BY page
),
audience AS (
  SELECT id AS page, 'any' AS principal FROM page WHERE length(path) = 4
  UNION ALL
  SELECT state.page, CASE WHEN n.page IS NULL THEN 'public' ELSE 'staff' END
  FROM state LEFT JOIN narrowed n USING (page) WHERE reachable AND n.beyond_login IS NOT TRUE
  UNION ALL
  SELECT state.page, 'shared'
  FROM chain JOIN thinka_sites_traeger t ON t.folder_id = chain.id AND t.kind <> 'traeger'
    JOIN state USING (page) LEFT JOIN narrowed n USING (page)
  WHERE reachable AND n.beyond_login IS NOT TRUE
  UNION ALL
  SELECT page.id, 'd:public' FROM page WHERE page.id IN (SELECT root_page_id FROM wagtailcore_site)
    OR page.live AND page.translation_key IN (
      SELECT start.translation_key FROM wagtailcore_site s JOIN wagtailcore_page start ON start.id = s.root_page_id)
  UNION ALL                  -- several restrictions to groups: only groups that are in all of them
  SELECT r.page, 'g:' || m.group_id
  FROM restriction r JOIN wagtailcore_pageviewrestriction_groups m ON m.pageviewrestriction_id = r.id
    JOIN narrowed n USING (page) JOIN state USING (page)
  WHERE m.pageviewrestriction_id = ANY (ARRAY(SELECT id FROM restriction))
    AND r.kind = 'groups' AND reachable AND NOT n.closed
  GROUP BY r.page, m.group_id, n.groups
  HAVING count(*) = n.groups
),
place AS MATERIALIZED (      -- where a right counts for a page: on its chain, and what this translates; not for aliases
  SELECT page, id, id = page AS itself, false AS followed FROM chain
  UNION ALL
  SELECT chain.page, o.id, chain.id = chain.page, true
  FROM chain JOIN wagtailcore_page o ON o.translation_key = chain.translation_key
    AND o.locale_id = (SELECT portal_source_locale()) AND o.locale_id <> chain.locale_id
    AND left(o.path, 8) = left(chain.path, 8)
  WHERE o.translation_key = ANY (ARRAY(
    SELECT translation_key FROM chain WHERE locale_id <> (SELECT portal_source_locale())))
),
entitled AS (
  SELECT place.page, r.principal
  FROM portal_page_right r JOIN place ON place.id = r.page_id JOIN state USING (page)
  WHERE r.page_id = ANY (ARRAY(SELECT id FROM place))
    AND (r.subtree OR place.itself) AND (r.drafts OR reachable) AND (r.follows OR NOT place.followed)
)
SELECT page.id, coalesce(
  array_agg(DISTINCT named.principal COLLATE "C" ORDER BY named.principal COLLATE "C")
    FILTER (WHERE named.principal IS NOT NULL), '{}')
FROM page LEFT JOIN (SELECT * FROM audience UNION ALL SELECT * FROM entitled) named ON named.page = page.id
GROUP BY page.id
$$;
