import { makeStyles } from '@material-ui/core/styles';
import { useEffect, useState } from 'react';
import { shortVersion } from '../../domain/version';
import { secondaryText } from '../../theme/secondaryText';
import { copyText } from './copyText';
import { Hint } from './Hint';
import { VersionMark } from './VersionMark';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 6,
      padding: '1px 4px',
      margin: '-1px -4px',
      border: 0,
      borderRadius: 3,
      background: 'none',
      color: 'inherit',
      cursor: 'copy',
      font: 'inherit',
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: '0.95em',
      whiteSpace: 'nowrap',
      '&:hover': { background: theme.palette.action.hover },
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
    },
    copied: {
      fontFamily: theme.typography.fontFamily,
      color: secondaryText(theme),
      whiteSpace: 'normal',
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'TenantReleasesVersionLabel' },
);

/** A version: shortened, with its mark; in full as its hint; a click copies it. */
export function VersionLabel({ version }: { version: string }) {
  const classes = useStyles();
  const [copied, setCopied] = useState<boolean>();
  useEffect(() => {
    if (copied === undefined) return undefined;
    const timer = setTimeout(() => setCopied(undefined), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);
  const short = shortVersion(version);
  // Who cannot hover reads it in full then.
  const rest = short === version ? '' : ` ${version}`;
  return (
    <Hint text={`${version} (click to copy)`} isStop={false}>
      <button
        type="button"
        className={classes.root}
        onClick={async () => setCopied(await copyText(version))}
      >
        <VersionMark version={version} />
        <span>{short}</span>
        <span role="status" className={classes.copied}>
          {copied !== undefined && (copied ? `copied${rest}` : 'not copied')}
        </span>
      </button>
    </Hint>
  );
}
