-- Devices on which users have proven a factor, where that shall be remembered: so a policy need not ask
-- again at once. The last twenty of a user are kept.
CREATE TABLE remembered_device (
    org_id  bigint      NOT NULL,
    user_id text        COLLATE "C" NOT NULL,
    -- SHA-256 of the device's token
    device  bytea       NOT NULL,
    proven  timestamptz NOT NULL,
    PRIMARY KEY (org_id, user_id, device),
    CONSTRAINT remembered_device_user
        FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE
);

SELECT ostiary_wall('remembered_device');

-- Whether the cookie of the session survives the end of the browser.
ALTER TABLE session_token ADD COLUMN persistent boolean NOT NULL DEFAULT false;
