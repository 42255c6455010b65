import { makeStyles, useTheme } from '@material-ui/core/styles';
import { RiTimeLine } from '@remixicon/react';
import type { ReactNode } from 'react';
import { stateColour } from '../../theme/stateAppearance';
import { secondaryText } from '../../theme/secondaryText';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexDirection: 'column', gap: 4, minWidth: 0 },
    title: {
      margin: 0,
      color: secondaryText(theme),
      fontSize: theme.typography.caption.fontSize,
      fontWeight: 600,
    },
    main: { fontSize: '1.05rem', lineHeight: 1.5 },
    detail: {
      color: secondaryText(theme),
      fontSize: theme.typography.body2.fontSize,
      lineHeight: 1.5,
      overflowWrap: 'anywhere',
    },
    stale: {
      display: 'flex',
      alignItems: 'flex-start',
      gap: 4,
      fontSize: theme.typography.caption.fontSize,
      lineHeight: 1.5,
      '& svg': { flexShrink: 0, marginTop: 2 },
    },
  }),
  { name: 'TenantReleasesStripPart' },
);

/**
 * One part of the strip.
 *
 * @param props.testId - also names the part for automated tests
 * @param props.stale - why this part may not be how things are now
 */
export function StripPart(props: {
  title: string;
  testId: string;
  main: ReactNode;
  detail?: ReactNode;
  stale?: string;
}) {
  const { title, testId, main, detail, stale } = props;
  const classes = useStyles();
  const staleColour = stateColour('unknown', useTheme());
  return (
    <div className={classes.root}>
      <h2 className={classes.title}>{title}</h2>
      <div className={classes.main} data-testid={testId}>
        {main}
      </div>
      {detail && <div className={classes.detail}>{detail}</div>}
      {stale && (
        <div className={classes.stale} style={{ color: staleColour }}>
          <RiTimeLine size={14} aria-hidden />
          {stale}
        </div>
      )}
    </div>
  );
}
