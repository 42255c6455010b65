import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import type { ResultHighlight } from '@backstage/plugin-search-common';
import { HighlightedSearchResultText } from '@backstage/plugin-search-react';
import { makeStyles } from '@material-ui/core/styles';
import { type CatalogDocument, isTenant, leadToRelease, ownerOf } from './tenantResult';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(0.5), lineHeight: 1.5, overflowWrap: 'anywhere' },
    title: { fontSize: '1.1rem', fontWeight: 600 },
    quiet: { color: theme.palette.text.secondary, fontSize: theme.typography.body2.fontSize },
  }),
  { name: 'PortalCatalogResultItem' },
);

/** The owner by title: what people know, rather than a ref. */
function Owner({ owner }: { owner: string }) {
  const ref = stringifyEntityRef(parseEntityRef(owner, { defaultKind: 'group' }));
  return <>, owner: {useEntityPresentation(ref).primaryTitle}</>;
}

/** Something of the catalog among the results of a search; a tenant leads to its Release tab. */
export function CatalogResultItem(props: {
  result?: CatalogDocument;
  highlight?: ResultHighlight;
}) {
  const { result, highlight } = props;
  const classes = useStyles();
  if (!result) return null;
  const { title, text, kind, type, location } = isTenant(result) ? leadToRelease(result) : result;
  const owner = ownerOf(result);
  const mark = (field: 'title' | 'text', plain: string) =>
    highlight?.fields[field] ? (
      <HighlightedSearchResultText
        text={highlight.fields[field]}
        preTag={highlight.preTag}
        postTag={highlight.postTag}
      />
    ) : (
      plain
    );
  return (
    <div className={classes.root}>
      <Link to={location} className={classes.title}>
        {mark('title', title)}
      </Link>
      <div className={classes.quiet}>{mark('text', text)}</div>
      <div className={classes.quiet}>
        {[kind, type].filter(Boolean).join(', ')}
        {owner && <Owner owner={owner} />}
      </div>
    </div>
  );
}
