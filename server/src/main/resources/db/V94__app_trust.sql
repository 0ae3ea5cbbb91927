-- Claims that an app's tokens and assertions carry beside those of its protocol.
CREATE TABLE app_federated_claim (
    org_id       bigint      NOT NULL,
    app_id       text        COLLATE "C" NOT NULL,
    id           text        COLLATE "C" NOT NULL,
    name         text        COLLATE "C" NOT NULL,
    expression   text        NOT NULL,
    created      timestamptz NOT NULL,
    last_updated timestamptz NOT NULL,
    PRIMARY KEY (org_id, app_id, id),
    CONSTRAINT app_federated_claim_name UNIQUE (org_id, app_id, name),
    CONSTRAINT app_federated_claim_app
        FOREIGN KEY (org_id, app_id) REFERENCES app (org_id, id) ON DELETE CASCADE
);

SELECT ostiary_wall('app_federated_claim');

-- Which app may act in which other one.
CREATE TABLE app_cross_access (
    org_id        bigint      NOT NULL,
    id            text        COLLATE "C" NOT NULL,
    requesting_id text        COLLATE "C" NOT NULL,
    resource_id   text        COLLATE "C" NOT NULL,
    status        text        COLLATE "C" NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE')),
    created       timestamptz NOT NULL,
    last_updated  timestamptz NOT NULL,
    PRIMARY KEY (org_id, id),
    CONSTRAINT app_cross_access_pair UNIQUE (org_id, requesting_id, resource_id),
    CONSTRAINT app_cross_access_requesting
        FOREIGN KEY (org_id, requesting_id) REFERENCES app (org_id, id) ON DELETE CASCADE,
    CONSTRAINT app_cross_access_resource
        FOREIGN KEY (org_id, resource_id) REFERENCES app (org_id, id) ON DELETE CASCADE
);

CREATE INDEX app_cross_access_of_resource ON app_cross_access (org_id, resource_id, id);

SELECT ostiary_wall('app_cross_access');

-- Which apps may ask for single sign-on into an app.
CREATE TABLE app_interclient_trust (
    org_id          bigint      NOT NULL,
    app_id          text        COLLATE "C" NOT NULL,
    allowed_id      text        COLLATE "C" NOT NULL,
    id              text        COLLATE "C" NOT NULL,
    last_updated_by text        COLLATE "C" NOT NULL,
    created         timestamptz NOT NULL,
    PRIMARY KEY (org_id, app_id, allowed_id),
    CONSTRAINT app_interclient_trust_app
        FOREIGN KEY (org_id, app_id) REFERENCES app (org_id, id) ON DELETE CASCADE,
    CONSTRAINT app_interclient_trust_allowed
        FOREIGN KEY (org_id, allowed_id) REFERENCES app (org_id, id) ON DELETE CASCADE
);

CREATE INDEX app_interclient_trust_of_allowed ON app_interclient_trust (org_id, allowed_id, app_id);

SELECT ostiary_wall('app_interclient_trust');
