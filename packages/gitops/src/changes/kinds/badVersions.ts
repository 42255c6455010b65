import { badVersion } from '../../policy/releasePolicyRules';
import { parseReleasePolicy } from '../../policy/releasePolicy';
import { editPolicy, requirePolicy } from '../changePolicy';
import type { ChangeState } from '../changeState';
import { ChangeRefusal } from '../ChangeRefusal';
import { chooseTenants } from '../chooseTenants';
import { addEntry, removeItem } from '../listEntries';
import { momentOf } from '../moveTenant';
import { changedTenant, tagOnly } from './changedTenant';
import type { ChangedTenant, KindOfChange } from './changeKind';

const key = 'badVersions';

/** Puts a version on the list of those that no tenant is moved to. */
export const markBad: KindOfChange = {
  plan(state, request, { at, by }) {
    requirePolicy(state);
    const version = tagOnly(String(request.version));
    const { reason = '' } = request;
    const { service } = chooseTenants(state, request);
    const known = badVersion(state.policy, version);
    if (known) {
      const words = `${version} is on the list of bad versions already: ${known.reason}`;
      throw new ChangeRefusal(words, 'NOTHING_TO_CHANGE');
    }
    const write = (who: string, since: string) =>
      editPolicy(state, text => addEntry(text, key, { version, reason, by: who, since })).text;
    const running = tenantsOn(state, version);
    const { policyText, places } = state;
    return {
      edits: [
        {
          path: places.policyPath,
          ...(policyText === undefined ? {} : { before: policyText }),
          text: write(by, momentOf(at)),
          tenants: running,
          to: `${version} is bad`,
          accepts: there => {
            const read = parseReleasePolicy(there);
            const entry = read.ok ? badVersion(read.policy, version) : undefined;
            return (
              entry?.by !== undefined &&
              entry.since !== undefined &&
              write(entry.by, entry.since) === there
            );
          },
        },
      ],
      leftOut: [],
      notes: [
        { text: 'No tenant is moved to this version any more.' },
        ...(running.length > 0
          ? [
              {
                text: `**Roll back:** ${running.length} ${
                  running.length === 1 ? 'tenant has' : 'tenants have'
                } it, and nothing moves them by itself.`,
              },
            ]
          : []),
      ],
      ...(service === undefined ? {} : { service }),
      versions: [version],
    };
  },
  title: ({ version }) => `Mark ${version} as bad`,
};

/** Takes a version from that list. */
export const clearBad: KindOfChange = {
  plan(state, request) {
    requirePolicy(state);
    const version = tagOnly(String(request.version));
    const { service } = chooseTenants(state, request);
    const { policy, policyText, places } = state;
    if (!badVersion(policy, version)) {
      const words = `${version} is not on the list of bad versions`;
      throw new ChangeRefusal(words, 'NOTHING_TO_CHANGE');
    }
    const { text } = editPolicy(state, before => {
      // A list written by hand may name it twice.
      const indexes = policy.badVersions.flatMap((entry, index) =>
        entry.version === version ? index : [],
      );
      return indexes.reverse().reduce((now, index) => removeItem(now, [key], index), before);
    });
    return {
      edits: [
        {
          path: places.policyPath,
          before: policyText,
          text,
          tenants: tenantsOn(state, version),
          from: `${version} is bad`,
        },
      ],
      leftOut: [],
      notes: [{ text: 'Tenants may be moved to this version again.' }],
      ...(service === undefined ? {} : { service }),
      versions: [version],
    };
  },
  title: ({ version }) => `Clear the bad version ${version}`,
};

function tenantsOn({ tenants }: ChangeState, version: string): ChangedTenant[] {
  return tenants.flatMap(({ name, file }) =>
    file?.image.tag === version ? changedTenant(name, file.tenant) : [],
  );
}
