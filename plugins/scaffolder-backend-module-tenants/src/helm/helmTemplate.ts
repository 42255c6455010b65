import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

const run = promisify(execFile);

/** The parts of a rendered object that are looked at here. */
const manifestSchema = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.unknown().optional(),
});

/** An object that a chart makes. */
export type Manifest = z.infer<typeof manifestSchema>;

/** The chart does not take the values; the message says why, in Helm's words. */
export class ChartRefusal extends Error {
  override name = 'ChartRefusal';
}

/**
 * Renders a chart with `helm template`, which also checks values.schema.json.
 *
 * @param options.home - an empty folder: Helm's own settings, plugins and caches of the machine are not looked at
 * @throws ChartRefusal when the values break the schema or the chart does not render
 * @throws Error when helm cannot be run
 */
export async function helmTemplate(options: {
  helm: string;
  release: string;
  namespace: string;
  chart: string;
  values: string;
  home: string;
}): Promise<Manifest[]> {
  const { helm, release, namespace, chart, values, home } = options;
  const args = ['template', release, chart, '--namespace', namespace, '--values', values];
  const rendered = await run(helm, args, {
    cwd: home,
    env: { HOME: home, PATH: process.env.PATH ?? '' },
    timeout: 30_000,
    maxBuffer: 16 * 1024 * 1024,
  }).catch((error: unknown) => {
    const failed = z.object({ code: z.number(), stderr: z.string() }).safeParse(error);
    if (failed.success) throw new ChartRefusal(reasonOf(failed.data.stderr));
    throw new Error(
      `helm could not be run: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  return parseAllDocuments(rendered.stdout)
    .map(document => document.toJS() as unknown)
    .filter(value => value !== null && value !== undefined)
    .map(value => manifestSchema.parse(value));
}

/** Helm's complaint in one line, without paths of this machine and what Helm says round it. */
function reasonOf(stderr: string): string {
  return stderr
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !/^(Use --debug|level=|WARNING)/.test(line))
    .join(' ')
    .replace(/^Error: /, '')
    .replace(/file:\/\/\S*#?'?/g, 'values.schema.json')
    .replace(/(^|[\s('"])\/[^\s:'"]*\//g, '$1')
    .slice(0, 1000);
}
