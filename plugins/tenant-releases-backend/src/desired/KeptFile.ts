import { resolvePackagePath, type LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What a {@link KeptFile} needs. */
export interface KeptFileOptions {
  /** Absolute path; its folder is made when it is not there. */
  file: string;
  /** Whatever the content depends on besides the code that reads the repository. */
  settings: unknown;
  logger: LoggerService;
  /** What that code is; default: a hash of it. */
  code?(): Promise<string>;
}

/** A larger file, and one of another user, is none of ours. Bytes. */
const maxFileBytes = 64 * 1024 * 1024;

/**
 * What was made of a commit, on disk: parsing thousands of files takes longer than all the rest of a start. Whatever is wrong with
 * the file, or was made by other code, is made anew.
 */
export class KeptFile<Content> {
  readonly #options: KeptFileOptions;
  #format: Promise<string> | undefined;

  constructor(options: KeptFileOptions) {
    this.#options = options;
  }

  /** @returns undefined when there is nothing that can be used */
  async load(): Promise<Content | undefined> {
    const { file, logger } = this.#options;
    try {
      const { size, uid } = await stat(file);
      if (size > maxFileBytes || uid !== process.geteuid?.()) return undefined;
      const [content, format] = await Promise.all([readFile(file, 'utf8'), this.#formatOf()]);
      const end = content.indexOf('\n');
      const payload = content.slice(end + 1);
      // The sum tells that it is whole, and as it was written.
      if (content.slice(0, end) !== `${format} ${hash(payload)}`) return undefined;
      return JSON.parse(payload);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        logger.warn(
          'What was read of the repository before cannot be used, and is read again',
          toError(error),
        );
      }
      return undefined;
    }
  }

  /** Writes it in place of what was kept before; where that cannot be done, the next start takes longer. */
  async save(content: Content): Promise<void> {
    const { file, logger } = this.#options;
    const draft = `${file}.${process.pid}`;
    try {
      const payload = JSON.stringify(content);
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      await rm(draft, { force: true });
      await writeFile(draft, `${await this.#formatOf()} ${hash(payload)}\n${payload}`, {
        mode: 0o600,
        // A link that stands there is not followed.
        flag: 'wx',
      });
      await rename(draft, file);
    } catch (error) {
      logger.warn(
        'What was read of the repository cannot be kept for the next start',
        toError(error),
      );
      await rm(draft, { force: true }).catch(() => undefined);
    }
  }

  #formatOf(): Promise<string> {
    const { settings, code: codeOf = readingCode } = this.#options;
    this.#format ??= codeOf().then(code => hash(JSON.stringify([code, settings])));
    return this.#format;
  }
}

/** Hash of the code that reads the repository, and of the versions of what it parses with. */
async function readingCode(): Promise<string> {
  const code = await Promise.all(
    ['@internal/gitops', '@internal/plugin-tenant-releases-common'].map(codeOfPackage),
  );
  const libraries = ['yaml', 'zod'].map(name => resolvePackagePath(name, 'package.json'));
  const contents = await Promise.all([...code.flat(), ...libraries].map(name => readFile(name)));
  return hash(process.version, ...contents);
}

async function codeOfPackage(name: string): Promise<string[]> {
  const root = resolvePackagePath(name);
  const { main } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const folder = path.join(root, path.dirname(main));
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  return all
    .filter(entry => entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name))
    .map(entry => path.join(entry.parentPath, entry.name))
    .sort();
}

function hash(...parts: Array<string | Buffer>): string {
  const sum = createHash('sha256');
  parts.forEach(part => sum.update(part));
  return sum.digest('hex');
}
