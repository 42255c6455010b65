import { renderInTestApp } from '@backstage/frontend-test-utils';
import { waitFor } from '@testing-library/react';
import { Helmet } from 'react-helmet';
import { PageTitle } from './PageTitle';

describe('PageTitle', () => {
  it('says it with the name of the portal, also within a page that has a title', async () => {
    renderInTestApp(
      <>
        <Helmet titleTemplate="Globex | %s | Our Portal" title="Release" />
        <PageTitle>tenant-b: degraded</PageTitle>
      </>,
      { config: { app: { title: 'Our Portal' } } },
    );
    await waitFor(() => expect(document.title).toBe('tenant-b: degraded · Our Portal'));
  });
});
