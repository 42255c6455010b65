import { RELATION_OWNED_BY, RELATION_PART_OF } from '@backstage/catalog-model';
import {
  EntityRefLinks,
  FavoriteEntity,
  getEntityRelations,
  useEntity,
  useEntityPresentation,
} from '@backstage/plugin-catalog-react';
import type { EntityHeaderLayoutProps } from '@backstage/plugin-catalog-react/alpha';
import { ButtonLink, Header } from '@backstage/ui';
import { RiCodeBoxLine } from '@remixicon/react';
import { useLocation } from 'react-router-dom';

/** Backstage's own names the owner and the system by their refs; people know them by their titles. */
export function EntityHeader({ tabs, activeTabId }: EntityHeaderLayoutProps) {
  const { entity } = useEntity();
  const { pathname } = useLocation();
  const { primaryTitle } = useEntityPresentation(entity);
  const relations = [
    { label: 'Owner', refs: getEntityRelations(entity, RELATION_OWNED_BY) },
    { label: 'Part of', refs: getEntityRelations(entity, RELATION_PART_OF) },
  ];
  const words = [entity.kind, entity.spec?.type].filter(word => typeof word === 'string');
  return (
    <Header
      title={primaryTitle}
      tags={words.map(label => ({ label }))}
      metadata={relations
        .filter(({ refs }) => refs.length > 0)
        .map(({ label, refs }) => ({
          label,
          value: <EntityRefLinks entityRefs={refs} hideIcons />,
        }))}
      tabs={tabs}
      activeTabId={activeTabId}
      customActions={
        <>
          <FavoriteEntity entity={entity} />
          <ButtonLink
            href={`${pathname}?inspect=overview`}
            variant="secondary"
            iconStart={<RiCodeBoxLine />}
          >
            Inspect
          </ButtonLink>
        </>
      }
    />
  );
}
