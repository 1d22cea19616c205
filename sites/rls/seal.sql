-- What the database is told is sealed: settings of a session can be set by any statement of the web role, and so could an
-- injected one. Each setting `portal.<name>` begins with a seal, an HMAC-SHA-256 (RFC 2104) with a key that only the
-- application and a table of the owner know (see seal.py). It covers the name, the value and the number of the request,
-- which a sequence gives out once in the whole database; `currval` knows it for this connection alone, and the web role
-- can't set it. So nothing can be altered, and nothing be carried to another request or connection.

-- Never callable by the web role: whoever can make seals can be anybody.
CREATE OR REPLACE FUNCTION portal_seal(message text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(message, 'UTF8'))), 'hex')
  FROM public.thinka_sites_sealkey k
$$;

-- What the database was told as `name`; null where it was told nothing. Raises insufficient_privilege where the seal is not
-- the right one: somebody else than portal_set_identity has set it, or in another request. Without SET search_path, which would take
-- as long as the rest: all names are qualified, and nobody but the owner makes functions or operators.
CREATE OR REPLACE FUNCTION portal_told(name text) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED AS $$
DECLARE
  sealed text := pg_catalog.current_setting('portal.' || name, true);
  value text;
BEGIN
  IF sealed IS NULL OR sealed = '' THEN
    RETURN NULL;
  END IF;
  value := pg_catalog.substr(sealed, 65);
  IF pg_catalog.left(sealed, 64) IS DISTINCT FROM (
    SELECT pg_catalog.encode(pg_catalog.sha256(k.outer_pad || pg_catalog.sha256(k.inner_pad || pg_catalog.convert_to(
      'told:' || pg_catalog.currval('public.thinka_sites_request') || ':' || name || ':' || value, 'UTF8'))), 'hex')
    FROM public.thinka_sites_sealkey k)
  THEN
    RAISE EXCEPTION 'portal.% was not set for this request by portal_set_identity.', name USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN value;
END $$;

-- Tells the rest of the session the setting `name`, sealed. Empty is the same as not told.
CREATE OR REPLACE FUNCTION portal_tell(name text, value text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF value <> '' THEN
    value := portal_seal('told:' || currval('thinka_sites_request') || ':' || name || ':' || value) || value;
  END IF;
  PERFORM set_config('portal.' || name, coalesce(value, ''), false);
END $$;
