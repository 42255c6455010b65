import { fetchApiRef } from '@backstage/frontend-plugin-api';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { RequireTemplates } from './RequireTemplates';

function open(totalItems: number) {
  renderInTestApp(
    <RequireTemplates>
      <p>the forms</p>
    </RequireTemplates>,
    { apis: [[fetchApiRef, { fetch: async () => Response.json({ totalItems }) }]] },
  );
}

describe('RequireTemplates', () => {
  it('shows the forms to those who have any', async () => {
    open(1);
    expect(await screen.findByText('the forms')).toBeVisible();
  });

  it('says to others that they may not, and who may', async () => {
    open(0);
    expect(
      await screen.findByRole('heading', { level: 1, name: 'You may not add tenants' }),
    ).toBeVisible();
    expect(screen.getByText(/Members of the platform team add tenants/)).toBeVisible();
    expect(screen.queryByText('the forms')).not.toBeInTheDocument();
  });
});
