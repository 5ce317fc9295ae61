-- The quarantine holds, whole, every row that was refused and every line that could not be read.
-- for each: table
-- damage: delete from quarantine.rows where line = (select min(line) from quarantine.rows)
with

kept as (
    select count(*) as row_count
    from quarantine.rows
    where table_name = getvariable('staged')
),

told as (
    select coalesce(sum(quarantined + lines_rejected), 0) as row_count
    from ingest.tables
    where table_name = getvariable('staged')
)

select kept.row_count as kept, told.row_count as refused
from kept
cross join told
where kept.row_count <> told.row_count
