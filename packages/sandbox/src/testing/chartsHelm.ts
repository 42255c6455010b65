import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { realHelm, repositoryRoot } from './helm';

const run = promisify(execFile);

/** An object that a chart makes. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec?: any;
  [key: string]: unknown;
}

/** The charts that read a tenant file. */
export const charts = ['tenant', 'tenant-fence'] as const;

/** Paths of the files in a folder of the checkout, relative to its root. */
export async function filesIn(folder: string): Promise<string[]> {
  return (await readdir(path.join(repositoryRoot, folder))).map(name => `${folder}/${name}`).sort();
}

/** Helm reads YAML 1.1, to which a bare y is a boolean. */
const yaml11 = { version: '1.1' } as const;

/** Values as Helm's YAML. */
export function valuesText(values: object | string): string {
  return typeof values === 'string' ? values : stringify(values, yaml11);
}

/** The charts as the real Helm sees them, with a home of its own so that nothing of the machine is read. */
export class ChartsHelm {
  private constructor(private readonly helm: string, private readonly home: string) {}

  static async create(): Promise<ChartsHelm> {
    return new ChartsHelm(await realHelm(), await mkdtemp(path.join(os.tmpdir(), 'charts-')));
  }

  close(): Promise<void> {
    return rm(this.home, { recursive: true, force: true });
  }

  /** What Helm prints. @throws Error with Helm's own words. */
  async call(command: string[], chart: string, valuesFile: string): Promise<string> {
    const folder = path.join(repositoryRoot, 'charts', chart);
    const args = [...command, folder, '--values', path.resolve(repositoryRoot, valuesFile)];
    const { stdout } = await run(this.helm, args, {
      env: { HOME: this.home, PATH: process.env.PATH },
    });
    return stdout;
  }

  /**
   * The objects of a tenant file, or of values.
   * @param namespace - the tenant's own by default
   */
  async template(chart: string, values: object | string, namespace?: string): Promise<Manifest[]> {
    const file = path.join(this.home, 'values.yaml');
    const text = valuesText(values);
    await writeFile(file, text);
    const name = namespace ?? String(parse(text, yaml11)?.tenant?.name);
    const stdout = await this.call(['template', 'release', '--namespace', name], chart, file);
    return parseAllDocuments(stdout)
      .map(document => document.toJS() as Manifest | null)
      .filter(manifest => manifest !== null);
  }

  /** The one object of a kind. @throws Error when there is none, or more than one. */
  async one(chart: string, kind: string, values: object | string): Promise<Manifest> {
    const found = (await this.template(chart, values)).filter(item => item.kind === kind);
    if (found.length !== 1) throw new Error(`${chart} makes ${found.length} objects of ${kind}`);
    return found[0];
  }

  /** Why the chart refuses values, in Helm's words. @throws Error when it takes them. */
  async refusal(chart: string, values: object | string, namespace?: string): Promise<string> {
    const objects = await this.template(chart, values, namespace).catch(error =>
      String(error.stderr ?? error),
    );
    if (typeof objects === 'string') return objects;
    throw new Error(`charts/${chart} takes the values:\n${valuesText(values)}`);
  }
}
