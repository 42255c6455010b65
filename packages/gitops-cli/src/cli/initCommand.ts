import { discover, directoryCheckout, withDeployments, type Discovery } from '@internal/gitops';
import { stringify } from 'yaml';
import { exitCodes, locateFolder, type Context, type OutputFormat } from './context';
import { readOptions, type RepositoryOptions } from './layoutsFile';

/** Options of `gitops init`. */
export interface InitCommandOptions extends RepositoryOptions {
  output: OutputFormat;
}

/** `gitops init`: proposes the layouts of a repository. Answers the exit code. */
export async function initCommand(context: Context, options: InitCommandOptions): Promise<number> {
  const checkout = directoryCheckout(locateFolder(context, options));
  const read = await readOptions(context, options);
  const found = await withDeployments(checkout, read, deployed => discover(checkout, deployed));
  context.write(
    options.output === 'json' ? `${JSON.stringify(found, undefined, 2)}\n` : asText(found),
  );
  return found.layouts.length > 0 ? exitCodes.done : exitCodes.refused;
}

function asText({ layouts, found, notes }: Discovery): string {
  const counts = `${found.files} files, ${found.applications} Applications, ${found.overlays} overlays or files without one, ${found.versions} versions`;
  const block = layouts.length > 0 ? `\n${stringify({ layouts })}` : '\nNothing is proposed.\n';
  const more = notes
    .slice(0, 50)
    .map(note => `- ${note}\n`)
    .join('');
  return `Found: ${counts}.\n${block}${more === '' ? '' : `\n${more}`}`;
}
