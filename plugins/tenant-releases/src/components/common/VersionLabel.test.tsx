import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { VersionLabel } from './VersionLabel';

describe('VersionLabel', () => {
  const commit = 'sha-1a2b3c4d5e6f1a2b3c4d5e6f1a2b3c4d5e6f1a2b';

  it.each([
    [commit, 'sha-1a2b3c4', `copied ${commit}`],
    ['v1.2.3', 'v1.2.3', 'copied'],
  ])('copies %s, and says in full what was shortened', async (version, short, status) => {
    const user = userEvent.setup();
    const write = jest.spyOn(navigator.clipboard, 'writeText');
    renderInTestApp(<VersionLabel version={version} />);
    await user.click(await screen.findByRole('button', { name: short }));
    expect(await screen.findByText(status)).toHaveAttribute('role', 'status');
    expect(write).toHaveBeenCalledWith(version);
  });
});
