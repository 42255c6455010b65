import Button from '@material-ui/core/Button';
import { RiDownloadLine } from '@remixicon/react';
import type { FleetRow } from '../../domain/fleet';
import { fleetCsv, fleetCsvName } from '../../domain/fleetCsv';
import { saveFile } from '../common/saveFile';

/** Saves the rows of the view as a file for a spreadsheet. */
export function ExportButton({ rows }: { rows: readonly FleetRow[] }) {
  return (
    <Button
      size="small"
      startIcon={<RiDownloadLine size={16} />}
      disabled={rows.length === 0}
      title={`${rows.length} rows, as they are filtered and sorted now`}
      onClick={() => saveFile(fleetCsvName(Date.now()), 'text/csv;charset=utf-8', fleetCsv(rows))}
    >
      Export CSV
    </Button>
  );
}
