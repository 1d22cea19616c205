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
--   d:public     everybody may find their way through this page, but not read it: the start page of a site, or
--                nobody would be led from there to the login
--
-- Whoever holds a right on a page finds their way through those above it; that is told once per request (see
-- `pass_paths` in principals.sql), so that a right on one page changes no other.
--
-- Rules: the audience is public, unless restrictions narrow it. Restrictions of the page and of everything above
-- it hold; what is an alias or a translation follows its source as well. Only a page whose ancestors are all
-- published has an audience. Group permissions and grants open pages beside that.

ALTER TABLE wagtailcore_page ADD COLUMN IF NOT EXISTS readers text[] NOT NULL DEFAULT '{}';

-- The language in which pages are written first; the others follow it.
CREATE OR REPLACE FUNCTION portal_source_locale() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT id FROM wagtailcore_locale WHERE language_code = 'de'
$$;

CREATE OR REPLACE FUNCTION portal_prefixes(path text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  -- Constant bounds (a path has at most 255 characters): a series with the bound `length(path)` is estimated at
  -- 1000 rows and makes the planner read the whole page table.
  SELECT left(path, n) FROM generate_series(4, 252, 4) AS step(n) WHERE n <= length(path)
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

CREATE OR REPLACE FUNCTION portal_readers(
  page_id int, page_path text, page_live boolean, page_alias_of int, page_key uuid, page_locale int
) RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
WITH RECURSIVE
chain AS MATERIALIZED (      -- from the root down to the page itself, which may not be stored yet
  SELECT p.id, p.path::text, p.live, p.alias_of_id, p.translation_key, p.locale_id
  FROM wagtailcore_page p
  WHERE p.path = ANY (ARRAY(SELECT portal_prefixes(page_path))) AND p.path <> page_path
  UNION ALL
  SELECT page_id, page_path, page_live, page_alias_of, page_key, page_locale
),
source AS (                  -- the pages whose restrictions hold: the chain, what it shows or translates, what is above that
  SELECT id, path, alias_of_id, translation_key, locale_id FROM chain
  UNION
  SELECT above.id, above.path::text, above.alias_of_id, above.translation_key, above.locale_id
  FROM source
  JOIN LATERAL (
    SELECT o.path FROM wagtailcore_page o WHERE o.id = source.alias_of_id
    UNION ALL
    SELECT o.path FROM wagtailcore_page o
    WHERE o.translation_key = source.translation_key AND o.locale_id = portal_source_locale()
      AND source.locale_id <> o.locale_id
  ) origin ON true
  JOIN wagtailcore_page above ON above.path = ANY (ARRAY(SELECT portal_prefixes(origin.path::text)))
),
restriction AS (
  SELECT DISTINCT r.id, r.restriction_type AS kind
  FROM source JOIN wagtailcore_pageviewrestriction r ON r.page_id = source.id
),
reachable AS (SELECT bool_and(live) AS yes FROM chain),
audience AS (
  SELECT 'any' AS principal WHERE length(page_path) = 4
  UNION ALL
  SELECT 'public' FROM reachable WHERE yes AND NOT EXISTS (SELECT FROM restriction)
  UNION ALL
  SELECT 'staff' FROM reachable
  WHERE yes AND EXISTS (SELECT FROM restriction) AND NOT EXISTS (SELECT FROM restriction WHERE kind <> 'login')
  UNION ALL
  SELECT 'shared' FROM reachable
  WHERE yes AND NOT EXISTS (SELECT FROM restriction WHERE kind <> 'login') AND EXISTS (
    SELECT FROM thinka_sites_traeger t JOIN wagtailcore_page folder ON folder.id = t.folder_id
    WHERE t.kind <> 'traeger' AND page_path ^@ folder.path)
  UNION ALL
  SELECT 'd:public' WHERE EXISTS (
    SELECT FROM wagtailcore_site s JOIN wagtailcore_page start ON start.id = s.root_page_id
    WHERE start.translation_key = page_key)
  UNION ALL                  -- several restrictions to groups: only groups that are in all of them
  SELECT 'g:' || m.group_id
  FROM reachable, restriction r JOIN wagtailcore_pageviewrestriction_groups m ON m.pageviewrestriction_id = r.id
  WHERE yes AND r.kind = 'groups' AND NOT EXISTS (SELECT FROM restriction WHERE kind = 'password')
  GROUP BY m.group_id
  HAVING count(*) = (SELECT count(*) FROM restriction WHERE kind = 'groups')
),
followed AS MATERIALIZED (   -- what pages of the chain translate
  SELECT o.id, chain.id AS by
  FROM chain JOIN wagtailcore_page o ON o.translation_key = chain.translation_key
    AND o.locale_id = portal_source_locale() AND o.locale_id <> chain.locale_id
),
entitled AS (                -- with arrays, so that rights are looked up and not read in full for every page
  SELECT r.principal
  FROM chain JOIN portal_page_right r ON r.page_id = chain.id AND r.page_id = ANY (ARRAY(SELECT id FROM chain)),
    reachable
  WHERE (r.subtree OR chain.id = portal_readers.page_id) AND (r.drafts OR reachable.yes)
  UNION ALL                  -- a grant on the source holds for the translation; aliases are not translations
  SELECT r.principal
  FROM chain JOIN followed ON followed.by = chain.id
  JOIN portal_page_right r ON r.page_id = followed.id AND r.page_id = ANY (ARRAY(SELECT id FROM followed)) AND r.follows,
    reachable
  WHERE (r.subtree OR chain.id = portal_readers.page_id) AND (r.drafts OR reachable.yes)
)
SELECT coalesce(array_agg(DISTINCT principal COLLATE "C" ORDER BY principal COLLATE "C"), '{}')
FROM (SELECT * FROM audience UNION ALL SELECT * FROM entitled) named
$$;
