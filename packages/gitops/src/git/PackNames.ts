import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Bytes of an object's name. */
const nameBytes = 20;
/** Header and fan-out of a pack's index. */
const tableStart = 8 + 256 * 4;
const magic = 0xff744f63;

/**
 * The names of all objects that a repository has in its packs. Git itself tries to fetch an object that it is asked for and
 * does not have, one by one.
 *
 * @see https://git-scm.com/docs/gitformat-pack#_version_2_pack_idx_files_support_packs_larger_than_4_gib_and
 */
export class PackNames {
  readonly #folder: string;
  #indexes = new Map<string, Buffer>();

  /** @param gitDir - absolute path of a bare repository */
  constructor(gitDir: string) {
    this.#folder = path.join(gitDir, 'objects', 'pack');
  }

  get count(): number {
    return this.#indexes.size;
  }

  /** Of some names of objects, in hexadecimal, those that are not there. */
  async missing(names: readonly string[]): Promise<string[]> {
    const unknown = names.filter(name => !this.#has(name));
    if (unknown.length === 0) return [];
    await this.refresh();
    return unknown.filter(name => !this.#has(name));
  }

  /** Looks which packs there are now. */
  async refresh(): Promise<void> {
    const files = (await readdir(this.#folder)).filter(name => name.endsWith('.idx'));
    const indexes = new Map<string, Buffer>();
    for (const file of files) {
      const index = this.#indexes.get(file) ?? (await this.#read(file));
      if (index) indexes.set(file, index);
    }
    this.#indexes = indexes;
  }

  /** The sorted names of a pack; undefined for a pack that another process has just removed. */
  async #read(file: string): Promise<Buffer | undefined> {
    const content = await readFile(path.join(this.#folder, file)).catch(error => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (!content || content.length < tableStart || content.readUInt32BE(0) !== magic)
      return undefined;
    const count = content.readUInt32BE(tableStart - 4);
    // A copy: the rest of the file need not stay in memory.
    return Buffer.from(content.subarray(8, tableStart + count * nameBytes));
  }

  #has(name: string): boolean {
    const wanted = Buffer.from(name, 'hex');
    if (wanted.length !== nameBytes) return false;
    for (const index of this.#indexes.values()) if (holds(index, wanted)) return true;
    return false;
  }
}

/** @param index - the fan-out, which says how many names begin with a byte or a lower one, and the names */
function holds(index: Buffer, wanted: Buffer): boolean {
  const [first] = wanted;
  let low = first === 0 ? 0 : index.readUInt32BE((first - 1) * 4);
  let high = index.readUInt32BE(first * 4);
  while (low < high) {
    const middle = (low + high) >>> 1;
    const start = 1024 + middle * nameBytes;
    const order = wanted.compare(index, start, start + nameBytes);
    if (order === 0) return true;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return false;
}
