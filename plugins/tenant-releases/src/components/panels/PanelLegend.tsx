import type { PanelData } from '@internal/plugin-tenant-releases-common';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { latestValues, valueAt, windowOfPoints } from '../../domain/panelSeries';
import { formatClock, formatDuration } from '../../domain/time';
import { formatValue } from '../../domain/units';
import { secondaryText } from '../../theme/secondaryText';
import { seriesStyles } from './seriesStyles';

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
  }),
  { name: 'TenantReleasesPanelLegend' },
);

/**
 * What the lines of a panel mean, with their values under the cursor, else those of the panel's headline.
 *
 * @param props.cursorTime - unix seconds
 */
export function PanelLegend({ data, cursorTime }: { data: PanelData; cursorTime?: number }) {
  const classes = useStyles();
  const theme = useTheme();
  const styles = seriesStyles(data.series, theme);
  const keyOf = (labels: Record<string, string>) => JSON.stringify(Object.entries(labels).sort());
  const window = windowOfPoints(data);
  const latest = latestValues(data);
  return (
    <div className={classes.root}>
      {data.series.map((series, index) => {
        const { name, labels } = series;
        const newest = latest.find(
          each => each.name === name && keyOf(each.labels) === keyOf(labels),
        )?.value;
        const value = cursorTime === undefined ? newest : valueAt(series, cursorTime, data.step);
        const { colour, dash } = styles[index];
        return (
          <span key={`${name} ${keyOf(labels)}`} className={classes.entry}>
            <svg width="18" height="4" aria-hidden focusable="false">
              <line
                x2="18"
                y1="2"
                y2="2"
                stroke={colour}
                strokeWidth="3"
                strokeDasharray={dash.join(' ')}
              />
            </svg>
            {[name, labels.version].filter(Boolean).join(' ')}{' '}
            {value === undefined ? 'not measured' : formatValue(value, data.unit)}
          </span>
        );
      })}
      {cursorTime !== undefined && (
        <span>
          at {formatClock(cursorTime * 1000, data.end * 1000)}
          {window > 60 && `, over ${formatDuration(window)}`}
        </span>
      )}
    </div>
  );
}
