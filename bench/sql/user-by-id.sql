-- What GET /api/v1/users/{id} reads; bench/run puts ids in.
SELECT u.id, u.version, u.status, u.created, u.activated, u.status_changed, u.last_login,
    u.last_updated, u.password_changed, u.type_id, u.profile,
    u.password_hash IS NOT NULL OR u.password_hook, u.recovery_question, u.provider_type,
    u.provider_name
FROM users u WHERE u.org_id = :org AND u.id = '@ID@';
