-- A row of a user and a row of the log in one transaction, in an org of their own that is emptied afterwards. The
-- server writes more for a user: its search document, an event more, an invitation.
\set a random(1, 1000000000)
\set b random(1, 1000000000)
BEGIN;
INSERT INTO users (org_id, id, version, status, created, activated, status_changed, last_updated,
    password_changed, type_id, profile, login_key, provider_type, provider_name, password_hash,
    password_hook, recovery_question, recovery_answer)
VALUES (:org, '00u' || lpad(:a::text, 9, '0') || lpad(:b::text, 9, '0'), 0, 'STAGED', now(), NULL,
    NULL, now(), NULL, NULL,
    jsonb_build_object('firstName', 'Isaac', 'lastName', 'Brock', 'mobilePhone', '555-415-1337',
        'email', :a || '.' || :b || '@example.com', 'login', :a || '.' || :b || '@example.com'),
    :a || '.' || :b || '@example.com', 'OKTA', 'OKTA', NULL, false, NULL, NULL);
INSERT INTO system_log (org_id, uuid, published, recorded_at, ordinal, event_type, actor_id, target_id, body)
VALUES (:org, gen_random_uuid(), now(), now(), 0, 'user.lifecycle.create', '00u00000000000000000',
    '00u' || lpad(:a::text, 9, '0') || lpad(:b::text, 9, '0'),
    '@EVENT@');
COMMIT;
