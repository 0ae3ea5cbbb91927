-- What users sign in to. The apps that every org has are virtual and have no rows.
CREATE TABLE app (
    org_id        bigint      NOT NULL,
    id            text        COLLATE "C" NOT NULL,
    name          text        COLLATE "C" NOT NULL,
    -- made for this org alone: then no two share its name
    custom        boolean     NOT NULL,
    label         text        NOT NULL,
    label_folded  text        COLLATE "C" NOT NULL,
    status        text        COLLATE "C" NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE')),
    sign_on_mode  text        COLLATE "C" NOT NULL,
    -- the key that signs for it; the key itself may not have been made yet
    kid           text        COLLATE "C",
    -- its name as an OAuth client
    client_id     text        COLLATE "C",
    -- what a client may set, as the wire has it, in its order; no secret
    body          text        NOT NULL,
    -- the policies that say how people sign in to it and enrol; null for those that every org has
    access_policy     text    COLLATE "C",
    enrollment_policy text    COLLATE "C",
    -- the password that all users share, sealed
    password      bytea,
    created       timestamptz NOT NULL,
    last_updated  timestamptz NOT NULL,
    PRIMARY KEY (org_id, id)
);

CREATE UNIQUE INDEX app_custom_name ON app (org_id, name) WHERE custom;
CREATE UNIQUE INDEX app_client_id ON app (org_id, client_id) WHERE client_id IS NOT NULL;
CREATE INDEX app_name ON app (org_id, name, id);
CREATE INDEX app_label ON app (org_id, label_folded, id);
CREATE INDEX app_kid ON app (org_id, kid) WHERE kid IS NOT NULL;

SELECT ostiary_wall('app');

-- Secrets by which OAuth clients prove themselves, two at most; sealed, since administrators may read them.
CREATE TABLE app_secret (
    org_id        bigint      NOT NULL,
    app_id        text        COLLATE "C" NOT NULL,
    id            text        COLLATE "C" NOT NULL,
    status        text        COLLATE "C" NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE')),
    sealed        bytea       NOT NULL,
    hash          text        NOT NULL,
    created       timestamptz NOT NULL,
    last_updated  timestamptz NOT NULL,
    PRIMARY KEY (org_id, app_id, id),
    CONSTRAINT app_secret_app
        FOREIGN KEY (org_id, app_id) REFERENCES app (org_id, id) ON DELETE CASCADE
);

SELECT ostiary_wall('app_secret');
