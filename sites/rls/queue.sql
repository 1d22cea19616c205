-- What a web process may know of the queue, whose tasks it does not see.

-- For how many seconds the oldest task has been waiting whose turn it is; 0 without one.
CREATE OR REPLACE FUNCTION portal_queue_lag() RETURNS double precision
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  -- Tasks without a time of their own carry one in the year 9999.
  SELECT greatest(0, coalesce(extract(epoch FROM clock_timestamp() - min(
    CASE WHEN run_after > clock_timestamp() THEN enqueued_at ELSE run_after END)), 0))
  FROM django_tasks_database_dbtaskresult
  WHERE status = 'READY' AND (run_after <= clock_timestamp() OR run_after >= '9999-01-01T00:00Z')
$$;
