import { isTenant, leadToRelease } from './tenantResult';

const document = {
  title: 'Globex',
  text: 'standard tenant',
  location: '/catalog/default/resource/tenant-b',
};

describe('isTenant', () => {
  it.each([
    [{ kind: 'Resource', type: 'tenant' }, true],
    [{ kind: 'resource', type: 'tenant' }, true],
    [{ kind: 'Resource', type: 'database' }, false],
    [{ kind: 'Component', type: 'tenant' }, false],
    [{}, false],
  ])('%j: %s', (part, expected) => {
    expect(isTenant({ ...document, ...part })).toBe(expected);
  });
});

describe('leadToRelease', () => {
  it('leads to the Release tab and changes nothing else', () => {
    expect(leadToRelease(document)).toEqual({
      ...document,
      location: '/catalog/default/resource/tenant-b/releases',
    });
    expect(leadToRelease({ ...document, location: '/x/' }).location).toBe('/x/releases');
    expect(document.location).toBe('/catalog/default/resource/tenant-b');
  });
});
