-- How an app is reached to have users and groups pushed to it. There is a row once somebody said so.
CREATE TABLE app_connection (
    org_id        bigint      NOT NULL,
    app_id        text        COLLATE "C" NOT NULL,
    status        text        COLLATE "C" NOT NULL CHECK (status IN ('ENABLED', 'DISABLED')),
    auth_scheme   text        COLLATE "C" NOT NULL CHECK (auth_scheme IN ('TOKEN', 'OAUTH2')),
    base_url      text,
    client_id     text,
    rotation_mode text        COLLATE "C",
    admin_name    text,
    -- the token, or the administrator's password; sealed
    secret        bytea,
    last_updated  timestamptz NOT NULL,
    PRIMARY KEY (org_id, app_id),
    CONSTRAINT app_connection_app
        FOREIGN KEY (org_id, app_id) REFERENCES app (org_id, id) ON DELETE CASCADE
);

SELECT ostiary_wall('app_connection');

-- What provisioning does, where it is not what it does by itself.
CREATE TABLE app_feature (
    org_id       bigint      NOT NULL,
    app_id       text        COLLATE "C" NOT NULL,
    name         text        COLLATE "C" NOT NULL,
    capabilities jsonb       NOT NULL,
    PRIMARY KEY (org_id, app_id, name),
    CONSTRAINT app_feature_app
        FOREIGN KEY (org_id, app_id) REFERENCES app (org_id, id) ON DELETE CASCADE
);

SELECT ostiary_wall('app_feature');

-- Which group of the org is pushed to which group of an app.
CREATE TABLE group_push_mapping (
    org_id       bigint      NOT NULL,
    app_id       text        COLLATE "C" NOT NULL,
    id           text        COLLATE "C" NOT NULL,
    source_id    text        COLLATE "C" NOT NULL,
    target_id    text        COLLATE "C" NOT NULL,
    status       text        COLLATE "C" NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE', 'ERROR')),
    app_config   jsonb,
    created      timestamptz NOT NULL,
    last_updated timestamptz NOT NULL,
    last_push    timestamptz,
    PRIMARY KEY (org_id, app_id, id),
    CONSTRAINT group_push_mapping_source UNIQUE (org_id, app_id, source_id),
    CONSTRAINT group_push_mapping_target UNIQUE (org_id, app_id, target_id),
    CONSTRAINT group_push_mapping_app
        FOREIGN KEY (org_id, app_id) REFERENCES app (org_id, id) ON DELETE CASCADE,
    CONSTRAINT group_push_mapping_source_group
        FOREIGN KEY (org_id, source_id) REFERENCES groups (org_id, id) ON DELETE CASCADE,
    CONSTRAINT group_push_mapping_target_group
        FOREIGN KEY (org_id, target_id) REFERENCES groups (org_id, id) ON DELETE CASCADE
);

SELECT ostiary_wall('group_push_mapping');
