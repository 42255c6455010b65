import { makeStyles } from '@material-ui/core/styles';
import { secondaryText } from '../../theme/secondaryText';
import { visuallyHidden } from '../../theme/visuallyHidden';

/** One set of classes for all rows: thousands of rows must not each ask for styles. */
export const useFleetStyles = makeStyles(
  theme => ({
    grid: { fontSize: theme.typography.body2.fontSize, fontVariantNumeric: 'tabular-nums' },
    head: {
      position: 'sticky',
      top: 0,
      zIndex: 2,
      background: `var(--bui-bg-app, ${theme.palette.background.default})`,
      borderBottom: `1px solid ${theme.palette.divider}`,
    },
    headRow: {
      display: 'grid',
      columnGap: theme.spacing(1.5),
      alignItems: 'center',
      height: 32,
      padding: theme.spacing(0, 1.5),
    },
    headCell: { color: secondaryText(theme), fontWeight: 600, whiteSpace: 'nowrap' },
    sort: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 2,
      padding: 0,
      border: 0,
      background: 'none',
      color: 'inherit',
      font: 'inherit',
      cursor: 'pointer',
      '&:hover': { color: theme.palette.text.primary },
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}`, outlineOffset: 2 },
    },
    body: { position: 'relative' },
    row: {
      position: 'absolute',
      top: 0,
      left: 0,
      right: 0,
      display: 'grid',
      columnGap: theme.spacing(1.5),
      // One line is in the middle; of several the first is on the line of the others.
      alignContent: 'center',
      alignItems: 'baseline',
      padding: theme.spacing(0.5, 1.5),
      borderBottom: `1px solid ${theme.palette.divider}`,
      contain: 'layout style',
      lineHeight: 1.4,
      cursor: 'pointer',
      '&:hover': { background: theme.palette.action.hover },
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}`, outlineOffset: -2 },
    },
    // In words, too; less opacity would be less contrast than text needs.
    gone: { filter: 'grayscale(1)' },
    cell: { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
    // As many lines as it takes, but never so many that one row fills the screen.
    reasons: {
      minWidth: 0,
      overflow: 'hidden',
      overflowWrap: 'anywhere',
      display: '-webkit-box',
      '-webkit-box-orient': 'vertical',
      '-webkit-line-clamp': 6,
    },
    reason: { marginRight: 4 },
    leaving: { marginRight: 8, fontStyle: 'italic' },
    names: {
      display: 'flex',
      gap: 8,
      minWidth: 0,
      '& > *': { overflow: 'hidden', textOverflow: 'ellipsis' },
      // The id is what everything is called by: the other one gives way.
      '& > a': { flexShrink: 0, maxWidth: '100%' },
    },
    displayName: { minWidth: 0, color: secondaryText(theme), fontWeight: 400 },
    number: { textAlign: 'right' },
    tenant: { fontWeight: 600 },
    link: {
      color: theme.palette.primary.main,
      textDecoration: 'none',
      '&:hover': { textDecoration: 'underline' },
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
    },
    // Among other text, so colour alone does not tell it from that.
    textLink: {
      textDecoration: 'underline',
      color: theme.palette.primary.main,
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
    },
    version: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 6,
      padding: '1px 4px',
      margin: '-1px 8px -1px -4px',
      border: 0,
      borderRadius: 3,
      background: 'none',
      color: 'inherit',
      cursor: 'copy',
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: '0.95em',
      whiteSpace: 'nowrap',
      '&:hover': { background: theme.palette.action.selected },
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
    },
    state: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 6,
      fontWeight: 600,
      marginRight: 8,
      verticalAlign: 'top',
      '& svg': { flexShrink: 0 },
    },
    secondary: { color: secondaryText(theme) },
    stale: {
      marginRight: 8,
      color: secondaryText(theme),
      '& svg': { marginRight: 4, verticalAlign: '-2px' },
    },
    // Below 640 px a row is a card of three lines, and more where there is a reason.
    card: {
      gridTemplateColumns: 'minmax(0, 1fr) auto',
      gridTemplateRows: '24px 24px 24px',
    },
    cardTenant: { fontSize: '1rem' },
    cardWide: { gridColumn: '1 / -1' },
    cardEnd: { textAlign: 'right' },
    hidden: visuallyHidden,
  }),
  { name: 'TenantReleasesFleet' },
);

/** Names of the classes. */
export type FleetClasses = ReturnType<typeof useFleetStyles>;
