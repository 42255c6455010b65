import {
  directoryCheckout,
  discover,
  examine,
  parseLayouts,
  withDeployments,
  type Examination,
} from '@internal/gitops';
import { exitCodes, locateFolder, type Context, type OutputFormat } from './context';
import { readLayouts, readOptions, type RepositoryOptions } from './layoutsFile';

/** Options of `gitops doctor`. */
export interface DoctorCommandOptions extends RepositoryOptions {
  output: OutputFormat;
  layouts?: string;
}

/** `gitops doctor`: says which releases the layouts match, and what is not matched. Answers the exit code. */
export async function doctorCommand(
  context: Context,
  options: DoctorCommandOptions,
): Promise<number> {
  const checkout = directoryCheckout(locateFolder(context, options));
  const given = options.layouts === undefined ? undefined : readLayouts(context, options.layouts);
  const read = await readOptions(context, options);
  const found = await withDeployments(checkout, read, async deployed => {
    const proposed = given ? [] : (await discover(checkout, deployed)).layouts;
    const layouts = given ?? (proposed.length > 0 ? parseLayouts({ layouts: proposed }) : []);
    return examine(checkout, deployed, layouts);
  });
  context.write(options.output === 'json' ? asJson(found) : asText(found));
  return found.unmatched.length === 0 && found.releases.length > 0
    ? exitCodes.done
    : exitCodes.refused;
}

function asJson({ releases, unmatched, notes }: Examination): string {
  const plain = releases.map(
    ({ at: _, origin: __, also: ___, deployed: ____, facts: _____, ...release }) => release,
  );
  return `${JSON.stringify({ releases: plain, unmatched, notes }, undefined, 2)}\n`;
}

function asText({ releases, unmatched, notes }: Examination): string {
  const lines = releases.map(release => {
    const { tenant, service, environment, cluster, version, digest, file, line } = release;
    const place = [environment === tenant ? undefined : environment, cluster]
      .filter(Boolean)
      .join(', ');
    const whole = digest === undefined ? version : `${version}@${digest}`;
    return `${tenant}/${service}${place ? ` (${place})` : ''}  ${whole}  ${file}:${line}`;
  });
  const open = unmatched.map(({ kind, name, reason }) => `${kind} ${name}: ${reason}`);
  const parts = [
    `${releases.length} releases`,
    ...lines,
    ...(open.length > 0 ? ['', `${open.length} not matched`, ...open] : []),
    ...(notes.length > 0 ? ['', ...notes] : []),
  ];
  return `${parts.join('\n')}\n`;
}
