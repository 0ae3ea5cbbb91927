-- From where sign-ins failed of late, in orgs that look: an address, or a network of IPv6.
CREATE TABLE failing_address (
    org_id   bigint      NOT NULL,
    network  text        COLLATE "C" NOT NULL,
    failures integer     NOT NULL,
    since    timestamptz NOT NULL,
    latest   timestamptz NOT NULL,
    -- when the log was told last; null for never
    told     timestamptz,
    PRIMARY KEY (org_id, network)
);

CREATE INDEX failing_address_latest ON failing_address (org_id, latest);

SELECT ostiary_wall('failing_address');

-- Failed attempts from devices that a user never came from, where they are counted apart.
CREATE TABLE unknown_device_failure (
    org_id   bigint      NOT NULL,
    user_id  text        COLLATE "C" NOT NULL,
    failures integer     NOT NULL,
    -- since when they are refused; null while they are not
    locked   timestamptz,
    PRIMARY KEY (org_id, user_id),
    CONSTRAINT unknown_device_failure_user
        FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE
);

SELECT ostiary_wall('unknown_device_failure');
