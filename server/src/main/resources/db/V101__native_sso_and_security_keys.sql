-- Which assurance the sign-in had that a device's secret came of.
ALTER TABLE device_secret ADD COLUMN acr text COLLATE "C";

-- A challenge that a user's security keys sign for a client is a step as the others are.
ALTER TABLE direct_authentication DROP CONSTRAINT direct_authentication_kind_check;

ALTER TABLE direct_authentication ADD CONSTRAINT direct_authentication_kind_check
    CHECK (kind IN ('MFA', 'OOB', 'BACKCHANNEL', 'WEBAUTHN'));
