import { makeStyles } from '@material-ui/core/styles';

/** Rows of 36 px with aligned columns; below 600 px each row is a card whose cells carry their column's name. */
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
        padding: theme.spacing(0.5, 1.5),
        textAlign: 'left',
        verticalAlign: 'middle',
        borderBottom: `1px solid ${theme.palette.divider}`,
        lineHeight: 1.4,
      },
      '& thead th': {
        color: theme.palette.text.secondary,
        fontWeight: 600,
        whiteSpace: 'nowrap',
      },
      '& tbody th': { fontWeight: 600 },
      '& tbody tr:hover': { background: theme.palette.action.hover },
      [theme.breakpoints.down('xs')]: {
        '&, & tbody, & tr, & th, & td': { display: 'block' },
        '& thead': {
          position: 'absolute',
          width: 1,
          height: 1,
          overflow: 'hidden',
          clipPath: 'inset(50%)',
        },
        '& tbody tr': {
          padding: theme.spacing(1, 0),
          borderBottom: `1px solid ${theme.palette.divider}`,
        },
        '& tbody th, & tbody td': {
          display: 'flex',
          gap: theme.spacing(1),
          height: 'auto',
          minHeight: 28,
          padding: theme.spacing(0.25, 0),
          borderBottom: 0,
        },
        '& tbody td::before': {
          content: 'attr(data-label)',
          flex: '0 0 96px',
          color: theme.palette.text.secondary,
        },
      },
    },
    number: { textAlign: 'right !important' as 'right' },
    secondary: { color: theme.palette.text.secondary },
  }),
  { name: 'TenantReleasesTable' },
);
