-- Every row that was mapped is loaded, in the quarantine, or the copy of one that is loaded.
-- damage: update ingest.tables set duplicates = duplicates + 1
select table_name, rows_mapped, loaded, quarantined, duplicates
from ingest.tables
where rows_mapped <> loaded + quarantined + duplicates
