import { makeStyles } from '@material-ui/core/styles';
import { RiGridLine, RiTableLine } from '@remixicon/react';
import { fieldBorder } from '../../theme/fieldBorder';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      border: `1px solid ${fieldBorder(theme)}`,
      borderRadius: 4,
      overflow: 'hidden',
    },
    option: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 6,
      height: 28,
      padding: theme.spacing(0, 1.5),
      border: 0,
      background: theme.palette.background.paper,
      color: theme.palette.text.primary,
      font: 'inherit',
      fontSize: theme.typography.body2.fontSize,
      cursor: 'pointer',
      '&[aria-pressed=true]': { background: theme.palette.action.selected, fontWeight: 600 },
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}`, outlineOffset: -2 },
    },
  }),
  { name: 'TenantReleasesLayoutSwitch' },
);

/** How the fleet is laid out: a row a release, or versions across. */
export type FleetLayout = 'table' | 'matrix';

const options = [
  { layout: 'table', label: 'Table', icon: RiTableLine },
  { layout: 'matrix', label: 'Matrix', icon: RiGridLine },
] as const;

/** Chooses between table and matrix. */
export function LayoutSwitch(props: {
  layout: FleetLayout;
  onChange: (layout: FleetLayout) => void;
}) {
  const { layout: current, onChange } = props;
  const classes = useStyles();
  return (
    <div className={classes.root} role="group" aria-label="Layout">
      {options.map(({ layout, label, icon: Icon }) => (
        <button
          key={layout}
          type="button"
          className={classes.option}
          aria-pressed={layout === current}
          onClick={() => onChange(layout)}
        >
          <Icon size={16} aria-hidden />
          {label}
        </button>
      ))}
    </div>
  );
}
