import type { DesiredEntry } from '../desired/DesiredEntries';
import type { ApplicationState } from '../join/releaseParts';
import { imageHint, versionsOf } from './imageHint';

const digest = `sha256:${'a'.repeat(64)}`;
const repository = 'ghcr.io/acme/demo-api';
const entry = (image: object) => ({ file: { image: { repository, ...image } } } as DesiredEntry);

describe('imageHint', () => {
  it('tells what the tenant file says of the image', () => {
    expect(imageHint(entry({ tag: 'sha-1' }))).toEqual({ repository, versions: ['sha-1'] });
    expect(imageHint(entry({ tag: 'sha-1', digest }))).toEqual({
      repository,
      versions: ['sha-1'],
      digests: new Map([[digest, 'sha-1']]),
    });
  });

  it('knows nothing without a file', () => {
    expect(imageHint(undefined)).toEqual({ versions: [] });
    expect(imageHint({} as DesiredEntry)).toEqual({ versions: [] });
  });
});

describe('versionsOf', () => {
  it('tells what may run: synced, wanted, overridden, followed', () => {
    const application = {
      version: 'a',
      override: { version: 'c', by: 'x' },
      follows: { branch: 'main', revision: 'x', version: 'd' },
    } as ApplicationState;
    expect(versionsOf(entry({ tag: 'b' }), application)).toEqual(['a', 'b', 'c', 'd']);
    expect(versionsOf(entry({ tag: 'b' }), undefined)).toEqual(['b']);
    expect(
      versionsOf(undefined, { follows: { branch: 'main', revision: 'x' } } as ApplicationState),
    ).toEqual([]);
  });
});
