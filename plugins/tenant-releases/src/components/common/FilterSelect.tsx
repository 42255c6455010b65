import { makeStyles } from '@material-ui/core/styles';
import { fieldBorder } from '../../theme/fieldBorder';
import { secondaryText } from '../../theme/secondaryText';

export const useFieldStyles = makeStyles(
  theme => ({
    label: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 6,
      maxWidth: '100%',
      color: secondaryText(theme),
      fontSize: theme.typography.body2.fontSize,
    },
    field: {
      height: 30,
      minWidth: 0,
      padding: theme.spacing(0, 1),
      border: `1px solid ${fieldBorder(theme)}`,
      borderRadius: 4,
      background: theme.palette.background.paper,
      color: theme.palette.text.primary,
      font: 'inherit',
      fontSize: theme.typography.body2.fontSize,
      colorScheme: theme.palette.type,
      '&::placeholder': { color: secondaryText(theme), opacity: 1 },
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
    },
    search: { flex: '1 1 160px', minWidth: 120, maxWidth: 320 },
  }),
  { name: 'TenantReleasesField' },
);

/**
 * A choice of one, in the browser's own control: small, quick and known to every screen reader.
 *
 * @param props.all - the words for no choice; absent when there must be one
 */
export function FilterSelect(props: {
  label: string;
  value: string;
  all?: string;
  options: ReadonlyArray<{ value: string; label: string }>;
  onChange: (value: string) => void;
}) {
  const { label, value, all, options, onChange } = props;
  const classes = useFieldStyles();
  const known = value === '' || options.some(option => option.value === value);
  return (
    <label className={classes.label}>
      {label}
      <select
        className={classes.field}
        value={value}
        onChange={event => onChange(event.target.value)}
      >
        {all !== undefined && <option value="">{all}</option>}
        {/* A shared link may choose what is not there at present. */}
        {!known && <option value={value}>{value}</option>}
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}
