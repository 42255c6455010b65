import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { HelpPage } from './HelpPage';

jest.mock('./guide.md', () => ({ __esModule: true, default: 'http://localhost:0/guide.md' }));

const server = setupServer();

describe('HelpPage', () => {
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());

  it('shows the guide below its own heading, the keys, and who is to be asked', async () => {
    server.use(
      http.get('http://localhost:0/guide.md', () =>
        HttpResponse.text('# Using the portal\n\n## States\n\nDrifted means that it differs.\n'),
      ),
    );
    renderInTestApp(<HelpPage />);
    expect(await screen.findByText('Drifted means that it differs.')).toBeVisible();
    expect(screen.getByRole('heading', { level: 2, name: 'States' })).toBeVisible();
    expect(screen.queryByText('Using the portal')).not.toBeInTheDocument();
    expect(screen.getByRole('heading', { level: 2, name: 'Keys' })).toBeVisible();
    expect(screen.getByText('Questions? Ask your platform team.')).toBeVisible();
  });

  it('says so when the guide cannot be read, and keeps the rest', async () => {
    server.use(
      http.get('http://localhost:0/guide.md', () => new HttpResponse(undefined, { status: 502 })),
    );
    renderInTestApp(<HelpPage />);
    expect(await screen.findByRole('alert')).toHaveTextContent('HTTP 502');
    expect(screen.getByRole('heading', { name: 'Keys' })).toBeVisible();
  });
});
