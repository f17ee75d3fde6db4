-- What a person served in a time, whether somebody else confirmed it (the requester of an order, or
-- who organised or entered it), and whether it is held for a call-back.
-- name: held_records
SELECT r.*, coalesce(r.category, o.category) AS done, coalesce(a.organization, 0) AS held_by,
  CASE WHEN r.order_id = 0 OR (o.confirmed_at > 0 AND o.unconfirmed = 0) THEN 1 ELSE 0 END
    AS confirmed,
  CASE WHEN EXISTS (SELECT 1 FROM figure_spot_checks s WHERE s.record = r.id AND s.held = 1)
    THEN 1 ELSE 0 END AS call_awaited
FROM figure_service_records r LEFT JOIN figure_orders o ON o.id = r.order_id
LEFT JOIN figure_activities a ON a.id = r.activity_id
WHERE r.person = :person AND r.starts_at >= :from AND r.starts_at < :until
ORDER BY r.starts_at, r.id

-- name: records_of_person
SELECT * FROM figure_service_records WHERE person = :person

-- The corrections of a person's records that hold or held: at once, or with the second person's
-- word, by which the record says what was proposed.
-- name: corrections_of_person
SELECT v.* FROM figure_record_versions v JOIN figure_service_records r ON r.id = v.record
WHERE r.person = :person AND v.id <> v.record
  AND (v.waits = 0 OR (r.proposed = 0 AND r.corrections > 0
    AND v.starts_at = r.starts_at AND v.ends_at = r.ends_at))
ORDER BY v.id

-- What puts records in doubt: an objection that nobody has decided, also if the certificate was
-- revoked meanwhile, or a revocation because of the records.
-- name: doubtful_of_person
SELECT * FROM figure_certificates WHERE person = :person
  AND (state = 'held' OR (state = 'revoked'
    AND (reason IN ('records_wrong', 'proven_fraud') OR (objection > 0 AND settled_at = 0))))
ORDER BY id

-- name: valid_of_person
SELECT * FROM figure_certificates WHERE person = :person AND state = 'valid' ORDER BY id DESC

-- As it was typed, or in the form in which numbers are printed.
-- name: of_number
SELECT * FROM figure_certificates WHERE number IN (:number, :printed)

-- name: of_person
SELECT * FROM figure_certificates WHERE person = :person ORDER BY id DESC LIMIT :limit

-- The list of an area and what it counts: one condition, written twice side by side.

-- name: newest_first
SELECT * FROM figure_certificates
WHERE area_path >= :path AND area_path < :path_end
  AND (CAST(:state AS TEXT) IS NULL OR state = :state)
  AND (CAST(:number AS TEXT) IS NULL OR number IN (:number, :printed))
  AND (CAST(:person AS {integer}) = 0 OR person = :person)
  AND posted_until > :posted_after
  AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- name: counted
SELECT count(*) AS certificates, coalesce(sum(minutes), 0) AS minutes FROM figure_certificates
WHERE area_path >= :path AND area_path < :path_end
  AND (CAST(:state AS TEXT) IS NULL OR state = :state)
  AND (CAST(:number AS TEXT) IS NULL OR number IN (:number, :printed))
  AND (CAST(:person AS {integer}) = 0 OR person = :person)
  AND posted_until > :posted_after

-- What is posted now, for a member of the team that issued it, or for who serves below its office.
-- name: posted_for
SELECT c.* FROM figure_certificates c
WHERE c.posted_until > :now AND c.state <> 'revoked'
  AND ((c.organization > 0 AND EXISTS (SELECT 1 FROM figure_memberships m
      WHERE m.organization = c.organization AND m.person = :person AND m.state = 'member'))
    OR (c.organization = 0 AND EXISTS (SELECT 1 FROM figure_standings s
      WHERE s.id = :person AND substr(s.area_path, 1, length(c.area_path)) = c.area_path)))
ORDER BY c.id DESC LIMIT :limit

-- The same of one certificate.
-- name: posted_to
SELECT count(*) AS posted FROM figure_certificates c
WHERE c.id = :id AND c.posted_until > :now AND c.state <> 'revoked'
  AND ((c.organization > 0 AND EXISTS (SELECT 1 FROM figure_memberships m
      WHERE m.organization = c.organization AND m.person = :person AND m.state = 'member'))
    OR (c.organization = 0 AND EXISTS (SELECT 1 FROM figure_standings s
      WHERE s.id = :person AND substr(s.area_path, 1, length(c.area_path)) = c.area_path)))

-- name: issuers_in
SELECT * FROM figure_certificate_issuers
WHERE area_path >= :path AND area_path < :path_end
ORDER BY area_path, issuer LIMIT :limit
