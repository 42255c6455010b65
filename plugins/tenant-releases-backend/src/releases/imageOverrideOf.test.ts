import type { DesiredEntry } from '../desired/DesiredEntries';
import type { ApplicationRecord } from '../sync/ApplicationRecord';
import { imageOverrideOf } from './imageOverrideOf';

const digest = `sha256:${'a'.repeat(64)}`;
const other = `sha256:${'b'.repeat(64)}`;
const entry = {
  file: { image: { repository: 'ghcr.io/acme/demo-api', tag: 'sha-2', digest } },
} as unknown as DesiredEntry;

describe('imageOverrideOf', () => {
  const by = 'helm.values';

  it.each<[string, Partial<ApplicationRecord>, object | undefined]>([
    ['nothing', {}, undefined],
    [
      'the repository of the file',
      { override: { repository: 'ghcr.io/acme/demo-api', by } },
      undefined,
    ],
    [
      'a mirror of it',
      { override: { repository: 'mirror.local:5000/acme/demo-api', by } },
      undefined,
    ],
    [
      'another repository',
      { override: { repository: 'ghcr.io/fork/demo-api', tag: 'x', by } },
      { key: 'image.repository', value: 'ghcr.io/fork/demo-api', by },
    ],
    [
      'another name of kustomize',
      { kustomizeImages: ['ghcr.io/acme/demo-api=ghcr.io/fork/demo-api'] },
      { key: 'image.repository', value: 'ghcr.io/fork/demo-api', by: 'kustomize.images' },
    ],
    ['the digest of the file', { override: { digest, by } }, undefined],
    [
      'another digest',
      { override: { digest: other, by } },
      { key: 'image.digest', value: other, by },
    ],
    ['a digest of its own tag', { override: { tag: 'x', digest: other, by } }, undefined],
  ])('tells of %s', (_, parts, expected) => {
    const record = { kustomizeImages: [], ...parts } as unknown as ApplicationRecord;
    expect(imageOverrideOf(record, entry)).toEqual(expected);
  });

  it('compares with nothing where there is no file', () => {
    const record = { kustomizeImages: [], override: { repository: 'x', by } };
    expect(imageOverrideOf(record as unknown as ApplicationRecord, undefined)).toBeUndefined();
  });
});
