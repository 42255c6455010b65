import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboards } from '../dashboards';
import { readYaml, filesBelow } from './files';

/** A query of a dashboard or a rule. */
export interface PlatformQuery {
  /** Where it stands, for people. */
  where: string;
  language: 'promql' | 'logql';
  kind: 'panel' | 'annotation' | 'variable' | 'record' | 'alert';
  text: string;
}

/** One rule of a rule file. */
export interface Rule {
  record?: string;
  alert?: string;
  expr: string;
  for?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

/** Files with rules, below the platform's folder. */
export const ruleFiles = () =>
  filesBelow('prometheus/rules').filter(file => !file.includes('/tests/'));

/** Rules of all files. */
export function rules(): Rule[] {
  return ruleFiles().flatMap(file =>
    readYaml<{ groups: { rules: Rule[] }[] }>(file).groups.flatMap(group => group.rules),
  );
}

interface Target {
  expr?: string;
  datasource?: { type?: string };
}

/** Queries of one dashboard. */
export function queriesOf(dashboard: Dashboard): PlatformQuery[] {
  const { title = '' } = dashboard;
  const panels = (dashboard.panels ?? []).flatMap(panel =>
    ('targets' in panel ? ((panel.targets ?? []) as Target[]) : []).map(target => ({
      where: `${title} / ${panel.title}`,
      language: target.datasource?.type === 'loki' ? ('logql' as const) : ('promql' as const),
      kind: 'panel' as const,
      text: target.expr ?? '',
    })),
  );
  const annotations = (dashboard.annotations?.list ?? []).map(({ name, expr }) => ({
    where: `${title} / ${name}`,
    language: 'promql' as const,
    kind: 'annotation' as const,
    text: expr ?? '',
  }));
  const variables = (dashboard.templating?.list ?? []).flatMap(({ name, definition }) => {
    const selected = /^label_values\((.+), \w+\)$/.exec(definition ?? '')?.[1];
    if (!selected) return [];
    const where = `${title} / variable ${name}`;
    return [{ where, language: 'promql' as const, kind: 'variable' as const, text: selected }];
  });
  return [...panels, ...annotations, ...variables];
}

/** Queries of all rules. */
export function ruleQueries(): PlatformQuery[] {
  return rules().map(({ record, alert, expr }) => ({
    where: alert ? `alert ${alert}` : `rule ${record}`,
    language: 'promql' as const,
    kind: alert ? ('alert' as const) : ('record' as const),
    text: expr,
  }));
}

/** Every query of the platform. */
export function platformQueries(): PlatformQuery[] {
  const all = Object.values(dashboards('https://portal.example.com'));
  return [...all.flatMap(queriesOf), ...ruleQueries()];
}

/** The query as Grafana sends it: https://grafana.com/docs/grafana/latest/visualizations/dashboards/variables/ */
export function filledIn(text: string, values: Record<string, string>): string {
  const all: Record<string, string> = { __rate_interval: '1m', __auto: '1m', ...values };
  return text.replace(/\$(\w+)/g, (whole, name: string) =>
    // A capture group of label_replace is no variable.
    /^\d+$/.test(name) ? whole : all[name] ?? `unknown variable ${name}`,
  );
}
