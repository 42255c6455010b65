import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogSearchResultListItem } from '@backstage/plugin-catalog';
import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import type { ComponentProps } from 'react';
import { type CatalogDocument, isTenant, leadToRelease } from './tenantResult';

type Props = Omit<ComponentProps<typeof CatalogSearchResultListItem>, 'result'> & {
  result?: CatalogDocument;
};

/** The document with the owner's title in the place of the owner's ref. */
function OwnedResultItem({ result, ...props }: Props & { result: CatalogDocument }) {
  const owner = parseEntityRef(result.owner ?? '', { defaultKind: 'group' });
  const { primaryTitle } = useEntityPresentation(stringifyEntityRef(owner));
  const document: CatalogDocument = { ...result, owner: primaryTitle };
  return <CatalogSearchResultListItem {...props} result={document} />;
}

/** Something of the catalog among the results of a search; a tenant leads to its Release tab. */
export function CatalogResultItem({ result, ...props }: Props) {
  if (!result) return null;
  const shown = isTenant(result) ? leadToRelease(result) : result;
  return isRef(shown.owner) ? (
    <OwnedResultItem {...props} result={shown} />
  ) : (
    <CatalogSearchResultListItem {...props} result={shown} />
  );
}

function isRef(owner: string | undefined): boolean {
  try {
    parseEntityRef(owner ?? '', { defaultKind: 'group' });
    return true;
  } catch {
    return false;
  }
}
