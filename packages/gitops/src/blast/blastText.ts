import { shorten } from '../text/shorten';
import { code, plain, table } from './markdown';
import type { BlastRadius, ReachedTenant } from './blastRadius';
import { freezeSubject } from './policyChanges';

/** More rows than anybody reads, and than a comment holds. */
const maxRows = 100;
const maxPaths = 30;

/** A blast radius as a comment on a pull request. */
export function blastAsMarkdown(radius: BlastRadius): string {
  const { tenants, charts, platform } = radius;
  const told = tenants.filter(isTold);
  const rows = told.slice(0, maxRows).map(one => [
    code(one.name),
    code(one.tier),
    one.ring === undefined ? '' : String(one.ring),
    code(one.owner),
    plain(versionText(one)),
    [
      ...changeTexts(one).map(text => plain(text)),
      ...one.settings.slice(0, 8).map(key => code(key, 60)),
    ].join(', '),
    warnings(one)
      .map(text => `**${plain(text)}**`)
      .join('<br>'),
  ]);
  return [
    '### Blast radius',
    '',
    headline(radius),
    '',
    ...charts.map(chart => `- ${code(chart)} changes: every tenant is rolled out anew.`),
    ...policyLines(radius).map(line => `- ${plain(line, 400)}`),
    ...platform.slice(0, maxPaths).map(path => `- platform: ${code(path, 200)}`),
    ...(platform.length > maxPaths ? [`- platform: ${platform.length - maxPaths} more files`] : []),
    '',
    ...table(['tenant', 'tier', 'ring', 'owner', 'version', 'what else', 'attention'], rows),
    ...(told.length > maxRows ? [`and ${told.length - maxRows} more tenants`, ''] : []),
    ...groups(radius).map(
      ([name, counts]) =>
        `- ${name}: ${counts.map(([key, count]) => `${code(key)} ${count}`).join(', ')}`,
    ),
  ].join('\n');
}

/** A blast radius for the terminal. */
export function blastAsText(radius: BlastRadius): string {
  const lines = radius.tenants.filter(isTold).map(one => {
    const parts = [
      versionText(one),
      ...changeTexts(one),
      ...one.settings.slice(0, 20),
      ...warnings(one),
    ];
    const ring = one.ring === undefined ? '' : `, ring ${one.ring}`;
    return shorten(
      `${one.name} (${one.tier}${ring}, ${one.owner}): ${parts.filter(Boolean).join('; ')}`,
      600,
    );
  });
  return `${[
    headline(radius),
    ...radius.charts.map(chart => `${chart} changes: every tenant is rolled out anew`),
    ...policyLines(radius).map(line => shorten(line, 600)),
    ...radius.platform.slice(0, maxPaths).map(path => shorten(`platform: ${path}`, 300)),
    ...(radius.platform.length > maxPaths
      ? [`platform: ${radius.platform.length - maxPaths} more files`]
      : []),
    ...lines,
    ...groups(radius).map(
      ([name, counts]) =>
        `${name}: ${counts.map(([key, count]) => `${shorten(key, 80)} ${count}`).join(', ')}`,
    ),
  ].join('\n')}\n`;
}

/** A blast radius in one line. */
export function headline({ tenants, of, charts, platform, policy }: BlastRadius): string {
  const frozen = tenants.filter(({ freeze }) => freeze).length;
  const held = tenants.filter(({ hold }) => hold).length;
  const parts = [
    `${tenants.length} of ${of} tenants reached`,
    ...(frozen > 0 ? [`${frozen} frozen`] : []),
    ...(held > 0 ? [`${held} held`] : []),
    ...(charts.length > 0 ? ['charts change'] : []),
    ...(platform.length > 0 ? ['the platform itself changes'] : []),
    ...(policyChanges(policy) ? ['the release policy changes'] : []),
  ];
  return `${parts.join(', ')}.`;
}

/** Who has changes of its own, or something to say against those of all. */
function isTold(one: ReachedTenant): boolean {
  return one.how !== 'all' || one.freeze !== undefined || one.hold !== undefined;
}

function versionText({ version, how }: ReachedTenant): string {
  if (!version) return '';
  if (how === 'added') return shorten(version.to ?? '', 60);
  return `${shorten(version.from ?? 'none', 60)} -> ${shorten(version.to ?? 'none', 60)}`;
}

function changeTexts({ how, argocd, readable }: ReachedTenant): string[] {
  return [
    ...(how === 'added' ? ['new tenant'] : []),
    ...(how === 'removed' ? ['removed'] : []),
    ...(argocd ? ['Argo CD objects'] : []),
    ...(readable ? [] : ['its file cannot be read']),
  ];
}

function warnings({ freeze, hold, bad }: ReachedTenant): string[] {
  return [
    ...(freeze ? [`frozen until ${freeze.until}: ${freeze.reason}`] : []),
    ...(hold ? [`held at ${hold.version}: ${hold.reason ?? 'no reason'}`] : []),
    ...(bad === undefined ? [] : [`bad version: ${bad}`]),
  ].map(text => shorten(text));
}

function policyChanges({ broken, rings, badVersions, freezes }: BlastRadius['policy']): boolean {
  return (
    broken === true ||
    rings ||
    [badVersions, freezes].some(({ added, removed }) => added.length + removed.length > 0)
  );
}

function policyLines({ policy: { broken, rings, badVersions, freezes } }: BlastRadius): string[] {
  return [
    ...(broken ? ['policy: the file cannot be read: nobody knows what is frozen or bad'] : []),
    ...(rings ? ['policy: the rings change'] : []),
    ...badVersions.added.map(({ version, reason }) => `policy: ${version} is bad (${reason})`),
    ...badVersions.removed.map(({ version }) => `policy: ${version} is not bad any more`),
    ...freezes.added.map(
      one =>
        `policy: freeze of ${freezeSubject(one)} from ${one.from} until ${one.until} (${
          one.reason
        })`,
    ),
    ...freezes.removed.map(
      one => `policy: no freeze of ${freezeSubject(one)} until ${one.until} any more`,
    ),
  ].slice(0, maxPaths);
}

function groups({ tiers, rings, owners }: BlastRadius): Array<[string, Array<[string, number]>]> {
  const all: Array<[string, Record<string, number>]> = [
    ['tiers', tiers],
    ['rings', rings],
    ['owners', owners],
  ];
  return all.flatMap(([name, counts]) => {
    const entries = Object.entries(counts).slice(0, 20);
    return entries.length > 0 ? [[name, entries] as [string, Array<[string, number]>]] : [];
  });
}
