import type { CompoundEntityRef } from '@backstage/catalog-model';
import {
  BreadcrumbEntry,
  useBreadcrumbEntries,
  type PageLayoutProps,
} from '@backstage/frontend-plugin-api';
import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { PluginHeader } from '@backstage/ui';
import type { ComponentProps } from 'react';
import { Helmet } from 'react-helmet';
import { useLocation, useParams, useResolvedPath } from 'react-router-dom';
import { PageTabs } from './PageTabs';
import { useAppTitle } from './PortalPage';

type HeaderProps = ComponentProps<typeof PluginHeader>;

/** The heading of an entity's page is the entity; Backstage's own would be "Catalog". */
function EntityHeader({ entity, ...header }: HeaderProps & { entity: CompoundEntityRef }) {
  return <PluginHeader {...header} title={useEntityPresentation(entity).primaryTitle} />;
}

/** The entity that the address names, on the pages of entities. */
function useEntityOfAddress(): CompoundEntityRef | undefined {
  const { kind, namespace, name } = useParams();
  return kind && namespace && name ? { kind, namespace, name } : undefined;
}

/**
 * Backstage's page layout with landmarks, a title of the document, and the subject as the heading. Pages of entities
 * bring a `main` and a title of their own.
 */
export function PortalPageLayout(props: PageLayoutProps) {
  const { title: page, icon, noHeader, titleLink, headerActions, tabs, children } = props;
  const { tenant } = useParams();
  // A page that is about one tenant is headed by it.
  const title = tenant ? `${page} ${tenant}` : page;
  const parentPath = useResolvedPath('.').pathname.replace(/\/$/, '');
  const { pathname } = useLocation();
  const { items: breadcrumbs } = useBreadcrumbEntries();
  const entity = useEntityOfAddress();
  const appTitle = useAppTitle();
  if (noHeader) return <>{children}</>;
  const shownTabs = tabs?.map(tab => ({
    ...tab,
    href: tab.href.startsWith('/') ? tab.href : `${parentPath}/${tab.href}`.replace(/\/{2,}/g, '/'),
  }));
  const tab = shownTabs?.find(({ href }) => pathname.startsWith(href));
  const documentTitle = [title, tab?.label].filter(Boolean).join(': ');
  const header: HeaderProps = {
    title,
    icon,
    titleLink,
    breadcrumbs,
    customActions: headerActions,
  };
  const content = (
    <>
      <Helmet title={documentTitle} titleTemplate={`%s · ${appTitle}`} />
      <header>
        {entity ? <EntityHeader {...header} entity={entity} /> : <PluginHeader {...header} />}
        {shownTabs && shownTabs.length > 1 && (
          <PageTabs label={`Parts of ${title ?? 'this page'}`} tabs={shownTabs} />
        )}
      </header>
      {entity ? (
        <div id="main" tabIndex={-1}>
          {children}
        </div>
      ) : (
        <main id="main" tabIndex={-1}>
          {children}
        </main>
      )}
    </>
  );
  if (!title) return content;
  return (
    <BreadcrumbEntry entry={{ label: title, href: titleLink ?? (parentPath || '/') }}>
      {content}
    </BreadcrumbEntry>
  );
}
