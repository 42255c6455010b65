import { TestFleet } from '../__testUtils__/TestFleet';
import { tenantFile, tenantPath } from '../__testUtils__/FakeGithub';
import { eventually } from '../__testUtils__/eventually';

it('a release that cannot be joined takes no other with it', async () => {
  const fleet = new TestFleet();
  const names = ['tenant-a', 'tenant-b'];
  fleet.git.commit(
    Object.fromEntries(names.map(name => [tenantPath(name), tenantFile(name, 'sha-1')])),
  );
  fleet.start();
  const tenants = () => fleet.board.refs().map(({ tenant }) => tenant);
  expect(await eventually(tenants, names)).toEqual(names);
  const pods = fleet.running.pods.bind(fleet.running);
  jest.spyOn(fleet.running, 'pods').mockImplementation((cluster, place, hint) => {
    if (place.tenant === 'tenant-a') throw new Error('a mistake of ours');
    return pods(cluster, place, hint);
  });
  const [broken, other] = fleet.board.refs().map(ref => fleet.board.release(ref));
  expect(broken).toMatchObject({
    tenant: 'tenant-a',
    owner: 'group:default/tenant-a-owners',
    state: 'unknown',
    reasons: [{ code: 'APPLICATION_INVALID' }],
  });
  expect(JSON.stringify(broken)).not.toContain('a mistake of ours');
  expect(other).toMatchObject({ tenant: 'tenant-b', desired: { version: 'sha-1' } });
  expect(fleet.errors).toMatchObject([{ message: 'a mistake of ours' }]);
  await fleet.stop();
});
