-- The user's session that a code or a token comes of, if it comes of one; a session that has ended leaves its id.
ALTER TABLE authorization_code ADD COLUMN session_id text COLLATE "C";

ALTER TABLE refresh_token ADD COLUMN session_id text COLLATE "C";

ALTER TABLE polled_request ADD COLUMN session_id text COLLATE "C";

ALTER TABLE device_secret ADD COLUMN session_id text COLLATE "C";

ALTER TABLE access_token ADD COLUMN session_id text COLLATE "C";

-- The language of an org is kept in memory under the version of its brands from now on.
UPDATE org SET config_versions = config_versions || '{"brands": 1}'
WHERE EXISTS (SELECT 1 FROM document d WHERE d.org_id = org.org_id AND d.kind = 'brand');
