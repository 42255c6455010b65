import { mockServices } from '@backstage/backend-test-utils';
import { eventually } from '../__testUtils__/eventually';
import { FakeArgocd } from '../__testUtils__/FakeArgocd';
import { ApplicationWatch } from './ApplicationWatch';
import { ArgocdClient } from './ArgocdClient';
import { SyncIndex } from './SyncIndex';

describe('SyncIndex', () => {
  let first: FakeArgocd;
  let second: FakeArgocd;
  let index: SyncIndex;

  const get = (name: string) => index.named(name)[0];
  const acme = () => get('acme');

  beforeEach(async () => {
    first = await new FakeArgocd().start();
    second = await new FakeArgocd().start();
    first.set('acme', { images: ['x:1'] });
    second.set('acme', { images: ['x:2'] });
    second.set('globex', { phase: 'Failed', message: 'quota exceeded', sync: 'OutOfSync' });
    const logger = mockServices.logger.mock();
    index = new SyncIndex(
      [first, second].map(
        ({ url }, position) =>
          new ApplicationWatch({
            name: `n${position}`,
            api: new ArgocdClient({ url, token: 'argocd-token' }),
            logger,
            isGitops: () => true,
            tenantOfFile: () => undefined,
          }),
      ),
    );
  });

  afterEach(async () => {
    await index.stop();
    await Promise.all([first.stop(), second.stop()]);
  });

  it('joins the instances, the one configured first in front', async () => {
    index.start();
    const names = () => index.records().map(({ instance, name }) => `${instance} ${name}`);
    const expected = ['n0 acme', 'n1 acme', 'n1 globex'];
    expect(await eventually(names, expected)).toEqual(expected);
    expect(acme()?.instance).toBe('n0');
    expect(get('globex')?.instance).toBe('n1');
  });

  it('asks for the message of a failure, which no list tells', async () => {
    index.start();
    const message = () => get('globex')?.operation?.message;
    expect(await eventually(message, 'quota exceeded')).toBe('quota exceeded');
    expect(second.requests.filter(line => line.includes('/globex?'))).toHaveLength(1);
    expect(second.requests.filter(line => line.includes('/acme?'))).toHaveLength(0);
  });

  it('reads details once for all who wait', async () => {
    index.start();
    await eventually(() => acme() !== undefined, true);
    const records = await Promise.all([index.withDetails(acme()!), index.withDetails(acme()!)]);
    expect(records[0]?.details?.history).toEqual([]);
    expect(records[1]).toBe(records[0]);
    expect(first.requests.filter(line => line.includes('/acme?'))).toHaveLength(1);
  });

  it('reads who made a revision once', async () => {
    index.start();
    await eventually(() => acme() !== undefined, true);
    await index.revisionMetadata(acme()!, 'abc');
    expect(await index.revisionMetadata(acme()!, 'abc')).toMatchObject({ message: 'bump' });
    expect(first.requests.filter(line => line.includes('/revisions/'))).toHaveLength(1);
  });

  it('does not know of an absent name while an instance has not answered', async () => {
    first.fault = { fault: { kind: 'status', status: 503 } };
    index.start();
    await eventually(() => get('globex') !== undefined, true);
    expect(index.freshness(get('globex')).state).toBe('ok');
    expect(index.freshness(undefined).state).toBe('unknown');
    expect(index.statuses()).toMatchObject([
      { id: 'argocd:n0', state: 'down', error: 'server-error' },
      { id: 'argocd:n1', state: 'ok' },
    ]);
  });
});
