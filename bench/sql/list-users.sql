-- What the first page of GET /api/v1/users?limit=200 reads: one row more than it shows.
SELECT u.id, u.version, u.status, u.created, u.activated, u.status_changed, u.last_login,
    u.last_updated, u.password_changed, u.type_id, u.profile,
    u.password_hash IS NOT NULL OR u.password_hook, u.recovery_question, u.provider_type,
    u.provider_name
FROM users u WHERE u.org_id = :org AND u.status <> 'DEPROVISIONED'
ORDER BY u.id LIMIT 201;
