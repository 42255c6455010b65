import type { RenderedDiff } from '@internal/plugin-tenant-releases-common';
import { createDiff } from '../testing/detailFixtures';
import { describeRendered, nameObject } from './renderedDiff';

const rendered = createDiff().manifests as RenderedDiff;
const [object] = rendered.objects;

describe('describeRendered', () => {
  it.each<[Partial<RenderedDiff>, string]>([
    [{}, '1 of 9 objects differs'],
    [{ objects: [object, object] }, '2 of 10 objects differ'],
    [{ objects: [], unchanged: 9 }, 'all 9 objects are the same'],
    [{ truncated: true }, '1 of 9 objects differs; not all is shown'],
    [{ unchanged: 0 }, '1 of 1 object differs'],
  ])('%#: %s', (part, text) => {
    expect(describeRendered({ ...rendered, ...part })).toBe(text);
  });
});

describe('nameObject', () => {
  it('has the namespace where there is one', () => {
    expect(nameObject(object)).toBe('Deployment demo-api in tenant-a');
    expect(nameObject({ ...object, kind: 'Namespace', name: 'x', namespace: undefined })).toBe(
      'Namespace x',
    );
  });
});
