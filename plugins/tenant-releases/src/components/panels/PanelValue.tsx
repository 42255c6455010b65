import type { PanelData } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { headline, whenOf } from '../../domain/panelSeries';
import { formatValue } from '../../domain/units';
import { secondaryText } from '../../theme/secondaryText';
import { useFromNow } from '../common/useNow';

const useStyles = makeStyles(
  theme => ({
    root: { fontVariantNumeric: 'tabular-nums', fontWeight: 600 },
    when: { color: secondaryText(theme), fontWeight: 400 },
  }),
  { name: 'TenantReleasesPanelValue' },
);

/** The one number of a panel and of when it is, `3.2 requests/s over the last 1 min`. */
export function PanelValue({ panelId, data }: { panelId: string; data: PanelData }) {
  const classes = useStyles();
  const latest = headline(data);
  const when = useFromNow(now => latest && whenOf(latest, now));
  return (
    <span className={classes.root} data-testid={`panel-${panelId}-value`}>
      {latest ? formatValue(latest.value, data.unit) : 'not measured'}
      {latest && <span className={classes.when}> {when}</span>}
    </span>
  );
}
