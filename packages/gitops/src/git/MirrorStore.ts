import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { bringOver } from './bringOver';
import { explainGit, gitFault, type GitSubject } from './explainGit';
import type { GitFault, GitFaultKind } from './GitFault';
import { MirrorFolder } from './MirrorFolder';
import { MirrorLock, type LockTimes } from './MirrorLock';
import { MirrorRemote, type MirrorRemoteOptions } from './MirrorRemote';
import { ObjectReader } from './ObjectReader';
import { PackNames } from './PackNames';
import { GitExit, runGit, type GitRun } from './runGit';

/** What a mirror needs. */
export interface MirrorOptions extends MirrorRemoteOptions {
  /** Name of the repository for people, without credentials. */
  repository: string;
  /** Absolute path of the folder that mirrors are kept in; made when it is not there. */
  directory: string;
  lock?: Partial<LockTimes>;
  /** Told what goes wrong in Git's own words, without credentials; for the log of who runs the backend. */
  onGit?(said: string): void;
}

/** Milliseconds for a question that needs no connection. */
const readMs = 60_000;
const repackMs = 600_000;
/** Bytes that a list of files or commits may have. */
const maxListBytes = 256 * 1024 * 1024;
/** From so many packs on they are put together: each is looked through for each object. */
const manyPacks = 60;
/** A mirror that is damaged again is not made anew again at once. Milliseconds. */
const remakeMs = 300_000;
/** A start looks whether there is a repository, and reads it at once. Milliseconds. */
const looksAgainMs = 2_000;
/** Commits that are remembered as unknown. */
const maxUnknown = 1_000;

/** The bare repository behind a mirror: how it comes to be, how it is kept, and what goes wrong with it. */
export class MirrorStore {
  readonly objects: ObjectReader;
  readonly packs: PackNames;
  readonly remote: MirrorRemote;
  readonly #options: MirrorOptions;
  readonly #subject: GitSubject;
  readonly #folder: MirrorFolder;
  readonly #lock: MirrorLock;
  /** Commits that the remote does not have either; until there is a new head. */
  readonly #unknown = new Set<string>();
  #ending = new AbortController();
  #hasLooked = false;
  #looked: { head: string; at: number } | undefined;
  #isDamaged = false;
  #remadeAt = -Infinity;
  #repacking: Promise<void> | undefined;

  constructor(options: MirrorOptions) {
    const { url, repository, branch, directory, program } = options;
    this.#options = options;
    const id = createHash('sha256').update(url).digest('hex').slice(0, 12);
    const name = repository.replace(/^[a-z]+:\/\//, '').replace(/[^\w.-]+/g, '_');
    const folder = path.join(directory, `${name.slice(-60)}-${id}.git`);
    this.#folder = new MirrorFolder(folder, url);
    this.#subject = { repository, branch };
    this.#lock = new MirrorLock(`${folder}.lock`, options.lock);
    this.remote = new MirrorRemote(options, () => this.#ending.signal);
    this.objects = new ObjectReader(folder, program);
    this.packs = new PackNames(folder);
  }

  /** Absolute path of the bare repository. */
  get gitDir(): string {
    return this.#folder.path;
  }

  /** Brings over what is new. @returns the head of the branch */
  fetch(): Promise<string> {
    return this.explained(async () => {
      const isThere = await this.#isUsable();
      const before = isThere ? await this.#head() : undefined;
      if (!this.#hasLooked || !isThere) {
        const isFresh = this.#looked && performance.now() - this.#looked.at < looksAgainMs;
        const head = isFresh ? this.#looked!.head : await this.#look();
        this.#hasLooked = true;
        if (before === head) return head;
      }
      await this.#write(async () => {
        // Another backend may have made it meanwhile.
        if (await this.#isUsable()) await this.#fetchNew();
        else await this.#make();
      });
      // What the branch names cannot be read.
      if (!(await this.#head())) await this.#write(() => this.#make());
      const head = await this.#head();
      if (!head) throw this.fault('bad-answer');
      if (head !== before) this.#unknown.clear();
      this.#repackLater();
      return head;
    });
  }

  /** The remote's head of the branch. */
  look(): Promise<string> {
    return this.explained(() => this.#look());
  }

  /** A sign of life of the remote. */
  async ping(): Promise<void> {
    await this.explained(() => this.remote.ping());
  }

  /** Whether a commit is there. Of another branch, or of one that was set back, the remote may still have it. */
  async hasCommit(sha: string): Promise<boolean> {
    if (!/^[0-9a-f]{40}$/.test(sha) || this.#unknown.has(sha)) return false;
    const isHere = async () => (await this.local(() => this.objects.info(sha)))?.type === 'commit';
    if (await isHere()) return true;
    try {
      await this.explained(() =>
        this.#write(() => this.remote.fetchCommit(this.#folder.path, sha)),
      );
    } catch (error) {
      if (!['bad-answer', 'not-found', 'no-branch'].includes((error as GitFault).kind)) throw error;
    }
    if (await isHere()) return true;
    if (this.#unknown.size >= maxUnknown) this.#unknown.clear();
    this.#unknown.add(sha);
    return false;
  }

  /** Brings over contents that are not here, as far as they are to be had. */
  async bringOver(names: readonly string[]): Promise<void> {
    await this.explained(async () => {
      if ((await this.packs.missing(names)).length === 0) return;
      await this.#write(() =>
        bringOver(names, {
          missing: some => this.packs.missing(some),
          fetch: some => this.remote.fetchContents(this.#folder.path, some),
          fetchAll: () => this.remote.fetchAll(this.#folder.path),
        }),
      );
    });
  }

  /** Runs Git in the mirror, without a connection. */
  read(args: readonly string[], more: Partial<GitRun> = {}): Promise<Buffer> {
    return this.local(() => this.#run(args, more));
  }

  /** What goes wrong while nobody is spoken to is wrong with the mirror. */
  async local<T>(task: () => Promise<T>): Promise<T> {
    return this.explained(task, true);
  }

  /** Runs a task whose errors are told as faults. */
  async explained<T>(task: () => Promise<T>, isLocal = false): Promise<T> {
    try {
      return await task();
    } catch (error) {
      const fault = explainGit(error, this.#subject, isLocal);
      if (fault.kind === 'corrupt') this.#isDamaged = true;
      if (error !== fault && fault.kind !== 'aborted') this.#tell(error);
      throw fault;
    }
  }

  fault(kind: GitFaultKind): GitFault {
    return gitFault(kind, this.#subject);
  }

  /** Ends with {@link MirrorStore.close}. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  /** Tells what Git says, for the log. */
  tell(error: unknown): void {
    this.#tell(error);
  }

  /** Ends what runs. */
  close(): void {
    this.#ending.abort();
    this.#ending = new AbortController();
    this.objects.close();
  }

  async #isUsable(): Promise<boolean> {
    const mustRemake = this.#isDamaged && performance.now() - this.#remadeAt > remakeMs;
    return (await this.#folder.exists()) && !mustRemake;
  }

  async #fetchNew(): Promise<void> {
    await this.#folder.clean();
    try {
      await this.remote.fetch(this.#folder.path, false);
    } catch (error) {
      // It says what the repository has instead.
      if (explainGit(error, this.#subject).kind === 'no-branch') await this.#look();
      throw error;
    }
  }

  async #make(): Promise<void> {
    await this.#folder.make(gitDir => this.remote.fetch(gitDir, true));
    this.objects.close();
    await this.packs.refresh();
    if (this.#isDamaged) this.#remadeAt = performance.now();
    this.#isDamaged = false;
  }

  async #look(): Promise<string> {
    const { isEmpty, head } = await this.remote.look();
    if (head) {
      this.#looked = { head, at: performance.now() };
      return head;
    }
    if (!isEmpty) throw this.fault('no-branch');
    // Of a page for people Git makes an empty repository.
    throw this.fault((await this.remote.isGit()) ? 'empty' : 'bad-answer');
  }

  async #head(): Promise<string | undefined> {
    return (await this.objects.info(`refs/heads/${this.#options.branch}`))?.id;
  }

  #repackLater(): void {
    if (this.packs.count < manyPacks || this.#repacking) return;
    this.#repacking = this.#write(async () => {
      const packs = await readdir(path.join(this.#folder.path, 'objects', 'pack'));
      if (packs.filter(name => name.endsWith('.pack')).length < manyPacks) return;
      await this.#run(['repack', '-a', '-d', '-q'], { timeoutMs: repackMs });
    })
      .catch(error => this.#tell(error))
      .finally(() => {
        this.#repacking = undefined;
      });
  }

  #tell(error: unknown): void {
    const { message, said = '' } = error as Partial<GitExit> & Error;
    this.#options.onGit?.(`${message} ${said}`.trim());
  }

  #write<T>(task: () => Promise<T>): Promise<T> {
    return this.#lock.hold(task, () => this.fault('locked'));
  }

  #run(args: readonly string[], more: Partial<GitRun>): Promise<Buffer> {
    const { program } = this.#options;
    return runGit({
      args,
      gitDir: this.#folder.path,
      timeoutMs: readMs,
      maxBytes: maxListBytes,
      signal: this.#ending.signal,
      ...(program ? { program } : {}),
      ...more,
    });
  }
}
