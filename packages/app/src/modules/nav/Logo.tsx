import { Link, sidebarConfig, useSidebarOpenState } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { useAppTitle } from '../layout';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    alignItems: 'center',
    gap: 12,
    height: 3 * sidebarConfig.logoHeight,
    marginBottom: -14,
    paddingLeft: 22,
    color: '#ffffff',
    fontSize: 17,
    fontWeight: 600,
    whiteSpace: 'nowrap',
  },
});

/** The portal's mark, with its name when the sidebar is open. */
export const Logo = () => {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  const title = useAppTitle();
  return (
    <Link to="/" underline="none" className={classes.root} aria-label={`${title}: first page`}>
      <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden>
        <rect x="2" y="5" width="28" height="6" rx="3" fill="#7dd3c0" />
        <rect x="2" y="13" width="20" height="6" rx="3" fill="#f2c14e" />
        <rect x="2" y="21" width="12" height="6" rx="3" fill="#ffffff" />
      </svg>
      {isOpen && <span>{title}</span>}
    </Link>
  );
};
