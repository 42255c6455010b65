import { renderInTestApp } from '@backstage/frontend-test-utils';
import { createTheme } from '@material-ui/core/styles';
import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import { act, screen, waitFor } from '@testing-library/react';
import { type TenantReleasesApi, tenantReleasesApiRef } from '../../api/TenantReleasesApi';
import { TenantReleasesProvider } from '../../api/TenantReleasesProvider';
import { createApi } from '../../testing/createApi';
import { createSource } from '../../testing/fixtures';
import { setUpTestClock } from '../../testing/setUpTestClock';
import { stateColour } from '../../theme/stateAppearance';
import { LiveDot } from './LiveDot';

setUpTestClock();

const theme = createTheme({ palette: { type: 'light' } });
const green = stateColour('in-sync', theme);
const amber = stateColour('drifted', theme);

async function renderDot(
  sources: SourceStatus[],
  props: { failing?: boolean; cluster?: string } = {},
  part: Partial<TenantReleasesApi> = {},
) {
  const { failing = false, cluster } = props;
  renderInTestApp(
    <TenantReleasesProvider>
      <LiveDot
        updatedAt={Date.now()}
        failing={failing}
        release={cluster === undefined ? undefined : { cluster }}
      />
    </TenantReleasesProvider>,
    { apis: [[tenantReleasesApiRef, createApi({ listSources: async () => sources, ...part })]] },
  );
  return screen.findByRole('img');
}

describe('LiveDot', () => {
  it('is green while all sources are there', async () => {
    const dot = await renderDot([createSource(), createSource({ kind: 'git' })]);
    await waitFor(() => expect(dot).toHaveStyle({ background: green }));
    expect(dot.parentElement).toHaveTextContent(/^updated now$/);
  });

  it('is not green while a source is away, and says which', async () => {
    const dot = await renderDot([
      createSource({ state: 'down' }),
      createSource({ kind: 'loki', state: 'stale' }),
      createSource({ kind: 'git' }),
    ]);
    await waitFor(() => expect(dot).toHaveStyle({ background: amber }));
    expect(dot.parentElement).toHaveTextContent(/^updated now, without Argo CD and Loki$/);
  });

  it('leaves out sources of other clusters', async () => {
    const sources = ['east', 'west'].map(name =>
      createSource({
        id: name,
        kind: 'kubernetes',
        name,
        state: name === 'east' ? 'down' : 'ok',
      }),
    );
    const dot = await renderDot(sources, { cluster: 'west' });
    await waitFor(() => expect(dot).toHaveStyle({ background: green }));
  });

  it('is no full dot while nothing is pushed', async () => {
    const dot = await renderDot([createSource()], {}, { readEvents: () => new Promise(() => {}) });
    expect(dot).toHaveAccessibleName('changes are looked for every 5 s');
    expect(dot).not.toHaveStyle({ background: green });
  });

  it('goes on counting, whatever happens to the browser’s clock', async () => {
    const start = performance.now();
    const passed = jest.spyOn(performance, 'now').mockReturnValue(start);
    const real = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(real);
    const dot = await renderDot([createSource()]);
    passed.mockReturnValue(start + 30_000);
    for (const minutes of [-10, 10]) {
      clock.mockReturnValue(real + minutes * 60_000);
      await act(() => new Promise(resolve => setTimeout(resolve, 1_100)));
      await waitFor(() => expect(dot.parentElement).toHaveTextContent(/^updated 30 s ago$/));
    }
  });
});
