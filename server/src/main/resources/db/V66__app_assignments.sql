-- Who was given an app, each by itself. Those who have it by a group have no row, unless something
-- about them was changed: then "scope" says GROUP, and the row holds what was changed.
CREATE TABLE app_user (
    org_id           bigint      NOT NULL,
    app_id           text        COLLATE "C" NOT NULL,
    user_id          text        COLLATE "C" NOT NULL,
    scope            text        COLLATE "C" NOT NULL CHECK (scope IN ('USER', 'GROUP')),
    -- null while the app's template makes it
    user_name        text,
    -- sealed
    password         bytea,
    password_changed timestamptz,
    -- what somebody set, over what mappings make
    profile          jsonb       NOT NULL,
    created          timestamptz NOT NULL,
    last_updated     timestamptz NOT NULL,
    status_changed   timestamptz NOT NULL,
    PRIMARY KEY (org_id, app_id, user_id),
    CONSTRAINT app_user_app
        FOREIGN KEY (org_id, app_id) REFERENCES app (org_id, id) ON DELETE CASCADE,
    CONSTRAINT app_user_user
        FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE
);

CREATE INDEX app_user_of_user ON app_user (org_id, user_id, app_id);

SELECT ostiary_wall('app_user');

-- Which groups were given an app. Among the groups that a user is in, the one with the lowest
-- number says what its profile in the app is; numbers have no holes, and no two share one.
CREATE TABLE app_group (
    org_id       bigint      NOT NULL,
    app_id       text        COLLATE "C" NOT NULL,
    group_id     text        COLLATE "C" NOT NULL,
    priority     integer     NOT NULL,
    profile      jsonb       NOT NULL,
    created      timestamptz NOT NULL,
    last_updated timestamptz NOT NULL,
    PRIMARY KEY (org_id, app_id, group_id),
    CONSTRAINT app_group_priority UNIQUE (org_id, app_id, priority) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT app_group_app
        FOREIGN KEY (org_id, app_id) REFERENCES app (org_id, id) ON DELETE CASCADE,
    CONSTRAINT app_group_group
        FOREIGN KEY (org_id, group_id) REFERENCES groups (org_id, id) ON DELETE CASCADE
);

CREATE INDEX app_group_of_group ON app_group (org_id, group_id, app_id);

SELECT ostiary_wall('app_group');
