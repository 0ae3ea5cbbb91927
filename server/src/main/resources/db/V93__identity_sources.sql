-- What the identity source calls a user that the app is; null for users of other apps.
ALTER TABLE app_user ADD COLUMN external_id text COLLATE "C";

CREATE UNIQUE INDEX app_user_external ON app_user (org_id, app_id, external_id)
    WHERE external_id IS NOT NULL;

-- What an identity source calls a group that it brought.
CREATE TABLE identity_source_group (
    org_id      bigint NOT NULL,
    source_id   text   COLLATE "C" NOT NULL,
    external_id text   COLLATE "C" NOT NULL,
    group_id    text   COLLATE "C" NOT NULL,
    PRIMARY KEY (org_id, source_id, external_id),
    CONSTRAINT identity_source_group_app
        FOREIGN KEY (org_id, source_id) REFERENCES app (org_id, id) ON DELETE CASCADE,
    CONSTRAINT identity_source_group_group
        FOREIGN KEY (org_id, group_id) REFERENCES groups (org_id, id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX identity_source_group_of_group
    ON identity_source_group (org_id, group_id);

SELECT ostiary_wall('identity_source_group');

-- An import of an identity source: what is to be done is loaded first, then done, a load at a time.
CREATE TABLE identity_source_session (
    org_id       bigint      NOT NULL,
    id           text        COLLATE "C" NOT NULL,
    source_id    text        COLLATE "C" NOT NULL,
    status       text        COLLATE "C" NOT NULL CHECK (status IN ('CREATED', 'IN_PROGRESS',
        'TRIGGERED', 'COMPLETED', 'CLOSED', 'EXPIRED', 'ERROR')),
    -- how many loads there are, and how many of them are done
    loads        integer     NOT NULL,
    done         integer     NOT NULL,
    -- what became of them, by name
    counts       jsonb       NOT NULL,
    -- the transaction that its events name
    job          text        NOT NULL,
    created      timestamptz NOT NULL,
    last_updated timestamptz NOT NULL,
    triggered    timestamptz,
    PRIMARY KEY (org_id, id),
    CONSTRAINT identity_source_session_app
        FOREIGN KEY (org_id, source_id) REFERENCES app (org_id, id) ON DELETE CASCADE
);

CREATE INDEX identity_source_session_of_source
    ON identity_source_session (org_id, source_id, id);

CREATE INDEX identity_source_session_open ON identity_source_session (status, last_updated)
    WHERE status IN ('CREATED', 'IN_PROGRESS', 'TRIGGERED');

SELECT ostiary_wall('identity_source_session');

-- What was loaded into a session; gone once the session is over.
CREATE TABLE identity_source_load (
    org_id     bigint  NOT NULL,
    session_id text    COLLATE "C" NOT NULL,
    number     integer NOT NULL,
    kind       text    COLLATE "C" NOT NULL,
    body       text    NOT NULL,
    PRIMARY KEY (org_id, session_id, number),
    CONSTRAINT identity_source_load_session FOREIGN KEY (org_id, session_id)
        REFERENCES identity_source_session (org_id, id) ON DELETE CASCADE
);

SELECT ostiary_wall('identity_source_load');
