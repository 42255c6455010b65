import { makeStyles } from '@material-ui/core/styles';
import { secondaryText } from '../../theme/secondaryText';
import { visuallyHidden } from '../../theme/visuallyHidden';

/**
 * Rows of 36 px with aligned columns. Below 600 px each row is a card of two columns, whose cells carry the name of
 * their column (`data-label`); `wide` ones go across both.
 */
export const useTableStyles = makeStyles(
  theme => ({
    scroll: { overflowX: 'auto', [theme.breakpoints.down('xs')]: { overflowX: 'visible' } },
    table: {
      width: '100%',
      borderCollapse: 'collapse',
      fontSize: theme.typography.body2.fontSize,
      fontVariantNumeric: 'tabular-nums',
      '& th, & td': {
        height: 36,
        padding: theme.spacing(0.25, 1.5),
        textAlign: 'left',
        verticalAlign: 'middle',
        borderBottom: `1px solid ${theme.palette.divider}`,
        lineHeight: 1.4,
        whiteSpace: 'nowrap',
      },
      '& thead th': { color: secondaryText(theme), fontWeight: 600 },
      '& tbody th': { fontWeight: 600 },
      '& tbody tr:hover': { background: theme.palette.action.hover },
      [theme.breakpoints.down('xs')]: {
        '&, & tbody': { display: 'block' },
        '& thead': visuallyHidden,
        '& tbody tr': {
          display: 'grid',
          gridTemplateColumns: '1fr 1fr',
          gap: theme.spacing(0.5, 1.5),
          padding: theme.spacing(1.5, 0),
          borderBottom: `1px solid ${theme.palette.divider}`,
        },
        '& tbody th, & tbody td': {
          display: 'block',
          height: 'auto',
          minWidth: 0,
          padding: 0,
          borderBottom: 0,
          whiteSpace: 'normal',
        },
        '& tbody th': { gridColumn: '1 / -1', fontSize: '1rem' },
        '& tbody td::before': {
          content: 'attr(data-label)',
          display: 'block',
          color: secondaryText(theme),
          fontFamily: theme.typography.fontFamily,
          fontSize: theme.typography.caption.fontSize,
        },
      },
    },
    number: {
      [theme.breakpoints.up('sm')]: { textAlign: 'right !important' as 'right' },
    },
    // A cell that takes the room there is. Where there is much, it keeps to one line and cuts the rest
    // of a text, which a hint holds; where there is little, it wraps.
    wide: {
      [theme.breakpoints.up('sm')]: { width: '50%', minWidth: 180, maxWidth: 0 },
      [theme.breakpoints.down('xs')]: { gridColumn: '1 / -1' },
    },
    cut: {
      minWidth: 0,
      [theme.breakpoints.up('lg')]: {
        overflow: 'hidden',
        textOverflow: 'ellipsis',
        whiteSpace: 'nowrap',
      },
      [theme.breakpoints.down('md')]: { whiteSpace: 'normal', overflowWrap: 'anywhere' },
    },
    // A name that may be too long for its column; all of it is in a hint.
    name: {
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      overflowWrap: 'anywhere',
      [theme.breakpoints.up('sm')]: { maxWidth: 280 },
    },
    secondary: { color: secondaryText(theme) },
    legend: {
      margin: 0,
      color: secondaryText(theme),
      fontSize: theme.typography.caption.fontSize,
      lineHeight: 1.5,
    },
  }),
  { name: 'TenantReleasesTable' },
);
