import type { PanelData } from '@internal/plugin-tenant-releases-common';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { valueAt } from '../../domain/panelSeries';
import { formatClock } from '../../domain/time';
import { formatValue } from '../../domain/units';
import { secondaryText } from '../../theme/secondaryText';
import { seriesColour } from './seriesColour';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.25, 2),
      minHeight: 18,
      color: secondaryText(theme),
      fontSize: theme.typography.caption.fontSize,
      fontVariantNumeric: 'tabular-nums',
    },
    entry: { display: 'inline-flex', alignItems: 'center', gap: 6 },
    line: { width: 14, height: 3, borderRadius: 2 },
  }),
  { name: 'TenantReleasesPanelLegend' },
);

/**
 * What the lines of a panel mean, with their values under the cursor, else the newest.
 *
 * @param props.cursorTime - unix seconds
 */
export function PanelLegend({ data, cursorTime }: { data: PanelData; cursorTime?: number }) {
  const classes = useStyles();
  const theme = useTheme();
  return (
    <div className={classes.root}>
      {data.series.map((series, index) => {
        const value = valueAt(series, cursorTime ?? data.end, data.step);
        return (
          <span key={series.name} className={classes.entry}>
            <span
              className={classes.line}
              style={{ background: seriesColour(series, index, theme) }}
            />
            {series.name} {value === undefined ? '-' : formatValue(value, data.unit)}
          </span>
        );
      })}
      {cursorTime !== undefined && (
        <span>at {formatClock(cursorTime * 1000, data.end * 1000)}</span>
      )}
    </div>
  );
}
