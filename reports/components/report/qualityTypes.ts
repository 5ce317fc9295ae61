/** What the build read and refused, as the site publishes it. */
export interface Quality {
  files: QualityFile[];
  tables: QualityTable[];
  reasons: QualityReason[];
  warnings: QualityWarning[];
}

export interface QualityFile {
  table_name: string;
  file: string;
  rows_read: number;
  rows_accepted: number;
  lines_rejected: number;
}

export interface QualityTable {
  table_name: string;
  rows_mapped: number;
  loaded: number;
  quarantined: number;
  duplicates: number;
}

export interface QualityReason {
  table_name: string;
  column_name: string | null;
  rule: string;
  count: number;
}

export type QualityWarning = QualityReason;
