import { chmodSync } from 'node:fs';
import { delimiter } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { findHelm } from './findHelm';

describe('findHelm', () => {
  const dir = createMockDirectory({ content: { a: {}, b: { helm: '#!/bin/sh' }, plain: 'x' } });
  const searchPath = [dir.resolve('a'), dir.resolve('b')].join(delimiter);
  const configured = (path: string) => new ConfigReader({ tenantReleases: { helm: { path } } });

  beforeAll(() => chmodSync(dir.resolve('b/helm'), 0o755));

  it('takes the first one on the PATH', async () => {
    const found = await findHelm(new ConfigReader({}), searchPath);
    expect(found).toEqual({ path: dir.resolve('b/helm') });
  });

  it('takes the configured one before that', async () => {
    const path = dir.resolve('b/helm');
    expect(await findHelm(configured(path), '')).toEqual({ path });
  });

  it('does not fall back from a configured one that is wrong, and says what to do', async () => {
    expect(await findHelm(configured(dir.resolve('plain')), searchPath)).toEqual({
      problem: expect.stringMatching(/^tenantReleases\.helm\.path is .*plain, which is no program/),
    });
  });

  it('says what to do when there is none', async () => {
    expect(await findHelm(new ConfigReader({}), dir.resolve('a'))).toEqual({
      problem: expect.stringMatching(
        /install helm 3\.16 or newer, or set tenantReleases\.helm\.path/,
      ),
    });
  });
});
