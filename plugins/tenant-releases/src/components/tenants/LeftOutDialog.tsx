import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { useId } from 'react';
import { type LeftOutGroup, leftOutKind } from '../../domain/leftOut';
import { asSentence } from '../../domain/reasons';
import { formatCount } from '../../domain/formatCount';
import { secondaryText } from '../../theme/secondaryText';
import { SourcesLink } from '../common/SourcesLink';

const useStyles = makeStyles(
  theme => ({
    intro: { margin: 0, lineHeight: 1.5 },
    heading: { margin: theme.spacing(2, 0, 0.5), fontSize: '1rem', fontWeight: 600 },
    list: { margin: 0, padding: 0, listStyle: 'none' },
    item: {
      padding: theme.spacing(1, 0),
      borderTop: `1px solid ${theme.palette.divider}`,
      lineHeight: 1.5,
      overflowWrap: 'anywhere',
    },
    name: { fontFamily: 'monospace', fontSize: '0.85rem' },
    secondary: { color: secondaryText(theme), fontSize: theme.typography.body2.fontSize },
  }),
  { name: 'TenantReleasesLeftOutDialog' },
);

function Group({ group }: { group: LeftOutGroup }) {
  const { title, entries, total } = group;
  const classes = useStyles();
  const titleId = useId();
  return (
    <section aria-labelledby={titleId}>
      <h3 id={titleId} className={classes.heading}>
        {title}
      </h3>
      {entries.length < total && (
        <div className={classes.secondary}>
          The first {formatCount(entries.length)} of {formatCount(total)}.
        </div>
      )}
      <ul className={classes.list}>
        {entries.map(({ kind, name, reason }) => (
          <li key={`${kind} ${name} ${reason}`} className={classes.item}>
            <div>
              <span className={classes.secondary}>{leftOutKind(kind)}</span>{' '}
              <span className={classes.name}>{name}</span>
            </div>
            <div>{asSentence(reason)}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What no release was made of, each with the reason and the cure. On a small screen it takes all of it. */
export function LeftOutDialog(props: {
  groups: readonly LeftOutGroup[];
  open: boolean;
  onClose: () => void;
}) {
  const { groups, open, onClose } = props;
  const classes = useStyles();
  const titleId = useId();
  const isSmall = useMediaQuery(useTheme().breakpoints.down('xs'));
  return (
    <Dialog
      open={open}
      onClose={onClose}
      fullScreen={isSmall}
      fullWidth
      maxWidth="md"
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>Left out</DialogTitle>
      {/* A list that scrolls has to be within reach of the keyboard. */}
      <DialogContent dividers tabIndex={0} role="group" aria-labelledby={titleId}>
        <p className={classes.intro}>No release is made of these. Each says why, and what to do.</p>
        {groups.map(group => (
          <Group key={group.title} group={group} />
        ))}
      </DialogContent>
      <DialogActions>
        <SourcesLink />
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  );
}
