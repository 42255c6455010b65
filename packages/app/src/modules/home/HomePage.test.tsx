import { fetchApiRef } from '@backstage/frontend-plugin-api';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { render, screen } from '@testing-library/react';
import { MemoryRouter, Route, Routes } from 'react-router-dom';
import { HomePage } from './HomePage';

describe('HomePage', () => {
  it.each([
    [1, 'the tenants'],
    [0, 'the catalog'],
  ])('leads whoever sees %d tenants to %s', async (totalItems, page) => {
    const fetchApi = {
      fetch: async (url: unknown) =>
        Response.json({
          totalItems: String(url).startsWith('plugin://tenant-releases') ? totalItems : 0,
        }),
    };
    render(
      <TestApiProvider apis={[[fetchApiRef, fetchApi]]}>
        <MemoryRouter initialEntries={['/']}>
          <Routes>
            <Route path="/" element={<HomePage />} />
            <Route path="/tenants" element={<p>the tenants</p>} />
            <Route path="/catalog" element={<p>the catalog</p>} />
          </Routes>
        </MemoryRouter>
      </TestApiProvider>,
    );
    expect(await screen.findByText(page)).toBeVisible();
  });
});
