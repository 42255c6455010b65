import { eventually } from '../__testUtils__/eventually';
import { FakeGithub, tenantFile, tenantPath } from '../__testUtils__/FakeGithub';
import { startDesiredIndex } from '../__testUtils__/startDesiredIndex';
import type { DesiredIndex } from './DesiredIndex';

/** Repositories that change their layout once: flat files to folders. */
describe('DesiredIndex of a tenant file that was moved', () => {
  const former = 'tenants/tenant-a.yaml';
  const path = tenantPath('tenant-a');
  let github: FakeGithub;
  let index: DesiredIndex;
  let commits: string[];

  const entry = (tenant = 'tenant-a') => index.get(tenant, 'demo-api')!;
  const start = async () => {
    ({ index } = startDesiredIndex(github));
    await eventually(() => index.entries().length > 0, true);
  };
  const history = async (count = 30) =>
    (await index.history(entry(), count)).map(({ commit, version, movedFrom }) =>
      [commits.indexOf(commit), version, movedFrom].filter(part => part !== undefined).join(' '),
    );
  const move = (from: string, to: string, text: string, options = {}) =>
    github.commit({ [from]: undefined, [to]: text }, { renames: { [to]: from }, ...options });

  beforeEach(async () => {
    github = await new FakeGithub().start();
    const two = tenantFile('tenant-a', 'sha-2');
    commits = [
      github.commit({ [former]: tenantFile('tenant-a', 'sha-1') }, { author: 'Lin' }),
      github.commit({ [former]: two }, { author: 'Ada', pullRequest: 2 }),
      move(former, path, two, { author: 'Bo' }),
    ];
  });

  afterEach(async () => {
    await index.stop();
    await github.stop();
  });

  it('goes on behind the move', async () => {
    commits.push(github.commit({ [path]: tenantFile('tenant-a', 'sha-3') }));
    await start();
    expect(await history()).toEqual(['3 sha-3', `2 sha-2 ${former}`, '1 sha-2', '0 sha-1']);
    expect(await history(2)).toEqual(['3 sha-3', `2 sha-2 ${former}`]);
  });

  it('knows who set a version before the move', async () => {
    await start();
    const author = () => index.state(entry()).change?.author;
    expect(await eventually(author, 'Ada')).toBe('Ada');
    expect(index.state(entry()).change).toMatchObject({
      commit: commits[1],
      pullRequest: { number: 2 },
    });
  });

  it('reads the former path at commits before the move', async () => {
    await start();
    const at = (commit: string) => () => index.versionAt(entry(), commit);
    expect(await eventually(at(commits[0]), 'sha-1')).toBe('sha-1');
    expect(await eventually(at(commits[1]), 'sha-2')).toBe('sha-2');
    const content = await index.contentAt(entry(), commits[1]);
    expect(content).toBe(entry().head.sha);
  });

  it('asks once for what one commit did to all files', async () => {
    const names = ['tenant-b', 'tenant-c', 'tenant-d'];
    const texts = Object.fromEntries(names.map(name => [name, tenantFile(name, 'sha-1')]));
    const old = (name: string) => `tenants/${name}.yaml`;
    github.commit(Object.fromEntries(names.map(name => [old(name), texts[name]])), {
      author: 'Cy',
    });
    github.filesPerPage = 2;
    const moved = github.commit(
      Object.fromEntries(
        names.flatMap(name => [
          [old(name), undefined],
          [tenantPath(name), texts[name]],
        ]),
      ),
      { renames: Object.fromEntries(names.map(name => [tenantPath(name), old(name)])) },
    );
    await start();
    const authors = () => names.map(name => index.state(entry(name)).change?.author);
    expect(await eventually(authors, ['Cy', 'Cy', 'Cy'])).toEqual(['Cy', 'Cy', 'Cy']);
    const route = `/commits/${moved}`;
    const asked = github.requests.filter(
      line => line.endsWith(route) || line.includes(`${route}?`),
    );
    expect(asked.map(line => line.split(route)[1])).toEqual(['', '?page=2']);
  });

  it('does not take the file of a tenant that left for the one of a tenant that came', async () => {
    github.commit({ [tenantPath('tenant-b')]: tenantFile('tenant-b', 'sha-7') });
    const text = tenantFile('tenant-c', 'sha-8');
    move(tenantPath('tenant-b'), tenantPath('tenant-c'), text);
    github.commit({ 'tenants/tenant-d.yaml': tenantFile('tenant-d', 'sha-9') });
    move('tenants/tenant-d.yaml', tenantPath('tenant-e'), tenantFile('tenant-e', 'sha-8'));
    await start();
    for (const tenant of ['tenant-c', 'tenant-e']) {
      const found = await index.history(entry(tenant), 30);
      expect(found.map(({ version }) => version)).toEqual(['sha-8']);
      expect(found[0]).not.toHaveProperty('movedFrom');
    }
  });

  it('ends where the file was copied, and follows a few moves only', async () => {
    const two = tenantFile('tenant-b', 'sha-2');
    github.commit({ 'a.yaml': two });
    commits.push(github.commit({ 'a.yaml': undefined, [tenantPath('tenant-b')]: two }));
    const text = tenantFile('tenant-z', 'sha-1');
    const places = ['b', 'c', 'd', 'e', 'f'].map(name => `${name}.yaml`);
    github.commit({ [places[0]]: text });
    [...places.slice(1), tenantPath('tenant-z')].forEach((to, at) => move(places[at], to, text));
    await start();
    expect(await index.history(entry('tenant-b'), 30)).toHaveLength(1);
    const moves = await index.history(entry('tenant-z'), 30);
    expect(moves.map(({ movedFrom }) => movedFrom)).toEqual([
      'f.yaml',
      'e.yaml',
      'd.yaml',
      undefined,
    ]);
  });

  it('goes without older changes when GitHub cannot compare the commit, but says it when Git is away', async () => {
    github.fault = {
      fault: { kind: 'status', status: 422 },
      path: new RegExp(`/commits/${commits[2]}$`),
    };
    await start();
    expect(await history()).toEqual(['2 sha-2']);
    github.commit({ [path]: tenantFile('tenant-a', 'sha-3') });
    github.fault = { fault: { kind: 'status', status: 500 }, path: github.fault.path };
    index.refresh();
    await eventually(() => entry().file?.image.tag, 'sha-3');
    await expect(index.history(entry(), 30)).rejects.toMatchObject({ errorClass: 'server-error' });
  });
});
