-- A staging table holds the rows that were loaded into it.
-- for each: table
-- damage: delete from staging.tickets where ticket_id = (select min(ticket_id) from staging.tickets)
with

staged as (
    select count(*) as row_count
    from query_table('staging.' || getvariable('staged'))
),

told as (
    select coalesce(sum(loaded), 0) as row_count
    from ingest.tables
    where table_name = getvariable('staged')
)

select staged.row_count as staged, told.row_count as loaded
from staged
cross join told
where staged.row_count <> told.row_count
