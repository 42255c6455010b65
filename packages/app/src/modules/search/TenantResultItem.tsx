import { CatalogSearchResultListItem } from '@backstage/plugin-catalog';
import type { SearchResultListItemExtensionProps } from '@backstage/plugin-search-react';
import type { ComponentProps } from 'react';
import { leadToRelease } from './tenantResult';

type Props = SearchResultListItemExtensionProps<ComponentProps<typeof CatalogSearchResultListItem>>;

/** A tenant among the results of a search. */
export function TenantResultItem({ result, ...props }: Props) {
  return <CatalogSearchResultListItem {...props} result={result && leadToRelease(result)} />;
}
