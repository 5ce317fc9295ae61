-- Every line of a file was accepted or rejected.
-- damage: update ingest.files set rows_accepted = rows_accepted - 1
select file, rows_read, rows_accepted, lines_rejected
from ingest.files
where rows_read <> rows_accepted + lines_rejected
