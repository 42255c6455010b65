import { makeStyles } from '@material-ui/core/styles';
import type { MouseEvent } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      position: 'fixed',
      top: theme.spacing(1),
      left: theme.spacing(1),
      zIndex: theme.zIndex.tooltip,
      padding: theme.spacing(1, 2),
      borderRadius: 4,
      background: theme.palette.background.paper,
      color: theme.palette.link,
      '&:not(:focus)': { clipPath: 'inset(50%)', pointerEvents: 'none' },
    },
  }),
  { name: 'PortalSkipLink' },
);

/** The first thing that the Tab key reaches: past the sidebar to the page. */
export function SkipLink() {
  const classes = useStyles();
  const skip = (event: MouseEvent) => {
    // The address stays as it is: it holds the view.
    event.preventDefault();
    document.getElementById('main')?.focus();
  };
  return (
    <nav aria-label="Skip">
      <a href="#main" className={classes.root} onClick={skip}>
        Skip to the content
      </a>
    </nav>
  );
}
