import { encodeSegment, type GitopsConfig } from '@internal/gitops';
import { type Release } from '@internal/plugin-tenant-releases-common';
import type { PluginConfig } from '../config/readPluginConfig';
import type { DesiredEntry } from '../desired/DesiredEntries';
import type { ReleaseRef } from './ReleaseRef';

/** Where people go on from a release. Every part that is put in is encoded. */
export function releaseLinks(
  { grafana, argocd, gitops }: Pick<PluginConfig, 'grafana' | 'argocd'> & { gitops: GitopsConfig },
  { tenant, service, entry, application }: ReleaseRef,
): Release['links'] {
  const instance = argocd.find(({ name }) => name === application?.instance);
  return {
    ...(grafana ? { grafana: grafanaLink(grafana, tenant, service) } : {}),
    ...(application && instance
      ? {
          argocd: [instance.frontendUrl, 'applications', application.namespace, application.name]
            .map((part, index) => (index === 0 ? part : encodeSegment(part)))
            .join('/'),
        }
      : {}),
    ...(entry ? { values: valuesLink(gitops, entry) } : {}),
    policy: gitops.fileUrl(gitops.policyPath),
  };
}

/** In another layout, the version stands among others. */
function valuesLink({ fileUrl }: GitopsConfig, entry: DesiredEntry): string {
  const url = fileUrl(entry.path);
  return entry.deployed ? `${url}#L${entry.deployed.line}` : url;
}

/** Without a range of its own the dashboard shows the last hour. */
function grafanaLink(
  { url, dashboard }: NonNullable<PluginConfig['grafana']>,
  tenant: string,
  service: string,
): string {
  const query = new URLSearchParams({
    'var-tenant': tenant,
    'var-service': service,
    from: 'now-1h',
    to: 'now',
  });
  return `${url}/d/${encodeSegment(dashboard)}?${query}`;
}
