import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { Helmet } from 'react-helmet';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexDirection: 'column',
      alignItems: 'flex-start',
      gap: theme.spacing(2),
      maxWidth: '75ch',
      padding: theme.spacing(3),
      lineHeight: 1.5,
      fontSize: '1rem',
      overflowWrap: 'anywhere',
      '& h1': { margin: 0, fontSize: '1.5rem' },
      '& h2': { margin: theme.spacing(1, 0, 0), fontSize: '1.15rem' },
      '& p, & ul, & dl, & dd': { margin: 0 },
      '& a': { color: theme.palette.link, textDecoration: 'underline' },
    },
  }),
  { name: 'PortalPage' },
);

/** The name of this portal. */
export function useAppTitle(): string {
  return useApi(configApiRef).getOptionalString('app.title') ?? 'Tenant Portal';
}

/**
 * A page of text without a header of Backstage's: its heading is its subject.
 *
 * @param props.documentTitle - title of the document where it is not that of the page
 */
export function PortalPage(props: { title: string; documentTitle?: string; children: ReactNode }) {
  const { title, documentTitle = title, children } = props;
  const classes = useStyles();
  const appTitle = useAppTitle();
  return (
    <main id="main" tabIndex={-1} className={classes.root}>
      <Helmet title={documentTitle} titleTemplate={`%s · ${appTitle}`} />
      <h1>{title}</h1>
      {children}
    </main>
  );
}
