-- Event hooks: what they are, and how far each has come in the org's log.
CREATE TABLE event_hook (
    org_id       bigint      NOT NULL,
    id           text        COLLATE "C" NOT NULL,
    active       boolean     NOT NULL,
    -- whether the receiver has proven that it is meant
    verified     boolean     NOT NULL,
    -- what a client said of it, without the secret
    body         jsonb       NOT NULL,
    -- the value of the header that proves who calls, encrypted; null for none
    secret       bytea,
    -- its own URL, as the client that made it reached this server
    source       text        NOT NULL,
    created_by   text        COLLATE "C",
    created      timestamptz NOT NULL,
    last_updated timestamptz NOT NULL,
    -- the number of the last event that was delivered, or passed over
    position     bigint      NOT NULL,
    -- a delivery that has begun: up to which number, under which id
    batch_end    bigint,
    batch_id     text        COLLATE "C",
    -- when to look at it next; well after the end of a delivery while one is under way
    due          timestamptz NOT NULL,
    PRIMARY KEY (org_id, id)
);

CREATE INDEX event_hook_due ON event_hook (due) WHERE active AND verified;

SELECT ostiary_wall('event_hook');

-- Hook keys are documents; a name (without case) stands once in an org.
CREATE UNIQUE INDEX hook_key_name ON document (org_id, (body ->> 'nameKey'))
    WHERE kind = 'hookKey';
