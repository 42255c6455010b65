import type { Row } from '../parts/dashboard';
import { figure } from '../parts/panels';

/** Is anything wrong anywhere. */
export const overviewRow: Row = {
  title: 'At a glance',
  panels: [
    figure({
      title: 'Tenants',
      description: 'Tenants that have a namespace.',
      query: { expression: 'count(namespace:tenant:info)' },
    }),
    figure({
      title: 'Versions in use',
      description: 'Different versions over all tenants. Many of them are many to support.',
      query: { expression: 'count(count by (version) (up{version!=""}))' },
      levels: [{ value: 4, color: 'yellow' }],
    }),
    figure({
      title: 'Not in sync',
      description: 'Applications of which the cluster has something else than Git wants.',
      query: {
        expression:
          'count(namespace_application:argocd_app:info{sync_status!="Synced"}) or vector(0)',
      },
      levels: [{ value: 1, color: 'yellow' }],
    }),
    figure({
      title: 'Not healthy',
      description: 'Applications that do not work, or are on their way.',
      query: {
        expression:
          'count(namespace_application:argocd_app:info{health_status!="Healthy"}) or vector(0)',
      },
      levels: [{ value: 1, color: 'red' }],
    }),
    figure({
      title: 'Tenants over budget',
      description: 'Tenants of which more than 0.5 % of the requests failed within the last hour.',
      query: {
        expression:
          'count(namespace_service:http_request_errors:ratio_rate1h > 0.005) or vector(0)',
      },
      levels: [{ value: 1, color: 'red' }],
    }),
    figure({
      title: 'Alerts',
      description: 'Alerts of tenants that fire now.',
      query: { expression: 'count(ALERTS{alertstate="firing",tenant!=""}) or vector(0)' },
      levels: [{ value: 1, color: 'red' }],
    }),
  ],
};
