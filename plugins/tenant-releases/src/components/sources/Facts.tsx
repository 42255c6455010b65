import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { secondaryText } from '../../theme/secondaryText';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 3),
      margin: 0,
      fontSize: theme.typography.body2.fontSize,
      fontVariantNumeric: 'tabular-nums',
      lineHeight: 1.5,
      '& > div': { minWidth: 0 },
      '& dt': { color: secondaryText(theme) },
      '& dd': { margin: 0, overflowWrap: 'anywhere' },
    },
  }),
  { name: 'TenantReleasesFacts' },
);

/** Names with their values, beside each other as far as there is room. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={useStyles().root}>{children}</dl>;
}

/** One of {@link Facts}. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
