import { createRelease } from '../testing/fixtures';
import { mainRunningVersion, shortVersion } from './version';

describe('shortVersion', () => {
  it.each([
    ['sha-1a2b3c4', 'sha-1a2b3c4'],
    ['sha-1a2b3c4d5e6f1a2b3c4d5e6f1a2b3c4d5e6f1a2b', 'sha-1a2b3c4'],
    ['1a2b3c4d5e6f', '1a2b3c4'],
    [`sha256:${'1a2b3c4d'.repeat(8)}`, '@1a2b3c4'],
    ['sha256:1a2b3c4', 'sha256:1a2b3c4'],
    ['v1.2.3', 'v1.2.3'],
    ['sha-broken', 'sha-broken'],
    ['a-very-long-tag-of-a-branch', 'a-very-lo…f-a-branch'],
    ['20261130', '20261130'],
    ['1234567890', '1234567890'],
    ['2026.11.30-release-candidate-1', '2026.11.3…andidate-1'],
    ['2026.11.30-release-candidate-2', '2026.11.3…andidate-2'],
  ])('%s is shown as %s', (version, expected) => {
    expect(shortVersion(version)).toBe(expected);
  });
});

describe('mainRunningVersion', () => {
  it.each([
    [[], undefined],
    [[{ version: 'one', pods: 1, ready: 1 }], 'one'],
    [
      [
        { version: 'one', pods: 1, ready: 1 },
        { version: 'two', pods: 2, ready: 0 },
      ],
      'two',
    ],
    [
      [
        { version: 'next', pods: 1, ready: 1, canary: true as const },
        { version: 'stable', pods: 1, ready: 1 },
      ],
      'stable',
    ],
  ])('of %j', (running, expected) => {
    expect(mainRunningVersion(createRelease({ running }))).toBe(expected);
  });
});
