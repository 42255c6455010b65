import { MarkdownContent, Progress } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { useEffect, useState } from 'react';
import { useAppTitle } from '../layout/PortalPage';
import guideUrl from './guide.md';
import { ShortcutList } from './ShortcutList';
import { SupportNote } from './SupportNote';

const useStyles = makeStyles(
  theme => ({
    root: {
      maxWidth: '80ch',
      padding: theme.spacing(0, 3, 4),
      fontSize: '1rem',
      lineHeight: 1.5,
      overflowWrap: 'break-word',
      '& td, & th': { overflowWrap: 'normal', wordBreak: 'normal', textAlign: 'left' },
      '& h2': { margin: theme.spacing(3, 0, 1), fontSize: '1.25rem' },
      '& a': { color: theme.palette.link, textDecoration: 'underline' },
    },
  }),
  { name: 'PortalHelpPage' },
);

type Guide = { text: string } | { problem: string };

/** Reads the guide that was built into the portal; there is nothing to reach outside. */
async function fetchGuide(): Promise<Guide> {
  try {
    const response = await fetch(guideUrl);
    if (!response.ok) return { problem: `HTTP ${response.status}` };
    // The page has its heading already.
    return { text: (await response.text()).replace(/^# .*\n+/, '') };
  } catch {
    return { problem: 'the portal does not answer' };
  }
}

/** What the portal shows, what its words mean, its keys, and who is to be asked. */
export function HelpPage() {
  const classes = useStyles();
  const appTitle = useAppTitle();
  const [guide, setGuide] = useState<Guide>();
  useEffect(() => {
    fetchGuide().then(setGuide);
  }, []);
  return (
    <div className={classes.root}>
      <p>
        {appTitle} says for every tenant which version should run, which one runs, since when, why,
        and whether it serves.
      </p>
      <SupportNote />
      {guide === undefined && <Progress />}
      {guide && 'problem' in guide && (
        <p role="alert">The guide could not be read ({guide.problem}). Reload the page.</p>
      )}
      {guide && 'text' in guide && <MarkdownContent content={guide.text} />}
      <h2>Keys</h2>
      <ShortcutList />
    </div>
  );
}
