-- Whom mails about a page may reach.

-- Who of `people` works on the page now: by a role, or by a grant in force that opens more than reading. Asked for
-- people whose groups and grants the person who is asking does not see.
CREATE OR REPLACE FUNCTION portal_at_work(page bigint, people bigint[]) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH chain AS (
    SELECT above.id, above.id = p.id AS itself, above.translation_key, above.locale_id
    FROM wagtailcore_page p JOIN wagtailcore_page above ON above.path = ANY (portal_lineage(p.path::text))
    WHERE p.id = page
  ),
  place AS (                 -- a grant on a page holds for its translations
    SELECT id, itself, false AS followed FROM chain
    UNION ALL
    SELECT o.id, chain.itself, true
    FROM chain JOIN wagtailcore_page o USING (translation_key)
    WHERE o.locale_id = portal_source_locale() AND o.locale_id <> chain.locale_id
  ),
  worker AS (
    SELECT r.principal
    FROM place JOIN portal_page_right r ON r.page_id = place.id
    WHERE r.drafts AND (r.subtree OR place.itself) AND (r.follows OR NOT place.followed)
  )
  SELECT coalesce(array_agg(u.id), '{}')
  FROM thinka_sites_user u
  WHERE u.id = ANY (people) AND u.is_active AND (u.is_superuser OR EXISTS (
    SELECT FROM worker WHERE worker.principal = ANY (portal_reads(u.id, 'admin'))))
$$;
