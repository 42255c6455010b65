/** What a person does next. */
import path from 'node:path';
import { root } from '../lib/paths.mjs';
import { telemetryPorts } from './overlay.mjs';

/** The lines that end a run; nothing secret is in them. */
export function nextSteps({ repository, argocdUrl, folders }) {
  const shown = file => path.relative(root, file);
  return [
    '',
    `Cluster ready. Its kubeconfig:   export KUBECONFIG=${folders.kubeconfig}`,
    `Argo CD:                         ${argocdUrl} (admin; password: kubectl -n argocd get secret argocd-initial-admin-secret -o jsonpath='{.data.password}' | base64 -d)`,
    ...Object.entries(telemetryPorts).map(
      ([name, port]) =>
        `${`${name[0].toUpperCase()}${name.slice(1)} at localhost:${port}:`.padEnd(
          32,
        )} kubectl -n observability port-forward service/${name} ${port}`,
    ),
    'Grafana lets nobody in before the Secret grafana-login is there, see gitops/platform/grafana/grafana.ini.',
    `The portal with this cluster:    npm start -- --config ${shown(folders.overlay)}`,
    ...(repository
      ? [
          '                                 (GITHUB_TOKEN: read contents, read and write pull requests)',
        ]
      : [
          'Argo CD reads the last commit of this checkout: commit, then run scripts/k3d-up again. A bare repository has no pull',
          'requests, so the portal keeps reading the embedded forge; use --repository for the whole loop.',
        ]),
    `Does it work:                    scripts/verify --kubeconfig ${shown(folders.kubeconfig)}`,
  ];
}
