import { makeStyles } from '@material-ui/core/styles';
import { formatCount } from '../../domain/formatCount';

const useStyles = makeStyles(
  theme => ({
    // Takes no room, so that nothing moves when it comes; over the last rows on the screen, away from the headings.
    place: {
      position: 'sticky',
      bottom: 24,
      zIndex: 3,
      height: 0,
      textAlign: 'center',
      // The app's own bar is at the bottom of a phone.
      [theme.breakpoints.down('xs')]: { bottom: 80 },
    },
    pill: {
      transform: 'translateY(-100%)',
      padding: theme.spacing(0.5, 2),
      border: 0,
      borderRadius: 15,
      background: theme.palette.primary.main,
      color: theme.palette.primary.contrastText,
      font: 'inherit',
      fontWeight: 600,
      lineHeight: '22px',
      boxShadow: theme.shadows[4],
      cursor: 'pointer',
      '&:focus-visible': { outline: `2px solid ${theme.palette.text.primary}`, outlineOffset: 2 },
    },
  }),
  { name: 'TenantReleasesOrderPill' },
);

/**
 * Says that rows would move if nobody were at them, and lets them.
 *
 * @param props.changes - how many; none: nothing is shown
 */
export function OrderPill({ changes, onApply }: { changes: number; onApply: () => void }) {
  const classes = useStyles();
  return (
    <div className={classes.place} role="status">
      {changes > 0 && (
        <button type="button" className={classes.pill} onClick={onApply}>
          {formatCount(changes)} {changes === 1 ? 'change' : 'changes'}: apply the order
        </button>
      )}
    </div>
  );
}
