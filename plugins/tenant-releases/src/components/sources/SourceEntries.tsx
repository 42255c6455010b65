import type { LeftOut, SourceListName } from '@internal/plugin-tenant-releases-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { useSourceEntries } from '../../api/useSourceReports';
import { formatCount } from '../../domain/formatCount';
import { leftOutKind } from '../../domain/leftOut';
import { asSentence } from '../../domain/reasons';
import { entryKey, shownText } from '../../domain/sourceReport';
import { EmptyNotice } from '../common/EmptyNotice';
import { ErrorNotice } from '../common/ErrorNotice';
import { Placeholder } from '../common/Placeholder';
import { SearchField } from '../common/SearchField';
import { StaleNotice } from '../common/StaleNotice';
import { useTableStyles } from '../common/useTableStyles';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexDirection: 'column', gap: theme.spacing(1), minWidth: 0 },
    controls: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1, 2),
    },
    table: { '& tbody th, & tbody td': { whiteSpace: 'normal', overflowWrap: 'anywhere' } },
    cell: { [theme.breakpoints.up('sm')]: { width: '35%', minWidth: 180 } },
    name: { fontFamily: 'monospace', fontWeight: 400 },
    kind: { [theme.breakpoints.up('sm')]: { whiteSpace: 'nowrap !important' as 'nowrap' } },
    reason: { [theme.breakpoints.down('xs')]: { gridColumn: '1 / -1' } },
  }),
  { name: 'TenantReleasesSourceEntries' },
);

const firstLimit = 100;
/** As many as one request may ask for. */
const mostEntries = 1_000;
/** So few are found without a search. */
const fewEntries = 10;

function EntryTable({ entries, label }: { entries: readonly LeftOut[]; label: string }) {
  const classes = useStyles();
  const table = useTableStyles();
  return (
    <div className={table.scroll}>
      <table className={`${table.table} ${classes.table}`} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Kind</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry, index) => (
            <tr key={`${entryKey(entry)}\n${index}`}>
              <th scope="row" className={classes.cell}>
                <span className={classes.name}>{entry.name}</span>
              </th>
              <td data-label="Kind" className={classes.kind}>
                {leftOutKind(entry.kind)}
              </td>
              <td data-label="Why" className={classes.reason}>
                {asSentence(entry.reason)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What a source holds that no release is made of, with a search. Of a long list the first ones are shown, which is said. */
export function SourceEntries(props: { source: string; list: SourceListName; total: number }) {
  const { source, list, total } = props;
  const classes = useStyles();
  const [text, setText] = useState('');
  const [limit, setLimit] = useState(firstLimit);
  const query = useSourceEntries({ source, list, text, limit });
  const { data, error, dataUpdatedAt, refetch } = query;
  if (!data) {
    return error ? (
      <ErrorNotice error={error} onRetry={refetch} />
    ) : (
      <Placeholder lines={Math.min(total, 5)} what="entries" />
    );
  }
  const isCut = data.items.length < data.matchCount;
  const shown = shownText(data.items.length, data);
  return (
    <div className={classes.root}>
      <StaleNotice error={error} updatedAt={dataUpdatedAt} onRetry={refetch} />
      <div className={classes.controls}>
        {(total > fewEntries || text !== '') && (
          <SearchField label="Search entries" value={text} delay={250} onChange={setText} />
        )}
        <span role="status">{shown}</span>
        {isCut && limit < mostEntries && (
          <Button size="small" onClick={() => setLimit(mostEntries)}>
            Show {formatCount(Math.min(mostEntries, data.matchCount))}
          </Button>
        )}
        {isCut && limit >= mostEntries && <span>Search to see the others.</span>}
      </div>
      {data.items.length > 0 ? (
        <EntryTable entries={data.items} label={list === 'unused' ? 'Of no release' : 'Left out'} />
      ) : (
        <EmptyNotice
          action={
            text !== '' && (
              <Button size="small" onClick={() => setText('')}>
                Clear search
              </Button>
            )
          }
        >
          {text === '' ? 'There are none any more.' : 'No entry holds this text.'}
        </EmptyNotice>
      )}
    </div>
  );
}
