import { mockServices } from '@backstage/backend-test-utils';
import { tenantFile } from '../__testUtils__/FakeGithub';
import type { GitText } from '@internal/gitops';
import { TenantFileReader } from './TenantFileReader';
import { TenantFiles } from './TenantFiles';

// Thousands of files are parsed, on a machine that may be busy.
jest.setTimeout(30_000);

it('lets others have their turn while thousands of files are parsed', async () => {
  const texts = new Map<string, GitText>(
    Array.from({ length: 5_000 }, (_, index) => [
      `sha-${index}`,
      { text: tenantFile('acme', `v${index}`) },
    ]),
  );
  const files = new TenantFiles(64 * 1024);
  const api = { blobs: async () => texts, blob: jest.fn() };
  const reader = new TenantFileReader(api, files, mockServices.logger.mock());
  const contents = [...texts.keys()].map(sha => ({ sha, tenant: 'acme' }));
  let parsedBefore: number | undefined;
  setImmediate(() => {
    parsedBefore = contents.filter(({ sha, tenant }) => files.find(sha, tenant)).length;
  });
  await reader.readAhead(contents, new AbortController().signal);
  expect(parsedBefore).toBeGreaterThan(0);
  expect(parsedBefore).toBeLessThan(5_000);
  expect(await reader.read({ sha: 'sha-4999', tenant: 'acme' })).toMatchObject({ ok: true });
  expect(api.blob).not.toHaveBeenCalled();
});
