import type { Row } from '../parts/dashboard';
import { figure } from '../parts/panels';
import { ofDeployment, ofService, ofTenant } from './selectors';

/** What runs, and whether it is what Git wants. */
export const releaseRow: Row = {
  title: 'Release',
  panels: [
    figure({
      title: 'Running version',
      description: 'Image tag of the pods that answer. Two of them while a release goes on.',
      query: {
        expression: `count by (version) (up{${ofService}} == 1)`,
        legend: '{{version}}',
      },
      shows: 'name',
      width: 6,
    }),
    figure({
      title: 'Sync',
      description: "Whether the cluster has what Git wants, by Argo CD's comparison.",
      query: {
        expression: `max by (sync_status) (namespace_application:argocd_app:info{${ofTenant},application="$tenant"})`,
        legend: '{{sync_status}}',
      },
      shows: 'name',
    }),
    figure({
      title: 'Health',
      description: 'Whether what was delivered works, as Argo CD sees it.',
      query: {
        expression: `max by (health_status) (namespace_application:argocd_app:info{${ofTenant},application="$tenant"})`,
        legend: '{{health_status}}',
      },
      shows: 'name',
    }),
    figure({
      title: 'Pods available',
      description: 'Of the pods that are wanted.',
      query: {
        expression: `namespace_deployment:kube_deployment_replicas:available_ratio{${ofDeployment}}`,
      },
      unit: 'percentunit',
      below: 'red',
      levels: [
        { value: 0.01, color: 'yellow' },
        { value: 1, color: 'green' },
      ],
    }),
    figure({
      title: 'Budget burn',
      description:
        'How many times faster than allowed the error budget was used up in the last hour. Over 14.4 somebody is called.',
      query: {
        expression: `namespace_service:http_request_errors:ratio_rate1h{${ofService}} / 0.005`,
      },
      levels: [
        { value: 1, color: 'yellow' },
        { value: 14.4, color: 'red' },
      ],
      width: 3,
    }),
    figure({
      title: 'Alerts',
      description: 'Alerts of this tenant that fire now.',
      query: {
        expression: `count(ALERTS{${ofTenant},alertstate="firing"}) or vector(0)`,
      },
      levels: [{ value: 1, color: 'red' }],
      width: 3,
    }),
  ],
};
