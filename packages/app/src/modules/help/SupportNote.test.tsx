import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { SupportNote } from './SupportNote';

const items = [
  {
    title: 'the platform team',
    links: [
      { title: 'Help', url: '/help' },
      { title: 'chat', url: 'https://chat.example.com' },
    ],
  },
];

describe('SupportNote', () => {
  it('says who is to be asked, and how', async () => {
    renderInTestApp(<SupportNote />, {
      config: { app: { support: { url: 'https://chat.example.com', items } } },
    });
    expect(await screen.findByText(/Questions\?/)).toHaveTextContent(
      'Questions? Ask the platform team: Help, chat, Opens in a new window.',
    );
    expect(screen.getByRole('link', { name: /chat/ })).toHaveAttribute(
      'href',
      'https://chat.example.com',
    );
  });

  it('offers no page of the portal before the sign-in', async () => {
    renderInTestApp(<SupportNote signedOut />, {
      config: { app: { support: { url: 'https://chat.example.com', items } } },
    });
    expect(await screen.findByText(/Questions\?/)).toHaveTextContent(
      'Questions? Ask the platform team: chat, Opens in a new window.',
    );
  });

  it('leads nowhere else where nothing is configured', async () => {
    renderInTestApp(<SupportNote />, { config: {} });
    expect(await screen.findByText('Questions? Ask your platform team.')).toBeVisible();
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });
});
