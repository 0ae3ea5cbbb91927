-- Keys that sign for apps, with their certificates. The first key of an app has its name from the
-- app's first day, and its row from its first use: making one takes a tenth of a second.
CREATE TABLE app_key (
    org_id       bigint      NOT NULL,
    app_id       text        COLLATE "C" NOT NULL,
    kid          text        COLLATE "C" NOT NULL,
    -- X.509, DER
    certificate  bytea       NOT NULL,
    -- PKCS#8, sealed
    private_key  bytea       NOT NULL,
    created      timestamptz NOT NULL,
    last_updated timestamptz NOT NULL,
    expires      timestamptz NOT NULL,
    PRIMARY KEY (org_id, app_id, kid),
    CONSTRAINT app_key_app
        FOREIGN KEY (org_id, app_id) REFERENCES app (org_id, id) ON DELETE CASCADE
);

SELECT ostiary_wall('app_key');

-- Requests for certificates that somebody else is to sign; the key waits sealed.
CREATE TABLE app_csr (
    org_id      bigint      NOT NULL,
    app_id      text        COLLATE "C" NOT NULL,
    id          text        COLLATE "C" NOT NULL,
    -- PKCS#10, DER
    request     bytea       NOT NULL,
    private_key bytea       NOT NULL,
    created     timestamptz NOT NULL,
    PRIMARY KEY (org_id, app_id, id),
    CONSTRAINT app_csr_app
        FOREIGN KEY (org_id, app_id) REFERENCES app (org_id, id) ON DELETE CASCADE
);

SELECT ostiary_wall('app_csr');
