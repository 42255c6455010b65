import { createHash } from 'node:crypto';
import path from 'node:path';
import { ImageRegistry } from '@internal/gitops';
import { pullImage } from '../cluster/kubelet/imageRegistry';
import { pushImages } from '../release/imageRegistry';
import { startTestForge, type TestForge } from './__testUtils__/testForge';

const name = 'ghcr.io/acme/demo-api';
const image = {
  repository: name,
  tag: 'sha-1111111',
  commit: '1'.repeat(40),
  createdAt: '2026-01-01T10:00:00Z',
  author: 'Dev',
  message: 'feat: begin',
};
let forge: TestForge;
beforeAll(async () => {
  forge = await startTestForge();
  await pushImages(forge.settings.stateDir, [image]);
});
afterAll(() => forge.close());

const ask = (reference: { tag?: string; digest?: string }, repository = name) =>
  new ImageRegistry([{ host: 'ghcr.io', path: '', url: forge.url }]).lookUp({
    name: repository,
    ...reference,
  });

it('has what was built, also what was built since, and nothing else', async () => {
  expect(await ask({ tag: 'sha-1111111' })).toMatchObject({ kind: 'exists' });
  expect(await ask({ tag: 'sha-2222222' })).toEqual({ kind: 'absent' });
  expect(await ask({ tag: 'sha-1111111' }, 'ghcr.io/acme/other')).toEqual({ kind: 'absent' });
  const bad = { ...image, tag: 'sha-2222222', environment: { FAULT_RATIO: '0.35' } };
  await pushImages(forge.settings.stateDir, [bad]);
  expect(await ask({ tag: 'sha-2222222' })).toMatchObject({ kind: 'exists' });
});

it('has it by the digest that pods say they run', async () => {
  const file = path.join(forge.settings.stateDir, 'registry', 'images.json');
  const { id } = await pullImage(file, `${name}:sha-1111111`);
  const digest = id.slice(id.indexOf('@') + 1);
  expect(await ask({ digest })).toEqual({ kind: 'exists', digest });
  const answer = await fetch(`${forge.url}/v2/acme/demo-api/manifests/${digest}`);
  const content = createHash('sha256').update(await answer.text());
  expect(`sha256:${content.digest('hex')}`).toBe(digest);
});

it('answers as a registry, and says what it is not for', async () => {
  expect(await (await fetch(`${forge.url}/v2/`)).json()).toEqual({});
  const pushed = await fetch(`${forge.url}/v2/acme/demo-api/blobs/uploads/`, { method: 'POST' });
  expect(pushed.status).toBe(405);
  expect(await pushed.json()).toMatchObject({ errors: [{ code: 'UNSUPPORTED' }] });
});
