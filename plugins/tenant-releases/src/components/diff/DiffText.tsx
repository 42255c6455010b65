import { makeStyles, useTheme } from '@material-ui/core/styles';
import { useMemo } from 'react';
import { withAlpha } from '../../domain/colour';
import { type DiffLine, maxDiffLines, readDiff } from '../../domain/diffLines';
import { stateColour } from '../../theme/stateAppearance';
import { secondaryText } from '../../theme/secondaryText';

const useStyles = makeStyles(
  theme => ({
    box: {
      maxHeight: 480,
      overflow: 'auto',
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 4,
      background: theme.palette.background.paper,
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: '0.8125rem',
      lineHeight: '20px',
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
    },
    // As wide as the longest line, so that the colours go all the way.
    lines: { display: 'inline-block', minWidth: '100%', padding: theme.spacing(0.5, 0) },
    line: { display: 'flex', color: theme.palette.text.primary, textDecoration: 'none' },
    number: {
      flex: '0 0 auto',
      width: '5ch',
      paddingRight: '1ch',
      color: secondaryText(theme),
      textAlign: 'right',
      userSelect: 'none',
      [theme.breakpoints.down('xs')]: { display: 'none' },
    },
    mark: { flex: '0 0 auto', width: '2.5ch', textAlign: 'center', fontWeight: 700 },
    text: { paddingRight: theme.spacing(1.5), whiteSpace: 'pre' },
    gap: {
      padding: theme.spacing(0, 1.5),
      color: secondaryText(theme),
      background: theme.palette.action.hover,
    },
    rest: { margin: 0, padding: theme.spacing(0.5, 1.5), color: secondaryText(theme) },
  }),
  { name: 'TenantReleasesDiffText' },
);

const looks = {
  added: { tag: 'ins', mark: '+', state: 'in-sync' },
  removed: { tag: 'del', mark: '-', state: 'degraded' },
  same: { tag: 'div', mark: ' ', state: undefined },
} as const;

function Line({ line }: { line: DiffLine }) {
  const classes = useStyles();
  const theme = useTheme();
  if (line.kind === 'gap') return <div className={classes.gap}>⋯ {line.text}</div>;
  const { tag: Tag, mark, state } = looks[line.kind];
  const colour = state && stateColour(state, theme);
  return (
    <Tag
      className={classes.line}
      style={colour ? { background: withAlpha(colour, 0.12) } : undefined}
    >
      <span className={classes.number} aria-hidden>
        {line.after ?? line.before}
      </span>
      <span className={classes.mark} style={{ color: colour }}>
        {mark}
      </span>
      <span className={classes.text}>{line.text}</span>
    </Tag>
  );
}

/**
 * A difference line by line, each with its mark, in a box that scrolls by itself.
 *
 * @param props.text - as `diff -u` writes it
 * @param props.label - names the box for those who do not see what it stands under
 * @param props.truncated - the text goes on, but not here
 */
export function DiffText(props: { text: string; label: string; truncated?: boolean }) {
  const { text, label, truncated } = props;
  const classes = useStyles();
  const diff = useMemo(() => readDiff(text), [text]);
  return (
    // What scrolls must be within reach of the keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.box} role="region" aria-label={label} tabIndex={0} data-testid="diff">
      <div className={classes.lines}>
        {diff.lines.map((line, index) => (
          <Line key={index} line={line} />
        ))}
      </div>
      {(truncated || diff.truncated) && (
        <p className={classes.rest}>
          It goes on{diff.truncated ? ` after ${maxDiffLines} lines` : ''}; Git has all of it.
        </p>
      )}
    </div>
  );
}
