-- What readers notice about a page, see policies.py and notices.py.

-- One of the groups has the role that looks after the page, or one of the same Träger that holds its rights. Of a page
-- that nobody has to check, and where that Träger is gone, it is the one in whose folder the page is.
CREATE OR REPLACE FUNCTION portal_answers_for(page bigint, groups bigint[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  WITH ranks AS (SELECT ARRAY['lesen', 'redaktion', 'freigabe', 'leitung'] AS keys)
  SELECT EXISTS (
    SELECT
    FROM wagtailcore_page p
      LEFT JOIN home_verification v ON v.page_id = p.id
      LEFT JOIN wagtailcore_page f ON f.path = left(p.path, 8)
      LEFT JOIN thinka_sites_traeger t ON t.folder_id = f.id
      JOIN thinka_sites_traegerrole r ON r.traeger_id = coalesce(v.traeger_id, t.id)
      CROSS JOIN ranks
    WHERE p.id = portal_answers_for.page AND r.group_id = ANY (groups)
      AND array_position(ranks.keys, r.role::text)
        >= array_position(ranks.keys, coalesce(v.role::text, 'redaktion')))
$$;

-- Answered once, and else as the reader wrote it: also the address to which the answer goes.
CREATE OR REPLACE FUNCTION portal_guard_notice() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE answer text[] := '{answer,answered_by_id,answered_at}';
BEGIN
  IF row_security_active('home_notice') AND NOT portal_flag('root')
    AND (OLD.answered_at IS NOT NULL OR to_jsonb(NEW) - answer IS DISTINCT FROM to_jsonb(OLD) - answer)
  THEN
    PERFORM portal_refuse('A notice is answered once, and stays as it was written.');
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER portal_guard_notice BEFORE UPDATE ON home_notice FOR EACH ROW
  WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION portal_guard_notice();
