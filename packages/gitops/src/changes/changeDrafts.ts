import { shorten } from '../text/shorten';
import { changeBody } from './changeBody';
import { kindsOfChange } from './kinds/kindsOfChange';
import type { ChangePart, ChangePlan } from './planChange';
import type { ChangeDraft } from './proposeChange';
import { withMark } from './proposalText';

/** A pull request of a change. */
export interface ChangeProposal extends ChangeDraft {
  ring?: number;
}

/** More tenants than that are counted, not named, in a message. */
const maxTrailers = 50;
const maxLines = 200;

/**
 * The pull requests of a plan, one a part.
 *
 * @param about - Markdown about the versions, for example the commits between them
 */
export function changeDrafts(plan: ChangePlan, about?: string): ChangeProposal[] {
  return plan.parts.map(part => {
    const title = titleOf(plan, part);
    return {
      branch: branchOf(plan, part),
      ...(part.ring === undefined ? {} : { ring: part.ring }),
      files: part.edits.map(({ path, text, accepts }) => ({
        path,
        text,
        ...(accepts ? { accepts } : {}),
      })),
      title,
      body: withMark(title, changeBody(plan, part, about)),
      message: files => messageOf(title, plan, part, files),
      nothingLeft: 'nothing is left to change',
    };
  });
}

function titleOf({ request, service, versions, tenants }: ChangePlan, part: ChangePart): string {
  const isEverybody =
    (request.kind === 'freeze' || request.kind === 'unfreeze') &&
    !request.tenants &&
    !request.tiers &&
    !request.rings &&
    !request.service;
  const title = kindsOfChange[request.kind].title({
    request,
    ...(service === undefined ? {} : { service }),
    version: versions.length === 1 ? versions[0] : `${versions.length} versions`,
    whom: isEverybody ? 'everybody' : whomOf(part, tenants.length),
  });
  return shorten(title, 200);
}

function whomOf({ tenants, ringTitle }: ChangePart, all: number): string {
  if (tenants.length === 1) return tenants[0].name;
  const where = ringTitle === undefined || tenants.length === all ? '' : ` in ${ringTitle}`;
  return `${tenants.length} tenants${where}`;
}

/** The same request comes to the same branch, and no other does. */
function branchOf(
  { request: { kind }, service, fingerprint }: ChangePlan,
  part: ChangePart,
): string {
  const ring = part.ring === undefined ? '' : `ring-${part.ring}-`;
  const safe = service === undefined || !/^[A-Za-z0-9-]{1,63}$/.test(service) ? 'all' : service;
  return `${kind}/${safe}/${ring}${fingerprint}`;
}

/** Subject, what changes, and trailers as Git reads them: the last paragraph. */
function messageOf(title: string, plan: ChangePlan, part: ChangePart, files: string): string {
  const { request, service, versions } = plan;
  const names = part.tenants.map(({ name }) => name);
  // Whose release stays as it is has no release in the history.
  const isRelease = request.kind !== 'mark-bad' && request.kind !== 'clear-bad';
  const lines = part.edits
    .filter(({ from, to }) => from !== undefined || to !== undefined)
    .slice(0, maxLines)
    .map(({ tenants, from, to }) => {
      const whom = tenants.length === 1 ? `${tenants[0].name}: ` : '';
      return `- ${whom}${[from, to].filter(one => one !== undefined).join(' -> ')}`;
    });
  const trailers = [
    ...(isRelease && names.length <= maxTrailers
      ? names.map(name => `Release-Tenant: ${name}`)
      : []),
    ...(isRelease && names.length > maxTrailers ? [`Release-Tenants: ${names.length}`] : []),
    ...versions.map(version => `Release-Version: ${version}`),
    ...(request.reason === undefined ? [] : [`Release-Reason: ${request.reason}`]),
    `Gitops-Change: ${request.kind}/${service ?? 'all'} files=${files}`,
  ];
  return [title, ...(lines.length > 0 ? ['', ...lines] : []), '', ...trailers, ''].join('\n');
}
