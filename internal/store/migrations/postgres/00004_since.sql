-- +goose Up

SET LOCAL search_path = pg_catalog, pg_temp;

UPDATE foia.about SET version = 4 WHERE one = 1;

-- Since when somebody writes. pg_stat_activity tells that only to those with the same role, but everybody sees the locks: so
-- whoever begins to write takes one that nobody waits for, whose number is the second. 1179601217 is FOIA.
-- +goose StatementBegin
CREATE FUNCTION foia.note_since() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_setting('foia.since', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        PERFORM set_config('foia.since', pg_current_xact_id()::text, true);
        PERFORM pg_advisory_xact_lock_shared(1179601217, (extract(epoch FROM clock_timestamp())::bigint & 2147483647::bigint)::integer);
    END IF;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION foia.begin_write(OUT written bigint, OUT last bigint) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT n INTO STRICT written FROM foia.written WHERE one = 1 FOR UPDATE;
    PERFORM foia.note_since();
    SELECT coalesce(max(n), 0) INTO last FROM foia.events;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION foia.one_at_a_time() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM 1 FROM foia.written WHERE one = 1 FOR UPDATE;
    PERFORM foia.note_since();
    RETURN NULL;
END $$;
-- +goose StatementEnd

REVOKE ALL ON FUNCTION foia.note_since() FROM PUBLIC;
