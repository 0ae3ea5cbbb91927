-- The log of every org, in monthly partitions by wall-clock time, which are made ahead and dropped
-- when their retention is over. Nothing is lost where none was made ahead: the default partition
-- takes it, and gives it up when the right one is made.
--
-- published     the org's clock: what clients see and ask for
-- recorded_at   the wall clock: what partitions and retention go by
-- ordinal       the event's place among those of its transaction
-- seq           the event's place in the org's log, null until somebody follows it
-- target_id     the first target, second_target_id the next; more_targets where there are others:
--               the wall lets PostgreSQL use indexes of columns only, none of what is inside body
CREATE TABLE system_log (
    org_id bigint NOT NULL,
    uuid uuid NOT NULL,
    published timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    ordinal integer NOT NULL,
    seq bigint,
    event_type text COLLATE "C" NOT NULL,
    actor_id text COLLATE "C",
    body jsonb NOT NULL,
    target_id text COLLATE "C" GENERATED ALWAYS AS (body #>> '{target,0,id}') STORED,
    second_target_id text COLLATE "C" GENERATED ALWAYS AS (body #>> '{target,1,id}') STORED,
    more_targets boolean GENERATED ALWAYS AS (body #> '{target,2}' IS NOT NULL) STORED,
    CONSTRAINT system_log_pk PRIMARY KEY (org_id, uuid, recorded_at)
) PARTITION BY RANGE (recorded_at);
SELECT ostiary_wall('system_log');

CREATE INDEX system_log_published ON system_log (org_id, published, uuid) INCLUDE (seq);
CREATE INDEX system_log_seq ON system_log (org_id, seq) WHERE seq IS NOT NULL;
CREATE INDEX system_log_unnumbered ON system_log (org_id, recorded_at, ordinal, uuid)
    WHERE seq IS NULL;
CREATE INDEX system_log_type ON system_log (org_id, event_type, published);
CREATE INDEX system_log_actor ON system_log (org_id, actor_id, published);
CREATE INDEX system_log_target ON system_log (org_id, target_id, published)
    WHERE target_id IS NOT NULL;
CREATE INDEX system_log_second_target ON system_log (org_id, second_target_id, published)
    WHERE second_target_id IS NOT NULL;
CREATE INDEX system_log_more_targets ON system_log (org_id, published) WHERE more_targets;

CREATE TABLE system_log_default PARTITION OF system_log DEFAULT;
SELECT ostiary_wall('system_log_default');

-- The number that an org's newest numbered event has. Whoever numbers holds the org's row.
CREATE TABLE log_numbering (
    org_id bigint NOT NULL,
    last_seq bigint NOT NULL,
    CONSTRAINT log_numbering_pk PRIMARY KEY (org_id)
);
SELECT ostiary_wall('log_numbering');
