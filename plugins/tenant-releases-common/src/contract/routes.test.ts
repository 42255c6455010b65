import { apiRoutes, fillPath } from './routes';

it('fills in each parameter as one part of the path', () => {
  const { path } = apiRoutes.getPanel;
  expect(fillPath(path, { tenant: '../a', service: 'b c', panelId: 'x?y#z' })).toBe(
    '/releases/..%2Fa/b%20c/panels/x%3Fy%23z',
  );
  expect(fillPath(apiRoutes.listReleases.path, {})).toBe('/releases');
});
