import { newestKnown, versionOption } from './versionOption';

const now = Date.parse('2026-11-23T12:00:00Z');
const none = { version: 'sha-1', tenants: 0, healthy: 0, ready: 0 };

it.each([
  [
    { ...none, tenants: 2, ready: 2, healthy: 2 },
    true,
    'sha-1 (newest; 2 tenants run it healthily)',
  ],
  [
    { ...none, tenants: 2, ready: 2, healthy: 2, measured: 0 },
    false,
    'sha-1 (2 tenants run it, every pod ready; whether it serves is not measured)',
  ],
  [
    { ...none, tenants: 3, ready: 3, healthy: 3, measured: 2 },
    false,
    'sha-1 (3 tenants run it healthily; whether it serves is measured for 2 of them)',
  ],
  [
    { ...none, tenants: 1, ready: 1, healthy: 1, measured: 1 },
    false,
    'sha-1 (1 tenant runs it healthily)',
  ],
  [{ ...none, tenants: 2, ready: 1 }, false, 'sha-1 (1 tenant has it, none healthily)'],
  [{ ...none, tenants: 1 }, true, 'sha-1 (newest; not running yet: none of its pods is ready)'],
  [
    { ...none, lastUsedAt: '2026-11-23T10:00:00Z' },
    false,
    'sha-1 (no tenant has it now; last used 2 h ago)',
  ],
  [none, false, 'sha-1 (no tenant has had it)'],
  [
    { ...none, tenants: 3, healthy: 3, ready: 3, bad: 'leaks memory' },
    true,
    'sha-1 (newest; bad: leaks memory)',
  ],
])('%j', (known, isNewest, text) => {
  expect(versionOption(known, isNewest, now)).toBe(text);
});

const seen = { ...none, firstSeen: '2026-11-23T10:00:00Z' };

it.each([
  [[], undefined],
  [[none], undefined],
  [[seen, { ...none, version: 'sha-0' }], 'sha-1'],
  [[seen, { ...none, version: 'sha-0', tenants: 1 }], undefined],
])('calls one the newest only where every age is known: of %j %s', (versions, expected) => {
  expect(newestKnown(versions)).toBe(expected);
});
