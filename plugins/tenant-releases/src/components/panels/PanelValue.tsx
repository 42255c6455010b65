import type { PanelData } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { headline } from '../../domain/panelSeries';
import { formatDuration } from '../../domain/time';
import { formatValue } from '../../domain/units';
import { secondaryText } from '../../theme/secondaryText';

const useStyles = makeStyles(
  theme => ({
    root: { fontVariantNumeric: 'tabular-nums', fontWeight: 600 },
    when: { color: secondaryText(theme), fontWeight: 400 },
  }),
  { name: 'TenantReleasesPanelValue' },
);

/** The one number of a panel, `3.2 requests/s now`. */
export function PanelValue({ panelId, data }: { panelId: string; data: PanelData }) {
  const classes = useStyles();
  const latest = headline(data);
  return (
    <span className={classes.root} data-testid={`panel-${panelId}-value`}>
      {latest ? formatValue(latest.value, data.unit) : 'no data yet'}
      {latest && (
        <span className={classes.when}>
          {latest.current ? ' now' : ` ${formatDuration(data.end - latest.time)} ago`}
        </span>
      )}
    </span>
  );
}
