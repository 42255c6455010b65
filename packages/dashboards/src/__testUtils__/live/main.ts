import { parseArgs } from 'node:util';
import { platformQueries } from '../queries';
import { checkQueries } from './checkQueries';
import { excuse } from './expected';

/** Prints a line for each query; the exit code is 1 when one has no data and no excuse. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      prometheus: {
        type: 'string',
        default: process.env.PROMETHEUS_URL ?? 'http://localhost:7104',
      },
      loki: { type: 'string', default: process.env.LOKI_URL ?? 'http://localhost:7105' },
      tenant: { type: 'string', default: 'tenant-a' },
      service: { type: 'string', default: 'demo-api' },
    },
  });
  const upstreams = { prometheusUrl: values.prometheus, lokiUrl: values.loki };
  const outcomes = await checkQueries(platformQueries(), upstreams, values);
  for (const outcome of outcomes) {
    const { query, state, detail } = outcome;
    const reason = excuse(outcome);
    const mark = reason ? 'ok    ' : 'FAILED';
    process.stdout.write(
      `${mark} ${query.kind} ${query.where}: ${
        reason ?? [state, detail].filter(Boolean).join(' ')
      }\n`,
    );
  }
  const failed = outcomes.filter(outcome => !excuse(outcome)).length;
  const withData = outcomes.filter(({ state }) => state === 'data').length;
  process.stdout.write(
    `${outcomes.length} queries, ${withData} with data, ${
      outcomes.length - withData - failed
    } with a reason to have none, ${failed} failed\n`,
  );
  return failed > 0 ? 1 : 0;
}

main().then(
  code => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  },
);
