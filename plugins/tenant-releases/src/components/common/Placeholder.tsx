import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexDirection: 'column', gap: theme.spacing(1) },
    line: {
      height: 28,
      borderRadius: 4,
      background: theme.palette.action.hover,
      animation: '$breathe 1.6s ease-in-out infinite alternate',
      '@media (prefers-reduced-motion: reduce)': { animation: 'none' },
    },
    '@keyframes breathe': { from: { opacity: 1 }, to: { opacity: 0.4 } },
  }),
  { name: 'TenantReleasesPlaceholder' },
);

/** Stands where data will be, only while there is none at all. */
export function Placeholder({ lines, what }: { lines: number; what: string }) {
  const classes = useStyles();
  return (
    <div className={classes.root} role="status" aria-label={`Loading ${what}`} aria-busy>
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} className={classes.line} />
      ))}
    </div>
  );
}
