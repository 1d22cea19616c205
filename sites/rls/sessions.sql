-- Sessions, for whoever knows the digest of a key: it has 165 random bits, and the key itself is nowhere but in the browser.

CREATE OR REPLACE FUNCTION portal_session(digest text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT s.data FROM thinka_sites_session s WHERE s.digest = portal_session.digest AND s.expires_at > now()
$$;

-- Returns whether it was stored: a new one (`fresh`) under a digest that is free, another one where it has not been ended.
CREATE OR REPLACE FUNCTION portal_store_session(digest text, data text, expires_at timestamptz, who bigint, fresh boolean)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF fresh THEN
    INSERT INTO thinka_sites_session (digest, data, expires_at, user_id) VALUES (digest, data, expires_at, who)
    ON CONFLICT DO NOTHING;
  ELSE
    UPDATE thinka_sites_session s
    SET data = portal_store_session.data, expires_at = portal_store_session.expires_at, user_id = who
    WHERE s.digest = portal_store_session.digest;
  END IF;
  RETURN FOUND;
END $$;

CREATE OR REPLACE FUNCTION portal_end_session(digest text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM thinka_sites_session s WHERE s.digest = portal_end_session.digest
$$;
