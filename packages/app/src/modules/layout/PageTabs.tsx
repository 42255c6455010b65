import { makeStyles } from '@material-ui/core/styles';
import { NavLink } from 'react-router-dom';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5),
      padding: theme.spacing(0, 2, 2),
      '& a': {
        padding: theme.spacing(0.75, 1),
        borderBottom: '2px solid transparent',
        color: theme.palette.text.secondary,
        fontSize: '0.875rem',
        '&:hover': { color: theme.palette.text.primary },
        '&[aria-current=page]': {
          borderBottomColor: 'currentColor',
          color: theme.palette.text.primary,
          fontWeight: 600,
        },
      },
    },
  }),
  { name: 'PortalPageTabs' },
);

/**
 * The parts of a page, as links: each has an address. Backstage UI's tabs would announce panels that are not there.
 *
 * @param props.label - what they are parts of
 */
export function PageTabs(props: {
  label: string;
  tabs: ReadonlyArray<{ id: string; label: string; href: string }>;
}) {
  const classes = useStyles();
  return (
    <nav className={classes.root} aria-label={props.label}>
      {props.tabs.map(({ id, label, href }) => (
        <NavLink key={id} to={href}>
          {label}
        </NavLink>
      ))}
    </nav>
  );
}
