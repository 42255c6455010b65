import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** A place in a configuration file that takes its value from an environment variable. */
export interface VariableUse {
  /** Path of the setting: `backend.database.connection.host`. */
  key: string;
  /** Name of the environment variable. */
  variable: string;
}

/** Parts that the portal does without: what is missing there is shown as a source that is misconfigured. */
const optionalParts = /^(argocd|kubernetes|tenantReleases\.(telemetry|grafana))(\.|$)/;

/**
 * Says in one line each which environment variables of the configuration files are not set. Backstage itself takes such a
 * setting for one that is not there, and falls back to that of another file.
 *
 * @param argv - arguments of the program; the files are those after `--config`
 */
export async function unsetVariables(
  argv: string[],
  env: Record<string, string | undefined>,
): Promise<string[]> {
  const files = argv.flatMap((argument, index) => {
    if (argument === '--config') return argv.slice(index + 1, index + 2);
    return argument.startsWith('--config=') ? [argument.slice('--config='.length)] : [];
  });
  const problems = await Promise.all(
    files.map(async file => {
      // A file that cannot be read is reported by Backstage.
      const text = await readFile(file, 'utf8').catch(() => '');
      return variableUses(text)
        .filter(({ key, variable }) => env[variable] === undefined && !optionalParts.test(key))
        .map(
          ({ key, variable }) =>
            `Configuration ${key} in ${path.basename(
              file,
            )} is the environment variable ${variable}, which is not set; set it`,
        );
    }),
  );
  return [...new Set(problems.flat())];
}

/**
 * Every `${VARIABLE}` of a configuration file that has no fallback (`${VARIABLE:-fallback}`) and is not escaped (`$${`),
 * as https://backstage.io/docs/conf/writing describes them. Of a setting in flow style the key is that of its line.
 *
 * @param text - YAML
 */
export function variableUses(text: string): VariableUse[] {
  const parents: Array<{ indent: number; key: string }> = [];
  return text.split('\n').flatMap(line => {
    const [, lead, key] = /^([\s-]*)(?:["']?([^\s"'#:]+)["']?:(?=\s|$))?/.exec(line) ?? [];
    if (key !== undefined) {
      while (parents.length > 0 && parents[parents.length - 1].indent >= lead.length) parents.pop();
      parents.push({ indent: lead.length, key });
    }
    const code = line.replace(/(^|\s)#.*$/, '');
    return [...code.matchAll(/(?<!\$)\$\{([^{}]*)\}/g)]
      .map(([, name]) => name.trim())
      .filter(variable => !variable.includes(':-'))
      .map(variable => ({ key: parents.map(parent => parent.key).join('.'), variable }));
  });
}
