import type { ReleaseDiff } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { Disclosure } from '../common/Disclosure';
import { Hint } from '../common/Hint';
import { useTableStyles } from '../common/useTableStyles';
import { ChangeMark } from './ChangeMark';
import { DiffPart } from './DiffPart';
import { DiffText } from './DiffText';

const useStyles = makeStyles(
  {
    value: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      whiteSpace: 'pre-wrap !important' as 'pre-wrap',
      overflowWrap: 'anywhere',
    },
  },
  { name: 'TenantReleasesValuesDiff' },
);

/** What a side says of a key; a dash where it does not have it. */
function Value({ text, side }: { text?: string; side: string }) {
  if (text === undefined) return <Hint text={`The file ${side} does not say it`}>-</Hint>;
  return <>{text === '' ? '""' : text}</>;
}

/** How the tenant's file differs: each key, and the text. */
export function ValuesDiff({ values }: { values: ReleaseDiff['values'] }) {
  const classes = useStyles();
  const table = useTableStyles();
  const { path, diff, keys, truncated } = values;
  return (
    <DiffPart title="Tenant file" detail={path}>
      {diff === '' && 'The file says the same in both.'}
      {keys.length > 0 && (
        <div className={table.scroll}>
          <table className={table.table} aria-label="Changed values">
            <thead>
              <tr>
                {['Key', 'Change', 'Before', 'After'].map(heading => (
                  <th key={heading} scope="col">
                    {heading}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {keys.map(({ key, change, from, to }) => (
                <tr key={key} data-testid="diff-key">
                  <th scope="row" className={classes.value}>
                    {key}
                  </th>
                  <td data-label="Change">
                    <ChangeMark change={change} />
                  </td>
                  <td data-label="Before" className={classes.value}>
                    <Value text={from} side="before" />
                  </td>
                  <td data-label="After" className={classes.value}>
                    <Value text={to} side="after" />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {diff !== '' && (
        <Disclosure summary="Line by line" open={keys.length === 0}>
          <DiffText text={diff} label={`Difference of ${path}`} truncated={truncated} />
        </Disclosure>
      )}
    </DiffPart>
  );
}
