-- Legt einmal die beiden Benutzer und die Datenbank an, als Superuser. Die Passwörter kommen aus der Umgebung:
-- OWNER_PASSWORD und WEB_PASSWORD.
\set ON_ERROR_STOP on
\getenv owner_password OWNER_PASSWORD
\getenv web_password WEB_PASSWORD
-- Damit kein Passwort im Protokoll des Servers steht.
SET log_statement = 'none';
SET log_min_duration_statement = -1;
SET log_min_error_statement = 'panic';
CREATE ROLE portal LOGIN PASSWORD :'owner_password';
-- Für die Webprozesse: keine Rechte von Hand, die setzt migrate.
CREATE ROLE portal_web LOGIN NOINHERIT PASSWORD :'web_password';
CREATE DATABASE portal OWNER portal ENCODING 'UTF8' TEMPLATE template0
    LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C.UTF-8';
\connect portal
-- Für die Suche nach Bedeutung (docs/operators/suche.md). Nur ein Superuser darf sie anlegen; ohne sie sucht das Portal nach Wörtern.
SELECT count(*) > 0 AS has_vector FROM pg_available_extensions WHERE name = 'vector' \gset
\if :has_vector
CREATE EXTENSION vector;
\else
\warn 'Die Erweiterung vector fehlt: apt-get install postgresql-18-pgvector, dann CREATE EXTENSION vector.'
\endif
-- Was nur ein Superuser begrenzen kann (docs/operators/permissions.md): Zwischendateien der Webprozesse, und large objects,
-- die das Portal nicht braucht.
ALTER ROLE portal_web SET temp_file_limit = '1GB';
DO $$
DECLARE f regprocedure;
BEGIN
  FOR f IN
    SELECT oid FROM pg_proc
    WHERE pronamespace = 'pg_catalog'::regnamespace AND (proname ^@ 'lo_' OR proname IN ('loread', 'lowrite'))
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
