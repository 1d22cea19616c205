-- How often something was tried: counted for web processes, which can't touch the counts themselves.

-- Adds `amount` to what is counted under `counter`; where the period before has ended, a new one of `seconds` begins.
-- The clock goes on within a transaction. A negative `amount` takes back what was counted, down to nothing.
CREATE OR REPLACE FUNCTION portal_count(counter text, seconds int, amount int) RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO thinka_sites_attemptcount AS c (key, count, ends_at)
  SELECT counter, greatest(0, amount), clock_timestamp() + make_interval(secs => seconds)
  WHERE amount > 0 OR EXISTS (SELECT FROM thinka_sites_attemptcount WHERE key = counter)
  ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN c.ends_at <= clock_timestamp() THEN excluded.count ELSE greatest(0, c.count + amount) END,
    ends_at = CASE WHEN c.ends_at <= clock_timestamp() THEN excluded.ends_at ELSE c.ends_at END
  RETURNING count
$$;

-- What is counted under `counter`, and when that ends (seconds since 1970); nothing where it has ended.
CREATE OR REPLACE FUNCTION portal_counted(counter text, OUT count int, OUT ends double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(max(c.count), 0), coalesce(max(extract(epoch FROM c.ends_at)), 0)
  FROM thinka_sites_attemptcount c WHERE c.key = counter AND c.ends_at > clock_timestamp()
$$;

-- Forgets what is counted under `counter`.
CREATE OR REPLACE FUNCTION portal_uncount(counter text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM thinka_sites_attemptcount WHERE key = counter
$$;
