// eslint-disable-next-line @backstage/no-undeclared-imports -- the package is a dependency of the backend beside this one
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { mockServices } from '@backstage/backend-test-utils';
import {
  authorOf,
  platformFiles,
  startTestForge,
  type TestForge,
} from '../__testUtils__/testForge';

const valuesFile = 'gitops/tenants/tenant-a-values.yaml';

describe("Backstage's UrlReader on the forge", () => {
  let forge: TestForge;
  beforeAll(async () => {
    forge = await startTestForge({
      seed: seeded =>
        seeded.commitFiles({
          repository: 'platform',
          branch: 'feature/with/slashes',
          files: { 'gitops/only-here.yaml': 'here: true\n' },
          message: 'Add a file',
          author: authorOf('dev'),
        }),
    });
  });
  afterAll(() => forge.close());

  function reader(token: string | undefined = forge.settings.tokens.forge) {
    const { host } = new URL(forge.url);
    const integration = { host, apiBaseUrl: `${forge.url}/api/v3`, token };
    return UrlReaders.default({
      logger: mockServices.logger.mock(),
      config: mockServices.rootConfig({ data: { integrations: { github: [integration] } } }),
    });
  }
  const url = (path: string) => `${forge.url}/acme/platform/${path}`;

  it('reads a file, and is told when it has not changed', async () => {
    const read = await reader().readUrl(url(`blob/main/${valuesFile}`));
    expect((await read.buffer()).toString()).toBe(platformFiles[valuesFile]);
    expect(read.etag).toMatch(/^W\/"/);
    expect(read.lastModifiedAt).toEqual(new Date('2026-01-01T10:00:00Z'));
    await expect(
      reader().readUrl(url(`blob/main/${valuesFile}`), { etag: read.etag }),
    ).rejects.toMatchObject({ name: 'NotModifiedError' });
    await expect(
      reader().readUrl(url(`blob/main/${valuesFile}`), { lastModifiedAfter: new Date() }),
    ).rejects.toMatchObject({ name: 'NotModifiedError' });
  });

  it('reads a tree, and is told when nothing has been committed since', async () => {
    const tree = await reader().readTree(url('tree/main/gitops'));
    const files = await tree.files();
    expect(files.map(file => file.path).sort()).toEqual([
      'tenants/tenant-a-values.yaml',
      'tenants/tenant-b-values.yaml',
    ]);
    expect((await files[0].content()).toString()).toContain('tenant:');
    expect(tree.etag).toMatch(/^[0-9a-f]{40}$/);
    await expect(
      reader().readTree(url('tree/main/gitops'), { etag: tree.etag }),
    ).rejects.toMatchObject({ name: 'NotModifiedError' });
  });

  it('finds files by a pattern', async () => {
    const found = await reader().search(url('tree/main/gitops/tenants/*-values.yaml'));
    expect(found.files.map(file => file.url)).toEqual([
      url('tree/main/gitops/tenants/tenant-a-values.yaml'),
      url('tree/main/gitops/tenants/tenant-b-values.yaml'),
    ]);
    expect((await found.files[1].content()).toString()).toContain('name: tenant-b');
    await expect(
      reader().search(url('tree/main/gitops/tenants/*-values.yaml'), { etag: found.etag }),
    ).rejects.toMatchObject({ name: 'NotModifiedError' });
  });

  it('says that a file, a branch or a repository is not there', async () => {
    for (const path of [
      'blob/main/nothing.yaml',
      'blob/nothing/README.md',
      '../other/blob/main/x',
    ]) {
      await expect(reader().readUrl(url(path))).rejects.toMatchObject({ name: 'NotFoundError' });
    }
  });

  it('reads without a token, and refuses a wrong one', async () => {
    const read = await reader(undefined).readUrl(url(`blob/main/README.md`));
    expect((await read.buffer()).toString()).toBe(platformFiles['README.md']);
    await expect(reader('wrong').readUrl(url(`blob/main/README.md`))).rejects.toThrow(/401/);
  });
});
