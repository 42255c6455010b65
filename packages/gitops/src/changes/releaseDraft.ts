import { createHash } from 'node:crypto';
import { code, table } from '../blast/markdown';
import { shorten } from '../text/shorten';
import type { BumpEdit, ReleaseChoice } from './bumpRelease';
import { messageOf, withMark } from './proposalText';
import type { ChangeDraft } from './proposeChange';

/** The pull request of a bump in any layout: one for each release that was chosen, which a later version updates. */
export function releaseDraft(
  choice: ReleaseChoice,
  version: string,
  edits: readonly BumpEdit[],
): ChangeDraft {
  const { tenant, service, environment, cluster } = choice;
  const place = [environment, cluster].filter(one => one !== undefined).join(', ');
  const whom = `${shorten(tenant, 60)}${place === '' ? '' : ` (${shorten(place, 60)})`}`;
  const title = `Bump ${service} to ${version} for ${whom}`;
  const moved = edits.flatMap(({ path, releases }) =>
    releases.map(release => ({ path, ...release })),
  );
  const rows = moved.map(release => [
    code(release.tenant),
    code(release.service),
    code([release.environment, release.cluster].filter(Boolean).join(', ')),
    code(`${release.path}:${release.line}`),
    code(release.from),
    code(version),
  ]);
  const head = ['tenant', 'service', 'where', 'place', 'from', 'to'];
  return {
    branch: releaseBranch(choice),
    files: edits.map(({ path, text }) => ({ path, text })),
    title,
    body: withMark(title, table(head, rows).join('\n')),
    message: files =>
      messageOf(
        title,
        moved.map(({ path, line, from }) => `- ${path}:${line}: ${from} -> ${version}`),
        `${service}@${version}`,
        files,
      ),
    nothingLeft: `nothing is left to change for ${service} ${version}`,
  };
}

/** Names of other layouts may be none that Git takes; of these, two must not come to the same branch. */
function releaseBranch({ tenant, service, environment, cluster }: ReleaseChoice): string {
  const names = [service, tenant, environment, cluster].filter(one => one !== undefined);
  const safe = names.map(name => name.replace(/[^A-Za-z0-9-]+/g, '-').slice(0, 60) || 'x');
  const [first, ...rest] = safe;
  const isSame = names.every((name, index) => name === safe[index]);
  const id = createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, 8);
  return `bump/${first}/release-${rest.join('-')}${isSame ? '' : `-${id}`}`;
}
