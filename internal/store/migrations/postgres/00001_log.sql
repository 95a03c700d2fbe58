-- +goose Up

-- Of what others may have put into the schema public, nothing is taken.
SET LOCAL search_path = pg_catalog, pg_temp;

-- Whose tables these are, and the number of the last migration: foia compares it with one query when it opens the log.
CREATE TABLE foia.about (
    one     integer PRIMARY KEY CHECK (one = 1),
    program text NOT NULL,
    version integer NOT NULL
);
INSERT INTO foia.about (one, program, version) VALUES (1, 'foia', 1);

-- How many events were ever written. Apart from the events themselves, so that the loss of the last one shows. Who locks
-- its row writes; others wait.
CREATE TABLE foia.written (
    one integer PRIMARY KEY CHECK (one = 1),
    n   bigint NOT NULL
);
INSERT INTO foia.written (one, n) VALUES (1, 0);

-- A request as it was frozen. The columns repeat parts of the JSON for looking up; the JSON is what counts.
CREATE TABLE foia.requests (
    id          text COLLATE "C" PRIMARY KEY,
    year        integer NOT NULL CHECK (year BETWEEN 1776 AND 2200),
    number      integer NOT NULL CHECK (number >= 1),
    fingerprint text COLLATE "C" NOT NULL,
    office_id   text COLLATE "C" NOT NULL,
    subject     text NOT NULL,
    created     text COLLATE "C" NOT NULL,      -- ISO date, empty if unknown
    frozen      text NOT NULL,                  -- the exact bytes that were hashed
    sha256      text COLLATE "C" NOT NULL CHECK (length(sha256) = 64),
    UNIQUE (year, number),
    CHECK (id = year::text || '-' || lpad(number::text, greatest(4, length(number::text)), '0'))
);
CREATE INDEX requests_fingerprint ON foia.requests (fingerprint);
CREATE INDEX requests_created ON foia.requests (created);

-- What happened. n numbers the events of the whole log without a gap; the database gives it.
CREATE TABLE foia.events (
    n        bigint PRIMARY KEY,
    request  text COLLATE "C" NOT NULL REFERENCES foia.requests (id),
    seq      integer NOT NULL CHECK (seq >= 1),
    kind     text COLLATE "C" NOT NULL CHECK (kind <> ''),
    on_day   text COLLATE "C" NOT NULL,         -- ISO date, empty if unknown
    recorded text COLLATE "C" NOT NULL,         -- RFC 3339, UTC
    by_whom  text NOT NULL,
    machine  text NOT NULL,
    data     text NOT NULL,                     -- JSON object of strings
    prev     text COLLATE "C" NOT NULL,         -- hash of the event before it in this request; empty for the first
    hash     text COLLATE "C" NOT NULL CHECK (length(hash) = 64),
    UNIQUE (request, seq)
);
CREATE INDEX events_day ON foia.events (on_day);

-- Frozen files, in pieces, so that no memory holds a large one whole.
CREATE TABLE foia.documents (
    request text COLLATE "C" NOT NULL REFERENCES foia.requests (id),
    sha256  text COLLATE "C" NOT NULL CHECK (length(sha256) = 64),
    piece   integer NOT NULL CHECK (piece >= 0),
    content bytea NOT NULL,
    PRIMARY KEY (request, sha256, piece)
);
ALTER TABLE foia.documents ALTER COLUMN content SET STORAGE EXTERNAL; -- PDFs and scans are compressed already

-- Who may see a request that is private: whoever made it so, and the people named. Follows from the events.
CREATE TABLE foia.private (
    request text COLLATE "C" PRIMARY KEY REFERENCES foia.requests (id),
    keeper  text NOT NULL,
    people  text[] NOT NULL
);

-- Where each request stands, as its events, the law and the calendar give it. Nothing here is a fact of its own: it is
-- folded from the events and can be thrown away, so that lists need not fold a whole log.
CREATE TABLE foia.standings (
    request   text COLLATE "C" PRIMARY KEY REFERENCES foia.requests (id),
    campaign  text COLLATE "C" NOT NULL,
    series    text COLLATE "C" NOT NULL,
    addressee text COLLATE "C" NOT NULL,        -- the office, its agency and component
    assignee  text COLLATE "C" NOT NULL,        -- who works on it, in lower case
    open      smallint NOT NULL CHECK (open IN (0, 1)),
    last      text COLLATE "C" NOT NULL,        -- day of the last event
    brief     text NOT NULL,                    -- the request in short, as JSON
    state     text NOT NULL                     -- its state, as JSON
);
CREATE INDEX standings_open ON foia.standings (open, request);
CREATE INDEX standings_last ON foia.standings (last);
CREATE INDEX standings_campaign ON foia.standings (campaign, request);
CREATE INDEX standings_series ON foia.standings (series, request);
CREATE INDEX standings_addressee ON foia.standings (addressee, request);
CREATE INDEX standings_assignee ON foia.standings (assignee, request);

-- What is due, by day.
CREATE TABLE foia.deadlines (
    due     text COLLATE "C" NOT NULL,
    request text COLLATE "C" NOT NULL REFERENCES foia.requests (id), -- or a later request would find its place taken
    n       integer NOT NULL,
    what    text NOT NULL,
    of      text NOT NULL,
    who     text NOT NULL,
    lenient text NOT NULL,
    last    text NOT NULL,
    cite    text NOT NULL,
    PRIMARY KEY (due, request, n)
);
CREATE INDEX deadlines_request ON foia.deadlines (request);
CREATE INDEX deadlines_kind ON foia.deadlines (due, who, what, last) INCLUDE (request);

-- What the standings rest on besides the events, and the last event that is in them.
CREATE TABLE foia.standing_basis (
    one   integer PRIMARY KEY CHECK (one = 1),
    basis text NOT NULL,
    n     bigint NOT NULL
);
INSERT INTO foia.standing_basis (one, basis, n) VALUES (1, '', 0);

-- Requests whose standing rests on something older, since whoever folded the others may not see them.
CREATE TABLE foia.stale (
    request text COLLATE "C" PRIMARY KEY REFERENCES foia.requests (id)
);

-- The functions below run with the rights of the owner of the log, since they look at what the caller may not see, and
-- with a search path that nobody else can put anything into.

-- +goose StatementBegin
CREATE FUNCTION foia.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only: % of % is refused', lower(TG_OP), TG_TABLE_NAME;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION foia.request_in_order() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM foia.requests WHERE year = NEW.year) THEN
        RAISE EXCEPTION 'the log is append-only: a request takes the next number of its year';
    END IF;
    IF NEW.sha256 <> encode(sha256(convert_to(NEW.frozen, 'UTF8')), 'hex') OR json_typeof(NEW.frozen::json) <> 'object'
            OR NEW.frozen::json ->> 'id' IS DISTINCT FROM NEW.id THEN
        RAISE EXCEPTION 'the log is append-only: a request is written with the hash of what was frozen';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

-- A request without an event stands in everybody's way for ever.
-- +goose StatementBegin
CREATE FUNCTION foia.request_begins() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM foia.events WHERE request = NEW.id AND seq = 1 AND data::json ->> 'request_sha256' = NEW.sha256) THEN
        RAISE EXCEPTION 'a request begins with an event in the same transaction that holds its hash: %', NEW.id;
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION foia.owns() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT pg_has_role(session_user, relowner, 'USAGE') FROM pg_class WHERE oid = 'foia.events'::regclass
$$;
-- +goose StatementEnd

-- A text as foia writes it in JSON.
-- +goose StatementBegin
CREATE FUNCTION foia.in_json(plain text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT replace(replace(replace(replace(replace(to_json(plain)::text, '<', '\u003c'), '>', '\u003e'), '&', '\u0026'), U&'\2028', '\u2028'), U&'\2029', '\u2029')
$$;
-- +goose StatementEnd

-- The hash of an event, as foia counts it; nothing, if its day, time or data are not written as foia writes them.
-- +goose StatementBegin
CREATE FUNCTION foia.hash_of(e foia.events) RETURNS text LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    quoted text := '"(?:[^"\\<>&\u0001-\u001f\u2028\u2029]|\\["\\bfnrt]|\\u00(?:0[0-7bef]|1[0-9a-f]|3c|3e|26)|\\u202[89])*"';
BEGIN
    IF e.on_day <> '' AND (e.on_day !~ '^\d{4}-\d\d-\d\d$' OR e.on_day::date IS NULL)
            OR e.recorded !~ '^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d([.,]\d+)?(Z|[+-]00:00)$' OR left(e.recorded, 10)::date IS NULL
            OR e.data !~ ('^\{(?:' || quoted || ':' || quoted || '(?:,' || quoted || ':' || quoted || ')*)?\}$') THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT 1 FROM (SELECT k COLLATE "C" AS k, lag(k COLLATE "C") OVER (ORDER BY i) AS before FROM json_object_keys(replace(e.data, '\u0000', '\u0001')::json) WITH ORDINALITY AS keys (k, i)) AS pairs WHERE k <= before) THEN
        RETURN NULL;
    END IF;
    RETURN encode(sha256(convert_to('{"request":' || foia.in_json(e.request) || ',"seq":' || e.seq || ',"kind":' || foia.in_json(e.kind) || ',"on":"' || e.on_day
        || '","recorded":' || foia.in_json(e.recorded) || ',"by":' || foia.in_json(e.by_whom) || CASE e.machine WHEN '' THEN '' ELSE ',"machine":' || foia.in_json(e.machine) END
        || CASE e.data WHEN '{}' THEN '' ELSE ',"data":' || e.data END || ',"prev":"' || e.prev || '"}', 'UTF8')), 'hex');
END $$;
-- +goose StatementEnd

-- An event follows the last one of its request, bears the name by which its writer came in, and gets the next number.
-- The owner may enter the events of others, to copy a log.
-- +goose StatementBegin
CREATE FUNCTION foia.event_in_order() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    before_seq integer;
    before_hash text;
BEGIN
    IF NEW.by_whom <> session_user AND NOT foia.owns() THEN
        RAISE EXCEPTION 'an event bears the name of whoever enters it: %', session_user;
    END IF;
    SELECT seq, hash INTO before_seq, before_hash FROM foia.events WHERE request = NEW.request ORDER BY seq DESC LIMIT 1;
    IF NEW.seq <> coalesce(before_seq, 0) + 1 OR NEW.prev <> coalesce(before_hash, '') THEN
        RAISE EXCEPTION 'the log is append-only: an event follows the last one of its request';
    END IF;
    -- Onto an event that does not hold, nobody could write any more.
    IF NEW.hash IS DISTINCT FROM foia.hash_of(NEW) THEN
        RAISE EXCEPTION 'the log is append-only: an event is written with the hash of what it says';
    END IF;
    SELECT coalesce(max(n), 0) + 1 INTO STRICT NEW.n FROM foia.events;
    RETURN NEW;
END $$;
-- +goose StatementEnd

-- Whoever enters events, with foia or without, waits for the others.
-- +goose StatementBegin
CREATE FUNCTION foia.one_at_a_time() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM 1 FROM foia.written WHERE one = 1 FOR UPDATE;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- Once a statement, not once a row: a row that one transaction changes thousands of times gets slower each time.
-- +goose StatementBegin
CREATE FUNCTION foia.count_events() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE foia.written SET n = n + (SELECT count(*) FROM entered) WHERE one = 1 AND EXISTS (SELECT 1 FROM entered);
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION foia.written_grows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.one <> OLD.one OR NEW.n <= OLD.n OR NEW.n <> (SELECT max(n) FROM foia.events) THEN
        RAISE EXCEPTION 'the log is append-only: the number of events written goes up with them';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

-- Who made a request makes it private and public again; they name the people who may see it.
-- +goose StatementBegin
CREATE FUNCTION foia.keep_private() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    maker text;
BEGIN
    IF NEW.kind = 'correction' AND EXISTS (SELECT 1 FROM foia.events WHERE request = NEW.request
            AND seq::text = ltrim((NEW.data::jsonb) ->> 'of', '+0') AND kind IN ('private', 'public')) THEN
        RAISE EXCEPTION 'who may see a request is not corrected but said anew';
    END IF;
    IF NEW.kind NOT IN ('private', 'public') THEN
        RETURN NULL;
    END IF;
    SELECT by_whom INTO STRICT maker FROM foia.events WHERE request = NEW.request AND seq = 1;
    IF NEW.by_whom <> maker AND NOT foia.owns() THEN
        RAISE EXCEPTION 'only %, who made the request, says who may see it', maker;
    END IF;
    IF NEW.kind = 'public' THEN
        DELETE FROM foia.private WHERE request = NEW.request;
    ELSE
        INSERT INTO foia.private (request, keeper, people)
        VALUES (NEW.request, maker, string_to_array(coalesce((NEW.data::jsonb) ->> 'people', ''), ','))
        ON CONFLICT (request) DO UPDATE SET people = excluded.people;
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd

CREATE TRIGGER requests_no_change BEFORE UPDATE OR DELETE ON foia.requests FOR EACH ROW EXECUTE FUNCTION foia.refuse_change();
CREATE TRIGGER requests_no_truncate BEFORE TRUNCATE ON foia.requests FOR EACH STATEMENT EXECUTE FUNCTION foia.refuse_change();
CREATE TRIGGER requests_in_order BEFORE INSERT ON foia.requests FOR EACH ROW EXECUTE FUNCTION foia.request_in_order();
CREATE CONSTRAINT TRIGGER requests_begin AFTER INSERT ON foia.requests DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION foia.request_begins();
CREATE TRIGGER events_no_change BEFORE UPDATE OR DELETE ON foia.events FOR EACH ROW EXECUTE FUNCTION foia.refuse_change();
CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON foia.events FOR EACH STATEMENT EXECUTE FUNCTION foia.refuse_change();
CREATE TRIGGER events_in_order BEFORE INSERT ON foia.events FOR EACH ROW EXECUTE FUNCTION foia.event_in_order();
CREATE TRIGGER events_one_at_a_time BEFORE INSERT ON foia.events FOR EACH STATEMENT EXECUTE FUNCTION foia.one_at_a_time();
CREATE TRIGGER events_counted AFTER INSERT ON foia.events REFERENCING NEW TABLE AS entered FOR EACH STATEMENT EXECUTE FUNCTION foia.count_events();
CREATE TRIGGER events_private AFTER INSERT ON foia.events FOR EACH ROW WHEN (NEW.kind IN ('private', 'public', 'correction')) EXECUTE FUNCTION foia.keep_private();
CREATE TRIGGER documents_no_change BEFORE UPDATE OR DELETE ON foia.documents FOR EACH ROW EXECUTE FUNCTION foia.refuse_change();
CREATE TRIGGER documents_no_truncate BEFORE TRUNCATE ON foia.documents FOR EACH STATEMENT EXECUTE FUNCTION foia.refuse_change();
CREATE TRIGGER written_grows BEFORE UPDATE ON foia.written FOR EACH ROW EXECUTE FUNCTION foia.written_grows();
CREATE TRIGGER written_no_delete BEFORE DELETE OR TRUNCATE ON foia.written FOR EACH STATEMENT EXECUTE FUNCTION foia.refuse_change();

-- ALWAYS: they also fire for a session that calls itself a replica.
ALTER TABLE foia.requests ENABLE ALWAYS TRIGGER requests_no_change, ENABLE ALWAYS TRIGGER requests_no_truncate, ENABLE ALWAYS TRIGGER requests_in_order, ENABLE ALWAYS TRIGGER requests_begin;
ALTER TABLE foia.events ENABLE ALWAYS TRIGGER events_no_change, ENABLE ALWAYS TRIGGER events_no_truncate, ENABLE ALWAYS TRIGGER events_in_order, ENABLE ALWAYS TRIGGER events_private,
    ENABLE ALWAYS TRIGGER events_one_at_a_time, ENABLE ALWAYS TRIGGER events_counted;
ALTER TABLE foia.documents ENABLE ALWAYS TRIGGER documents_no_change, ENABLE ALWAYS TRIGGER documents_no_truncate;
ALTER TABLE foia.written ENABLE ALWAYS TRIGGER written_grows, ENABLE ALWAYS TRIGGER written_no_delete;

-- The requests that the caller may not see.
-- +goose StatementBegin
CREATE FUNCTION foia.hidden() RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT request FROM foia.private WHERE keeper <> session_user AND NOT session_user = ANY (people)
$$;
-- +goose StatementEnd

-- Begins to write: waits for whoever writes, and returns how many events were written and the number of the last that is
-- left.
-- +goose StatementBegin
CREATE FUNCTION foia.begin_write(OUT written bigint, OUT last bigint) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT n INTO STRICT written FROM foia.written WHERE one = 1 FOR UPDATE;
    SELECT coalesce(max(n), 0) INTO last FROM foia.events;
END $$;
-- +goose StatementEnd

-- The last number of a year, also of requests that the caller may not see.
-- +goose StatementBegin
CREATE FUNCTION foia.last_number(of_year integer) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(max(number), 0) FROM foia.requests WHERE year = of_year
$$;
-- +goose StatementEnd

-- How many requests and events there are in all, so that what is private to others can be told from what is missing.
-- +goose StatementBegin
CREATE FUNCTION foia.totals(OUT requests bigint, OUT numbers bigint, OUT events bigint, OUT last bigint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT (SELECT count(*) FROM foia.requests), (SELECT coalesce(sum(highest), 0) FROM (SELECT max(number) AS highest FROM foia.requests GROUP BY year) AS years),
        (SELECT count(*) FROM foia.events), (SELECT coalesce(max(n), 0) FROM foia.events)
$$;
-- +goose StatementEnd

-- How many requests are not kept private as their events say: for verify, also of those that the caller may not see.
-- +goose StatementBegin
CREATE FUNCTION foia.amiss() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT count(*) FROM (SELECT DISTINCT ON (e.request) e.request, e.kind, e.data, first.by_whom FROM foia.events e JOIN foia.events first ON first.request = e.request AND first.seq = 1
            WHERE e.kind IN ('private', 'public') ORDER BY e.request, e.seq DESC) AS said
        FULL JOIN foia.private AS kept ON kept.request = said.request
        WHERE (said.kind IS NOT DISTINCT FROM 'private') <> (kept.request IS NOT NULL)
            OR kept.keeper <> said.by_whom OR kept.people <> string_to_array(coalesce((said.data::jsonb) ->> 'people', ''), ',')
$$;
-- +goose StatementEnd

-- Marks the standings that the caller cannot fold.
-- +goose StatementBegin
CREATE FUNCTION foia.mark_hidden() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO foia.stale (request) SELECT foia.hidden() ON CONFLICT DO NOTHING
$$;
-- +goose StatementEnd

-- Private requests do not exist for others, whichever program they use.
ALTER TABLE foia.requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE foia.events ENABLE ROW LEVEL SECURITY;
ALTER TABLE foia.documents ENABLE ROW LEVEL SECURITY;
ALTER TABLE foia.standings ENABLE ROW LEVEL SECURITY;
ALTER TABLE foia.deadlines ENABLE ROW LEVEL SECURITY;
ALTER TABLE foia.stale ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON foia.requests USING (NOT (id IN (SELECT foia.hidden())));
CREATE POLICY seen ON foia.events USING (NOT (request IN (SELECT foia.hidden())));
CREATE POLICY seen ON foia.documents USING (NOT (request IN (SELECT foia.hidden())));
CREATE POLICY seen ON foia.standings USING (NOT (request IN (SELECT foia.hidden())));
CREATE POLICY seen ON foia.deadlines USING (NOT (request IN (SELECT foia.hidden())));
CREATE POLICY seen ON foia.stale USING (NOT (request IN (SELECT foia.hidden())));

-- Nobody but the owner, until the owner says so.
REVOKE ALL ON ALL TABLES IN SCHEMA foia FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA foia FROM PUBLIC;
