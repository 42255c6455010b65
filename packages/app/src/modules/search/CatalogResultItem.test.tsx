import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityPresentationApiRef } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { CatalogResultItem } from './CatalogResultItem';

const open = (owner?: string) => {
  const document = { title: 'Globex', text: '', location: '/catalog/x/b', kind: 'Resource' };
  const snapshot = { entityRef: 'group:default/owners', primaryTitle: 'Owners of Globex' };
  const forEntity = () => ({ snapshot, promise: Promise.resolve(snapshot) });
  renderInTestApp(<CatalogResultItem result={{ ...document, type: 'tenant', owner }} />, {
    apis: [[entityPresentationApiRef, { forEntity }]],
  });
};

describe('CatalogResultItem', () => {
  it('leads to the release and names the owner by title', async () => {
    open('group:default/owners');
    expect(await screen.findByRole('link', { name: 'Globex' })).toHaveAttribute(
      'href',
      '/catalog/x/b/releases',
    );
    expect(screen.getByText(/owner: Owners of Globex/)).toHaveTextContent(
      'Resource, tenant, owner: Owners of Globex',
    );
  });

  it.each([undefined, '', ':::'])('is drawn with the owner %j too', async owner => {
    open(owner);
    expect(await screen.findByRole('link', { name: 'Globex' })).toBeVisible();
    expect(screen.queryByText(/Owners of Globex/)).not.toBeInTheDocument();
  });
});
