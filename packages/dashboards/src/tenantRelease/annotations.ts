import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { metrics } from '../parts/sources';
import { ofService } from './selectors';

const versions = (when: string) => `count by (version) (up{${ofService}}${when})`;

/** Marks on every chart where a version first ran. */
export const releases = () =>
  new AnnotationQueryBuilder()
    .name('Releases')
    .datasource(metrics)
    .enable(true)
    .iconColor('blue')
    .step('30s')
    .expr(`${versions('')} unless ${versions(' offset 1m')}`)
    .titleFormat('Release')
    .textFormat('{{version}}')
    .tagKeys('version');

/** Marks where Argo CD applied something, also what is no release. Off until wanted. */
export const syncs = () =>
  new AnnotationQueryBuilder()
    .name('Syncs')
    .datasource(metrics)
    .enable(false)
    .iconColor('purple')
    .step('30s')
    .expr(
      'sum by (name) (increase(argocd_app_sync_total{name="$tenant",phase="Succeeded"}[1m])) > 0',
    )
    .titleFormat('Argo CD synced')
    .textFormat('{{name}}')
    .tagKeys('name');
