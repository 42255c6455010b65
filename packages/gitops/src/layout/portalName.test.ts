import { tenantNameProblem } from '@internal/plugin-tenant-releases-common';
import fc from 'fast-check';
import { portalName } from './portalName';

it.each([
  ['acme', 'acme'],
  ['acme-eu', 'acme-eu'],
  ['Acme_EU', 'acme-eu'],
  ['acme.com', 'acme-com'],
  ['4ever', 't-4ever'],
  ['-x-', 'x'],
  ['worker.v2', 'worker-v2'],
])('calls %s %s', (name, wanted) => {
  expect(portalName(name, 40)).toBe(wanted);
});

it('gives any text a name that can be used, and the same to the same', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 300, unit: 'grapheme' }), text => {
      const name = portalName(text, 40);
      expect(tenantNameProblem(name) ?? 'reserved').toContain('reserved');
      expect(portalName(text, 40)).toBe(name);
    }),
  );
});

it('tells long names apart that begin alike', () => {
  const long = 'a'.repeat(60);
  expect(portalName(`${long}b`, 40)).not.toBe(portalName(`${long}c`, 40));
});
