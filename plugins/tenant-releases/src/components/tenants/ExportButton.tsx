import Button from '@material-ui/core/Button';
import { RiDownloadLine } from '@remixicon/react';
import type { FleetRow } from '../../domain/fleet';
import { fleetCsv, fleetCsvName } from '../../domain/fleetCsv';
import { formatCount } from '../../domain/formatCount';
import { Hint } from '../common/Hint';
import { saveFile } from '../common/saveFile';

/** Saves the rows of the view as a file for a spreadsheet. */
export function ExportButton({ rows }: { rows: readonly FleetRow[] }) {
  const isEmpty = rows.length === 0;
  return (
    <Hint
      // A button that is off has no hint: nothing could open it.
      text={isEmpty ? '' : `${formatCount(rows.length)} rows, as they are filtered and sorted now`}
      isStop={false}
    >
      <Button
        size="small"
        startIcon={<RiDownloadLine size={16} />}
        disabled={isEmpty}
        onClick={() => saveFile(fleetCsvName(Date.now()), 'text/csv;charset=utf-8', fleetCsv(rows))}
      >
        Export CSV
      </Button>
    </Hint>
  );
}
