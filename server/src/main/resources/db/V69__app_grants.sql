-- Scopes of the API that administrators let apps have.
CREATE TABLE app_grant (
    org_id       bigint      NOT NULL,
    app_id       text        COLLATE "C" NOT NULL,
    id           text        COLLATE "C" NOT NULL,
    scope        text        COLLATE "C" NOT NULL,
    -- the administrator
    created_by   text        COLLATE "C" NOT NULL,
    created      timestamptz NOT NULL,
    PRIMARY KEY (org_id, app_id, id),
    CONSTRAINT app_grant_app
        FOREIGN KEY (org_id, app_id) REFERENCES app (org_id, id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX app_grant_scope ON app_grant (org_id, app_id, scope);

SELECT ostiary_wall('app_grant');
