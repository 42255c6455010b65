import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { repositoryRoot } from '../support/environment.ts';

/** A query of the tree, and where it stands. */
export interface Query {
  where: string;
  language: 'PromQL' | 'LogQL';
  query: string;
}

const platform = path.join(repositoryRoot, 'gitops/platform');

/** Values for the variables of the dashboards; the times are what Grafana would fill in. */
const variables: Record<string, string> = {
  tenant: 'tenant-a',
  service: 'demo-api',
  __rate_interval: '1m',
  __interval: '15s',
  __range: '1h',
  __auto: '1m',
};

/** Every query of the recording rules, alerts and dashboards. */
export async function allQueries(): Promise<Query[]> {
  return [...(await queriesOfRules()), ...(await queriesOfDashboards())];
}

async function queriesOfRules(): Promise<Query[]> {
  const folder = path.join(platform, 'prometheus/rules');
  const queries: Query[] = [];
  for (const file of (await readdir(folder)).filter(name => name.endsWith('.yaml'))) {
    const { groups } = parse(await readFile(path.join(folder, file), 'utf8'));
    for (const { rules } of groups) {
      for (const { record, alert, expr } of rules) {
        queries.push({ where: `${file}: ${record ?? alert}`, language: 'PromQL', query: expr });
      }
    }
  }
  return queries;
}

async function queriesOfDashboards(): Promise<Query[]> {
  const folder = path.join(platform, 'grafana/dashboards');
  const queries: Query[] = [];
  for (const file of (await readdir(folder)).filter(name => name.endsWith('.json'))) {
    collect(JSON.parse(await readFile(path.join(folder, file), 'utf8')), file, queries);
  }
  return queries;
}

/** Targets and annotations stand at many depths: whatever has an `expr` is one. */
function collect(node: unknown, where: string, queries: Query[]): void {
  if (typeof node !== 'object' || node === null) return;
  const { expr, datasource, title } = node as Record<string, unknown>;
  const place = typeof title === 'string' ? `${where}: ${title}` : where;
  if (typeof expr === 'string') {
    const isLogs = (datasource as { type?: string } | undefined)?.type === 'loki';
    queries.push({ where: place, language: isLogs ? 'LogQL' : 'PromQL', query: filledIn(expr) });
  }
  for (const child of Object.values(node)) collect(child, place, queries);
}

function filledIn(query: string): string {
  return query.replace(/\$\{?(\w+)(?::\w+)?\}?/g, (all, name: string) => variables[name] ?? all);
}
