import { Application, ApplicationSpec, ProjectSpec, SyncWindow } from '../application';
import { activeWindows, assignedWindows, canSync, letsSync, SyncWindowError } from './syncWindows';

const application: Application = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'tenant-a' },
  spec: {},
};
const spec: ApplicationSpec = {
  project: 'tenant-a',
  destination: { name: 'in-cluster', namespace: 'tenant-a-prod' },
};
const now = Date.parse('2026-06-01T12:00:00Z');
const window = (change: Partial<SyncWindow> = {}): SyncWindow => ({
  kind: 'allow',
  schedule: '0 11 * * *',
  duration: '2h',
  ...change,
});
const closed = (change: Partial<SyncWindow> = {}) => window({ schedule: '0 3 * * *', ...change });

describe('assignedWindows', () => {
  const others = ['other'];
  it.each<[string, Partial<SyncWindow>, boolean]>([
    ['of nothing', {}, false],
    ['by name', { applications: ['tenant-*'] }, true],
    ['by cluster', { clusters: ['in-*'] }, true],
    ['by namespace', { namespaces: ['*-prod'] }, true],
    ['by one of them', { applications: others, namespaces: ['*-prod'] }, true],
    ['by none of them', { applications: others, namespaces: others }, false],
    ['by not all', { andOperator: true, applications: ['*'], namespaces: others }, false],
    ['by all', { andOperator: true, applications: ['*'], namespaces: ['*-prod'] }, true],
    ['by all of nothing', { andOperator: true }, false],
  ])('%s', (_name, change, expected) => {
    const project: ProjectSpec = { syncWindows: [window(change)] };
    expect(assignedWindows(application, spec, project)).toHaveLength(expected ? 1 : 0);
  });
});

describe('activeWindows', () => {
  it.each<[string, Partial<SyncWindow>, boolean]>([
    ['within it', {}, true],
    ['when it has just ended', { duration: '1h' }, false],
    ['before it', { schedule: '1 12 * * *' }, false],
    ['in its own time zone', { schedule: '30 13 * * *', timeZone: 'Europe/Berlin' }, true],
    ['in none, which is UTC', { schedule: '30 13 * * *' }, false],
    ['that begins anew before it ends', { schedule: '* * * * *', duration: '90m' }, true],
  ])('%s', (_name, change, expected) => {
    expect(activeWindows([window(change)], now)).toHaveLength(expected ? 1 : 0);
  });

  it.each<[string, Partial<SyncWindow>, string]>([
    ['a schedule', { schedule: 'often' }, "cannot parse schedule 'often'"],
    ['a duration', { duration: 'long' }, "cannot parse duration 'long'"],
  ])('refuses what is not %s, and lets nothing through', (_name, change, message) => {
    const windows = [window({ applications: ['*'], ...change })];
    expect(() => activeWindows(windows, now)).toThrow(SyncWindowError);
    expect(() => activeWindows(windows, now)).toThrow(message);
    const parsed = { spec, project: { syncWindows: windows } };
    expect(letsSync(application, parsed, true, now)).toBe(false);
  });
});

describe('canSync', () => {
  const deny = window({ kind: 'deny' });
  it.each<[string, SyncWindow[], automated: boolean, manual: boolean]>([
    ['without windows', [], true, true],
    ['in an open one', [window()], true, true],
    ['in a closed one', [closed()], false, false],
    ['in a closed one that lets people through', [closed({ manualSync: true })], false, true],
    ['in an open one beside a closed one', [window(), closed()], true, true],
    ['in a denying one', [deny], false, false],
    ['in a denying one beside an open one', [deny, window()], false, false],
    ['in a denying one that lets people through', [{ ...deny, manualSync: true }], false, true],
    [
      'in two, of which one lets people through',
      [deny, { ...deny, manualSync: true }],
      false,
      false,
    ],
    ['outside of a denying one', [closed({ kind: 'deny' })], true, true],
  ])('%s', (_name, windows, automated, manual) => {
    expect([canSync(windows, false, now), canSync(windows, true, now)]).toEqual([
      automated,
      manual,
    ]);
  });
});
