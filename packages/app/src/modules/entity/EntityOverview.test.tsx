import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, EntityProvider } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen } from '@testing-library/react';
import { EntityOverview } from './EntityOverview';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name: 'tenant-b', namespace: 'default' },
  spec: { type: 'tenant' },
};

describe('EntityOverview', () => {
  it('has the first card of the main column before those at the side, for every reader', async () => {
    renderInTestApp(
      <EntityProvider entity={entity}>
        <EntityOverview
          cards={[
            { type: 'info', element: <p>About</p> },
            { type: 'content', element: <p>Release</p> },
            { element: <p>Relations</p> },
          ]}
        />
      </EntityProvider>,
      { apis: [[catalogApiRef, catalogApiMock({ entities: [entity] })]] },
    );
    await screen.findByText('Release');
    const texts = screen.getAllByText(/^(About|Release|Relations)$/);
    expect(texts.map(({ textContent }) => textContent)).toEqual(['Release', 'Relations', 'About']);
  });
});
