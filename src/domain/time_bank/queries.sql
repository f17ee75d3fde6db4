-- The ledger and what people earned.

-- The fact of a posting.
-- name: fact_of_posting
SELECT body FROM journal WHERE position = :position

-- Everybody's time on an order, as it is recorded and corrected by now.
-- What is held for a call-back earns after it.
-- name: times_of_order
SELECT id, person, ends_at, minutes, time_was FROM figure_service_records r
WHERE order_id = :order AND minutes > 0
  AND NOT EXISTS (SELECT 1 FROM figure_spot_checks s WHERE s.record = r.id AND s.held = 1)
ORDER BY id

-- name: earning_of_record
SELECT id FROM figure_earned_times WHERE record = :record AND reversed = 0
ORDER BY id DESC LIMIT 1

-- name: calls_awaited
SELECT count(*) AS checks FROM figure_spot_checks WHERE record = :record AND held = 1

-- name: calls_that_proved_false
SELECT count(*) AS checks FROM figure_spot_checks WHERE record = :record AND state = 'reversed'

-- Whatever became of it.
-- name: judgement_of_record
SELECT id, reversed, taken_back FROM figure_earned_times WHERE record = :record
ORDER BY id DESC LIMIT 1

-- name: earned_by
SELECT * FROM figure_earned_times WHERE person = :person AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- What was earned stands among the services. Of what was granted: that it came, and went again.
-- name: moved_for
SELECT * FROM figure_postings
WHERE person = :person AND account IN ('person', 'grant') AND fact_kind <> 'earning.judged'
  AND (account = 'person'
    OR fact_kind IN ('credit.granted', 'credit.lapsed', 'posting.reversed'))
  AND posting < :before_id
ORDER BY posting DESC LIMIT :limit

-- The legs on people's accounts, of whoever belongs to the area.
-- name: posted_in
SELECT l.* FROM figure_postings l JOIN figure_people p ON p.id = l.person
WHERE l.account = 'person' AND p.area_path >= :path AND p.area_path < :path_end
  AND l.posted_at >= :from AND l.posted_at < :until
  AND (l.posting < :before_id OR (l.posting = :before_id AND l.leg > :after_leg))
ORDER BY l.posting DESC, l.leg LIMIT :limit

-- name: legs_of
SELECT * FROM figure_postings WHERE posting = :posting ORDER BY leg

-- name: all_postings
SELECT * FROM figure_postings ORDER BY posting, leg

-- name: postings_that_do_not_balance
SELECT posting, sum(minutes) AS minutes FROM figure_postings
GROUP BY posting HAVING sum(minutes) <> 0 ORDER BY posting

-- name: all_balances
SELECT id, account, balance FROM figure_time_accounts ORDER BY id

-- name: account_totals
SELECT account, count(DISTINCT person) AS accounts, sum(minutes) AS minutes FROM figure_postings
WHERE posted_at < :until GROUP BY account ORDER BY account

-- name: flows
SELECT fact_kind, count(DISTINCT posting) AS postings,
  sum(CASE WHEN minutes > 0 THEN minutes ELSE 0 END) AS minutes
FROM figure_postings WHERE posted_at >= :from AND posted_at < :until
GROUP BY fact_kind ORDER BY fact_kind

-- name: balances_with_age
SELECT l.person, sum(l.minutes) AS minutes, max(p.age_years) AS age_years,
  max(p.registered_at) AS registered_at
FROM figure_postings l JOIN figure_people p ON p.id = l.person
WHERE l.account = 'person' AND l.posted_at < :until GROUP BY l.person HAVING sum(l.minutes) > 0

-- name: delivered
SELECT coalesce(sum(minutes), 0) AS minutes, count(DISTINCT posting) AS postings
FROM figure_postings
WHERE fact_kind = 'earning.judged' AND minutes > 0 AND reversed = 0
  AND posted_at >= :from AND posted_at < :until

-- The same as a month knew it that was published by the fact at `position`.
-- name: delivered_before
SELECT coalesce(sum(minutes), 0) AS minutes, count(DISTINCT posting) AS postings
FROM figure_postings l
WHERE fact_kind = 'earning.judged' AND minutes > 0 AND posted_at >= :from AND posted_at < :until
  AND posting < :position
  AND (reversed = 0 OR NOT EXISTS (
    SELECT 1 FROM fact_subjects s JOIN journal j ON j.position = s.position
    WHERE s.noun = 'posting' AND s.id = l.posting AND s.position < :position
      AND j.kind = 'posting.reversed'))

-- name: last_posting_before
SELECT posting FROM figure_postings WHERE posted_at < :until
ORDER BY posted_at DESC, posting DESC LIMIT 1

-- name: statement_months
SELECT (SELECT max(until_at) FROM figure_time_statements) AS last_until,
  (SELECT min(posted_at) FROM figure_postings) AS first_posted

-- name: last_statements
SELECT * FROM figure_time_statements ORDER BY until_at DESC LIMIT :limit

-- What a person has booked in a month, less what came back of it, whenever that was.
-- name: held_between
SELECT coalesce(sum(-minutes), 0) AS minutes FROM figure_postings l
WHERE person = :person AND account IN ('person', 'grant') AND EXISTS (
  SELECT 1 FROM figure_credit_holds h WHERE h.id = l.order_id AND h.person = l.person
    AND h.held_at >= :from AND h.held_at < :until)

-- What stands in this turn is not in it.
-- name: minutes_served
SELECT coalesce(sum(coalesce(r.minutes, o.minutes)), 0) AS minutes
FROM figure_offers o
LEFT JOIN figure_service_records r ON r.order_id = o.order_id AND r.person = o.person
WHERE o.order_id = :order AND o.state = 'delivered'

-- name: orders_since
SELECT count(*) AS orders,
  coalesce(sum(CASE WHEN funding <> 'public_service' THEN 1 ELSE 0 END), 0) AS booked
FROM figure_orders WHERE opened_at >= :from

-- name: gifts_since
SELECT coalesce(sum(-minutes), 0) AS minutes FROM figure_postings
WHERE person = :person AND fact_kind = 'credit.gifted' AND minutes < 0 AND reversed = 0
  AND posted_at >= :from

-- name: due_lapses
SELECT person, lapses_at FROM figure_time_accounts
WHERE lapses_at > 0 AND lapses_at <= :now ORDER BY lapses_at, id LIMIT :limit

-- name: due_rests
SELECT person, rests_at FROM figure_time_accounts
WHERE dormant = 0 AND rests_at > 0 AND rests_at <= :now ORDER BY rests_at, id LIMIT :limit

-- name: peers
SELECT * FROM figure_time_peers ORDER BY state, name, id

-- name: transfer_received
SELECT * FROM figure_transfers WHERE ledger = :ledger AND number = :number

-- name: transfers_in
SELECT * FROM figure_transfers
WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- name: open_listings_of
SELECT count(*) AS listings FROM figure_listings WHERE person = :person AND state = 'open'

-- name: due_listings
SELECT id, lapses_at FROM figure_listings
WHERE lapses_at > 0 AND lapses_at <= :now ORDER BY lapses_at, id LIMIT :limit

-- name: open_listings_in
SELECT l.* FROM figure_listings l JOIN figure_people p ON p.id = l.person
WHERE l.state = 'open' AND p.erased = 0 AND l.area_path >= :path AND l.area_path < :path_end
  AND (CAST(:side AS TEXT) IS NULL OR l.side = :side) AND l.id < :before_id
ORDER BY l.id DESC LIMIT :limit

-- name: exchanges_of
SELECT * FROM figure_exchanges
WHERE (giver = :person OR receiver = :person) AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- name: exchanges_in
SELECT * FROM figure_exchanges
WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- name: entitlements_asked
SELECT * FROM figure_entitlements
WHERE state = 'asked' AND area_path >= :path AND area_path < :path_end
  AND (asked_at > :after_sort OR (asked_at = :after_sort AND id > :after_id))
ORDER BY asked_at, id LIMIT :limit

-- The last grant before a position: of one person's postings only.
-- name: grant_before
SELECT posting FROM figure_postings
WHERE person = :person AND account = 'grant' AND fact_kind = 'credit.granted'
  AND posting < :posting
ORDER BY posting DESC LIMIT 1

-- What a figure of somebody's time opens to; with how it was judged, where a leg is of a judgement
-- or undoes one.
-- name: legs_of_account
SELECT l.*, t.why, t.judged_at FROM figure_postings l
LEFT JOIN figure_earned_times t ON t.id = CASE WHEN l.undoes > 0 THEN l.undoes ELSE l.posting END
WHERE l.person = :person AND l.account = :account
  AND (l.posting < :before_id OR (l.posting = :before_id AND l.leg > :after_leg))
ORDER BY l.posting DESC, l.leg LIMIT :limit

-- name: credited_sums
SELECT count(*) AS times, coalesce(sum(credited), 0) AS minutes FROM figure_earned_times
WHERE person = :person AND credited > 0 AND reversed = 0 AND ends_at >= :from AND ends_at < :until

-- name: credited_times
SELECT * FROM figure_earned_times
WHERE person = :person AND credited > 0 AND reversed = 0 AND ends_at >= :from AND ends_at < :until
  AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- name: pooled_sums
SELECT count(*) AS times, coalesce(sum(pooled), 0) AS minutes FROM figure_earned_times
WHERE person = :person AND pooled > 0 AND reversed = 0

-- name: pooled_times
SELECT * FROM figure_earned_times
WHERE person = :person AND pooled > 0 AND reversed = 0 AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- Of each record what was judged last, unless all of it was credited; what waits for a call-back is
-- told by that. Of services that ended in a window.
-- name: left_out_times
SELECT * FROM figure_earned_times t
WHERE person = :person AND (why <> 'credited' OR reversed = 1)
  AND ends_at >= :from AND ends_at < :until
  AND NOT EXISTS (SELECT 1 FROM figure_earned_times n WHERE n.record = t.record AND n.id > t.id)
  AND NOT EXISTS (SELECT 1 FROM figure_spot_checks s WHERE s.record = t.record AND s.held = 1)
ORDER BY id DESC LIMIT :limit

-- name: count_left_out
SELECT count(*) AS times FROM figure_earned_times t
WHERE person = :person AND (why <> 'credited' OR reversed = 1)
  AND ends_at >= :from AND ends_at < :until
  AND NOT EXISTS (SELECT 1 FROM figure_earned_times n WHERE n.record = t.record AND n.id > t.id)
  AND NOT EXISTS (SELECT 1 FROM figure_spot_checks s WHERE s.record = t.record AND s.held = 1)

-- With what it would be judged by: as it was judged before, or as the order or the entry will be.
-- name: records_awaiting_call
SELECT r.id, r.ends_at, r.minutes, r.proposed_minutes, r.time_was,
  coalesce(t.category, o.category, r.category) AS category,
  coalesce(t.minutes_planned, o.minutes_planned) AS minutes_planned,
  coalesce(t.served_as, CASE WHEN o.id IS NULL THEN 'entered' ELSE 'order' END) AS served_as,
  coalesce(t.taken_back, 0) AS taken_back,
  (SELECT min(n.judged_at) FROM figure_earned_times n WHERE n.record = r.id) AS noted_at
FROM figure_service_records r
LEFT JOIN figure_orders o ON o.id = r.order_id
LEFT JOIN figure_earned_times t
  ON t.id = (SELECT max(n.id) FROM figure_earned_times n WHERE n.record = r.id)
WHERE r.person = :person AND r.ends_at >= :from AND r.ends_at < :until
  AND EXISTS (SELECT 1 FROM figure_spot_checks s WHERE s.record = r.id AND s.held = 1)
ORDER BY r.id DESC LIMIT :limit

-- name: count_awaiting_call
SELECT count(*) AS records FROM figure_service_records r
WHERE person = :person AND ends_at >= :from AND ends_at < :until
  AND EXISTS (SELECT 1 FROM figure_spot_checks s WHERE s.record = r.id AND s.held = 1)

-- What a total opens to.
-- name: account_parts
SELECT account, fact_kind, count(DISTINCT posting) AS postings, sum(minutes) AS minutes,
  max(posted_at) AS last_at
FROM figure_postings WHERE posted_at < :until
GROUP BY account, fact_kind ORDER BY account, fact_kind

-- name: moved_in
SELECT account, fact_kind, count(DISTINCT posting) AS postings FROM figure_postings
WHERE posted_at >= :from AND posted_at < :until GROUP BY account, fact_kind

-- Which accounts a posting changed, a bit each (LedgerAccount in its order), and how many did so.
-- name: posted_flows
SELECT fact_kind, accounts, count(*) AS postings, max(posted_at) AS last_at FROM (
  SELECT posting, fact_kind, posted_at, CAST(sum(place) AS BIGINT) AS accounts FROM (
    SELECT posting, fact_kind, posted_at, CASE account
        WHEN 'person' THEN 1 WHEN 'held' THEN 2 WHEN 'grant' THEN 4 WHEN 'pool' THEN 8
        WHEN 'issued' THEN 16 WHEN 'redeemed' THEN 32 WHEN 'lost' THEN 64
        WHEN 'disputed' THEN 128 WHEN 'transferred' THEN 256 END AS place
    FROM figure_postings WHERE posted_at >= :from AND posted_at < :until
    GROUP BY posting, fact_kind, posted_at, account HAVING sum(minutes) <> 0) changed
  GROUP BY posting, fact_kind, posted_at) whole
GROUP BY fact_kind, accounts ORDER BY fact_kind, accounts

-- name: left_out_in
SELECT why, count(*) AS times, sum(minutes - credited) AS minutes FROM figure_earned_times
WHERE judged_at >= :from AND judged_at < :until AND why <> 'credited'
GROUP BY why ORDER BY why

-- name: awaiting_call_in
SELECT count(*) AS records, coalesce(sum(minutes), 0) AS minutes FROM figure_service_records
WHERE id IN (SELECT record FROM figure_spot_checks WHERE held = 1)
  AND ends_at >= :from AND ends_at < :until

-- What a person has booked in a month, and what came back of it.
-- name: booked_sums
SELECT count(*) AS postings,
  coalesce(sum(CASE WHEN minutes < 0 THEN -minutes ELSE 0 END), 0) AS came,
  coalesce(sum(CASE WHEN minutes > 0 THEN minutes ELSE 0 END), 0) AS went
FROM figure_postings l
WHERE person = :person AND account IN ('person', 'grant') AND EXISTS (
  SELECT 1 FROM figure_credit_holds h WHERE h.id = l.order_id AND h.person = l.person
    AND h.held_at >= :from AND h.held_at < :until)

-- name: booked_legs
SELECT l.*, NULL AS why, NULL AS judged_at FROM figure_postings l
WHERE person = :person AND account IN ('person', 'grant') AND EXISTS (
  SELECT 1 FROM figure_credit_holds h WHERE h.id = l.order_id AND h.person = l.person
    AND h.held_at >= :from AND h.held_at < :until)
  AND (posting < :before_id OR (posting = :before_id AND leg > :after_leg))
ORDER BY posting DESC, leg LIMIT :limit

-- The legs on one account, of whoever belongs to the area; those of nobody if the posting is about
-- people of the area: a leg is theirs, or it is of a time that they served for the pool.
-- name: posted_to
SELECT l.* FROM figure_postings l LEFT JOIN figure_people p ON p.id = l.person
WHERE l.account = :account AND (CAST(:kind AS TEXT) IS NULL OR l.fact_kind = :kind)
  AND l.posted_at >= :from AND l.posted_at < :until
  AND (l.posting < :before_id OR (l.posting = :before_id AND l.leg > :after_leg))
  AND ((p.area_path >= :path AND p.area_path < :path_end)
    OR (l.person = 0 AND EXISTS (
          SELECT 1 FROM figure_postings o JOIN figure_people q ON q.id = o.person
          WHERE o.posting = l.posting AND q.area_path >= :path AND q.area_path < :path_end))
    OR (l.person = 0 AND EXISTS (
          SELECT 1 FROM figure_earned_times t JOIN figure_people q ON q.id = t.person
          WHERE (t.id = l.posting OR t.id = l.undoes)
            AND q.area_path >= :path AND q.area_path < :path_end)))
ORDER BY l.posting DESC, l.leg LIMIT :limit

-- The same of one kind: where it came to, and where it left if it came to somebody of elsewhere.
-- name: posted_as
SELECT l.* FROM figure_postings l LEFT JOIN figure_people p ON p.id = l.person
WHERE l.fact_kind = :kind AND l.posted_at >= :from AND l.posted_at < :until
  AND (l.posting < :before_id OR (l.posting = :before_id AND l.leg > :after_leg))
  AND (l.minutes > 0 OR EXISTS (
         SELECT 1 FROM figure_postings o JOIN figure_people q ON q.id = o.person
         WHERE o.posting = l.posting AND o.minutes > 0
           AND NOT (q.area_path >= :path AND q.area_path < :path_end)))
  AND ((p.area_path >= :path AND p.area_path < :path_end)
    OR (l.person = 0 AND EXISTS (
          SELECT 1 FROM figure_postings o JOIN figure_people q ON q.id = o.person
          WHERE o.posting = l.posting AND q.area_path >= :path AND q.area_path < :path_end))
    OR (l.person = 0 AND EXISTS (
          SELECT 1 FROM figure_earned_times t JOIN figure_people q ON q.id = t.person
          WHERE (t.id = l.posting OR t.id = l.undoes)
            AND q.area_path >= :path AND q.area_path < :path_end)))
ORDER BY l.posting DESC, l.leg LIMIT :limit
