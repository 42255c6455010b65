import { resolvePackagePath, type LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { TenantFileResult } from '@internal/gitops';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What a tenant file came to, by the name of its tenant and the SHA of its content. */
export type ParsedFile = [key: string, result: TenantFileResult];

/** What {@link ParsedFiles} need. */
export interface ParsedFilesOptions {
  /** Absolute path of the file that they are kept in; its folder is made when it is not there. */
  file: string;
  /** Whatever the results depend on besides the parser. */
  settings: unknown;
  logger: LoggerService;
  /** What the parser is made of; default: its code. */
  parser?(): Promise<string>;
}

/** A larger file, and one of another user, is none of ours. Bytes. */
const maxFileBytes = 64 * 1024 * 1024;

/**
 * Parsed tenant files on disk, since parsing thousands of them takes longer than all the rest of a start. Whatever is wrong
 * with the file, or was parsed by other code, is parsed again.
 */
export class ParsedFiles {
  readonly #options: ParsedFilesOptions;
  #format: Promise<string> | undefined;

  constructor(options: ParsedFilesOptions) {
    this.#options = options;
  }

  async load(): Promise<ParsedFile[]> {
    const { file, logger } = this.#options;
    try {
      const { size, uid } = await stat(file);
      if (size > maxFileBytes || uid !== process.geteuid?.()) return [];
      const [content, format] = await Promise.all([readFile(file, 'utf8'), this.#formatOf()]);
      const end = content.indexOf('\n');
      const payload = content.slice(end + 1);
      // The sum tells that it is whole, and as it was written.
      if (content.slice(0, end) !== `${format} ${hash(payload)}`) return [];
      return JSON.parse(payload);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        logger.warn('Parsed tenant files cannot be read and are parsed again', toError(error));
      }
      return [];
    }
  }

  /** Writes them in place of those that were kept before; where that cannot be done, the next start takes longer. */
  async save(files: readonly ParsedFile[]): Promise<void> {
    const { file, logger } = this.#options;
    const draft = `${file}.${process.pid}`;
    try {
      const payload = JSON.stringify(files);
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      await rm(draft, { force: true });
      await writeFile(draft, `${await this.#formatOf()} ${hash(payload)}\n${payload}`, {
        mode: 0o600,
        // A link that stands there is not followed.
        flag: 'wx',
      });
      await rename(draft, file);
    } catch (error) {
      logger.warn('Parsed tenant files cannot be kept for the next start', toError(error));
      await rm(draft, { force: true }).catch(() => undefined);
    }
  }

  #formatOf(): Promise<string> {
    const { settings, parser = parserCode } = this.#options;
    this.#format ??= parser().then(code => hash(JSON.stringify([code, settings])));
    return this.#format;
  }
}

/** Hash of the code that parses tenant files, and of the versions of what it parses with. */
async function parserCode(): Promise<string> {
  const root = resolvePackagePath('@internal/plugin-tenant-releases-common');
  const { main } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const folder = path.join(root, path.dirname(main));
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  const code = all
    .filter(entry => entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name))
    .map(entry => path.join(entry.parentPath, entry.name))
    .sort();
  const libraries = ['yaml', 'zod'].map(name => resolvePackagePath(name, 'package.json'));
  const contents = await Promise.all([...code, ...libraries].map(name => readFile(name)));
  return hash(process.version, ...contents);
}

function hash(...parts: Array<string | Buffer>): string {
  const sum = createHash('sha256');
  parts.forEach(part => sum.update(part));
  return sum.digest('hex');
}
